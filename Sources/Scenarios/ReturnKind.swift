import Glibc

/// How the moves of a risk factor are measured and applied (docs/methodology.md §7).
package enum ReturnKind: String, Sendable {
    /// ln(next/previous), for factors that are strictly positive; applied as level · e^return.
    case log
    /// next − previous, for rates, spreads, prices that can be zero or less, and volatilities in points; applied as
    /// level + return.
    case absolute

    /// The move between two levels; under `log` both must be above 0.
    package func change(from previous: Double, to next: Double) -> Double {
        switch self {
        case .log: Glibc.log(next / previous)
        case .absolute: next - previous
        }
    }

    /// What a move does to a level: the factor e^move, or the move itself.
    package func change(by move: Double) -> Double {
        switch self {
        case .log: exp(move)
        case .absolute: move
        }
    }

    /// A level after a change.
    @inline(__always) package func changed(_ level: Double, by change: Double) -> Double {
        switch self {
        case .log: level * change
        case .absolute: level + change
        }
    }
}
