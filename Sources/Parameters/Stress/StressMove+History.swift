import Glibc
import Quantities

/// How a move between two levels is told.
package enum StressMoveKind: String, CaseIterable, Sendable {
    case relative, log, absolute
}

extension StressPriceMove {
    /// The decimals of a move that is read off a history.
    package static let historyDecimals = 8

    /// What moved a price from one level to another: to/from − 1, the logarithm of the ratio, or the difference; to
    /// 8 decimals, half away from zero, a difference exact. The difference too where a level is zero or less, whatever
    /// is wanted: no fraction of a price leads through zero (docs/methodology.md §8.1). Whether it is within bounds is
    /// not looked at.
    package static func between(
        _ from: ExactDecimal, _ to: ExactDecimal, as wanted: StressMoveKind
    ) -> StressPriceMove {
        guard from > .zero, to > .zero else { return .absolute(to - from) }
        switch wanted {
        case .relative: return .relative((to - from).divided(by: from, roundedToScale: historyDecimals))
        case .log:
            let units = arrayUnits(rounding: Glibc.log(to.double / from.double), decimals: historyDecimals)
            return .log(ExactDecimal(mantissa: Int128(units), scale: historyDecimals))
        case .absolute: return .absolute(to - from)
        }
    }

    /// As `stress_move.price_kind` spells it.
    package var kind: StressMoveKind {
        switch self {
        case .relative: .relative
        case .log: .log
        case .absolute: .absolute
        }
    }
}

extension StressVolatilityMove {
    /// What moved a volatility from one level to another: to/from − 1 to 8 decimals, half away from zero; where it
    /// began at zero or less the difference, in its own unit.
    package static func between(_ from: ExactDecimal, _ to: ExactDecimal) -> StressVolatilityMove {
        guard from > .zero else { return .points(to - from) }
        return .relative((to - from).divided(by: from, roundedToScale: StressPriceMove.historyDecimals))
    }

    /// As `stress_move.volatility_kind` spells it.
    package var kindText: String {
        switch self {
        case .relative: "relative"
        case .points: "points"
        }
    }
}
