import Margining
import Quantities
import Scenarios

/// A factor's one-day returns and its moves over the horizon, any part of them: only what is asked for is worked out.
///
/// Return i ends on date i + 1, move i on date i + the horizon. Equal places have equal bits, whatever they are asked
/// together with.
struct FactorReturns: Sendable {
    let history: FactorHistory
    let horizonDays: Int

    init(_ history: FactorHistory, horizonDays: Int) {
        self.history = history
        self.horizonDays = horizonDays
    }

    /// The places of all returns.
    var all: Range<Int> { 0..<max(history.levels.count - 1, 0) }

    /// The places of all moves.
    var allMoves: Range<Int> { 0..<max(history.levels.count - horizonDays, 0) }

    /// Of a log factor the place of the first level that is not above 0.
    var firstNonPositive: Int? { history.returnKind == .log ? history.columns.firstNonPositive : nil }

    /// One-day returns; of a log factor 0 from the first level on that is not above 0.
    func returns(_ places: Range<Int>) -> [Double] {
        let columns = history.columns
        switch history.returnKind {
        case .log:
            let levels = columns.doubles
            let known = places.clamped(to: 0..<max((columns.firstNonPositive ?? levels.count) - 1, 0))
            var found = [Double](repeating: 0, count: places.count)
            for place in known {
                found[place - places.lowerBound] = ReturnKind.log.change(from: levels[place], to: levels[place + 1])
            }
            return found
        case .absolute:
            let power = PowersOfTen.double(columns.scale)
            guard let units = columns.units else {
                return places.map { Double(nearest: self.units(over: 1, from: $0)) / power }
            }
            return places.map { Double(units[$0 + 1] - units[$0]) / power }
        }
    }

    /// Sizes of moves; where only falls count, those of rises are 0.
    func sizes(_ places: Range<Int>, onlyFalls: Bool) -> MoveColumn {
        let columns = history.columns
        switch history.returnKind {
        case .log: return .approximate(sums(places).map { onlyFalls ? max(-$0, 0) : $0.magnitude })
        case .absolute:
            guard let units = columns.units else {
                let moves = places.map { self.units(over: horizonDays, from: $0) }
                return .exact(moves.map { onlyFalls ? max(-$0, 0) : ($0 < 0 ? -$0 : $0) }, scale: columns.scale)
            }
            let days = horizonDays
            return .narrow(
                places.map { place in
                    let move = units[place + days] - units[place]
                    return onlyFalls ? max(-move, 0) : (move < 0 ? -move : move)
                }, scale: columns.scale)
        }
    }

    /// Moves of a log factor: its returns added up, oldest first.
    func sums(_ places: Range<Int>) -> [Double] {
        guard !places.isEmpty else { return [] }
        let returns = returns(places.lowerBound..<(places.upperBound + horizonDays - 1))
        return (0..<places.count).map { first in
            var sum = 0.0
            for day in first..<(first + horizonDays) { sum += returns[day] }
            return sum
        }
    }

    /// The difference of two levels so many days apart, in whole units of the columns' scale.
    func units(over days: Int, from place: Int) -> Int128 {
        let scale = history.columns.scale
        return history.levels[place + days].roundedMantissa(scale: scale)
            - history.levels[place].roundedMantissa(scale: scale)
    }
}
