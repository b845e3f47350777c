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

    /// Moves over `days` levels of a history; `returns` are its one-day returns. None where it is too short.
    init(_ history: FactorHistory, returns: [Double], days: Int) {
        let count = max(history.levels.count - days, 0)
        switch history.returnKind {
        case .absolute:
            let scale = history.levels.map(\.withoutTrailingZeros.scale).max() ?? 0
            let units = history.levels.map { $0.roundedMantissa(scale: scale) }
            self = .exact((0..<count).map { units[$0 + days] - units[$0] }, scale: scale)
        case .log:
            self = .approximate(
                (0..<count).map { first in
                    var sum = 0.0
                    for day in first..<(first + days) { sum += returns[day] }
                    return sum
                })
        }
    }

    /// Their sizes; where only falls count, those of rises are 0.
    func sizes(onlyFalls: Bool = false) -> MoveColumn {
        switch self {
        case .exact(let moves, let scale):
            .exact(moves.map { onlyFalls ? max(-$0, 0) : ($0 < 0 ? -$0 : $0) }, scale: scale)
        case .approximate(let moves):
            .approximate(moves.map { onlyFalls ? max(-$0, 0) : $0.magnitude })
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

/// A factor's returns and moves, made once for all the days that it is calibrated on.
struct FactorMoves: Sendable {
    let history: FactorHistory
    let horizonDays: Int
    /// Return i ends on date i + 1; of a log factor 0 from the first level on that is not above 0.
    let returns: [Double]
    /// Move i ends on date i + horizonDays.
    let moves: SignedMoves
    /// Of a log factor the place of the first level that is not above 0.
    let firstNonPositive: Int?

    /// One pass over the history for each.
    init(_ history: FactorHistory, horizonDays: Int) {
        self.history = history
        self.horizonDays = horizonDays
        switch history.returnKind {
        case .absolute:
            firstNonPositive = nil
            returns = SignedMoves(history, returns: [], days: 1).doubles
        case .log:
            firstNonPositive = history.levels.firstIndex { $0 <= .zero }
            let levels = history.levels.prefix(firstNonPositive ?? history.levels.count).map(\.double)
            let known = zip(levels, levels.dropFirst()).map { ReturnKind.log.change(from: $0, to: $1) }
            returns = known + Array(repeating: 0, count: max(history.levels.count - 1 - known.count, 0))
        }
        moves = SignedMoves(history, returns: returns, days: horizonDays)
    }
}
