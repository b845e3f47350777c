import Glibc
import Margining
import Quantities
import Scenarios

/// What a factor did over each of some holding periods: overlapping, the first from the first level on.
enum SignedMoves: Sendable {
    /// Differences in whole units of 10^-scale.
    case exact([Int128], scale: Int)
    /// Log returns added up, oldest first, or money from them.
    case approximate([Double])

    /// All moves over `days` levels of a history. None where it is too short.
    init(_ history: FactorHistory, days: Int) {
        let returns = FactorReturns(history, horizonDays: days)
        switch history.returnKind {
        case .absolute:
            let scale = history.columns.scale
            self = .exact(returns.allMoves.map { returns.units(over: days, from: $0) }, scale: scale)
        case .log: self = .approximate(returns.sums(returns.allMoves))
        }
    }

    /// Their sizes.
    func sizes() -> MoveColumn {
        switch self {
        case .exact(let moves, let scale): .exact(moves.map { $0 < 0 ? -$0 : $0 }, scale: scale)
        case .approximate(let moves): .approximate(moves.map(\.magnitude))
        }
    }

    var doubles: [Double] {
        switch self {
        case .exact(let moves, let scale):
            let power = PowersOfTen.double(scale)
            return moves.map { Double(nearest: $0) / power }
        case .approximate(let moves): return moves
        }
    }
}
