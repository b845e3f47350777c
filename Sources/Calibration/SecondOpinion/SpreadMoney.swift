import ClearingModel
import Margining
import Quantities
import Scenarios

/// What the legs of a spread make and lose on the days that all of them have, as walks of a second opinion hold it
/// against margins (docs/methodology.md §10.6).
///
/// Money is a Double at 6 decimals, ties away from zero, so that a loss is above a margin or not whatever the last bits
/// are.
package struct SpreadMoney: Sendable {
    fileprivate struct Leg {
        /// Money a unit of price, below 0 on side B.
        let weight: Double
        let kind: ReturnKind
        let levels: [Double]
    }

    /// Ascending; every leg has a level on each.
    package let dates: [BusinessDate]
    package let horizonDays: Int
    private let legs: [Leg]
    private let tail: TailShare

    /// Years of moves that a leg's range is taken from.
    static let rangeYears = 3

    /// Nil where a leg has no history or the confidence is none.
    package init?(_ rule: CalibrationRule, _ learned: LearnedCorrelations) {
        guard case .legs(let legs) = rule.basis, let tail = TailShare(confidence: rule.confidence) else { return nil }
        let columns = legs.compactMap { $0.source.factor.flatMap { learned.columns[$0] } }
        guard columns.count == legs.count else { return nil }
        let common = commonDays(columns)
        dates = common
        horizonDays = rule.horizonDays
        self.tail = tail
        self.legs = zip(legs, columns).map { leg, column in
            let money = leg.ratio.double * leg.contractValueFactor.double
            return Leg(
                weight: leg.side == .a ? money : -money, kind: column.returnKind, levels: column.levels(on: common))
        }
    }

    /// Where the first day on or after a date stands, or would.
    package func firstPlace(from date: BusinessDate) -> Int { dates.count(through: date.adding(days: -1)) }

    /// What one of the two sides loses over the horizon from a day on, 0 or more: the size of the spread's move, with
    /// the prices that came; nil where the history ends before. Where ranges are given, one a leg and above 0, each
    /// leg's money counts as a multiple of its own.
    package func loss(from place: Int, inRanges ranges: [Double]? = nil) -> Double? {
        let end = place + horizonDays
        guard end < dates.count else { return nil }
        var sum = 0.0
        for (number, leg) in legs.enumerated() {
            let move = leg.weight * (leg.levels[end] - leg.levels[place])
            sum += ranges.map { move / $0[number] } ?? move
        }
        return Self.money(sum.magnitude)
    }

    /// The legs' ranges on a date: of each the quantile of the sizes of its moves over the horizon that end in the
    /// three years up to it, in the money of the last known levels; nil without a move. O(moves).
    package func ranges(on date: BusinessDate) -> [Double]? {
        let place = dates.count(through: date) - 1
        let before = dates.count(through: date.earlier(years: Self.rangeYears))
        let first = max(before - horizonDays, 0)
        let moves = first..<max(place - horizonDays + 1, first)
        guard !moves.isEmpty else { return nil }
        return legs.map { leg in
            let sizes = moves.map { leg.priceMove(from: $0, to: $0 + horizonDays, at: place).magnitude }
            return leg.weight.magnitude
                * MoveColumn.approximate(sizes).quantile(0..<sizes.count, tail: tail).double
        }
    }

    /// Money at 6 decimals.
    package static func money(_ value: Double) -> Double {
        (value * 1e6).rounded(.toNearestOrAwayFromZero) / 1e6
    }
}

extension SpreadMoney.Leg {
    /// A move of the past as one from the level of a later day: the difference, or that level times e^return − 1.
    fileprivate func priceMove(from start: Int, to end: Int, at place: Int) -> Double {
        switch kind {
        case .absolute: levels[end] - levels[start]
        case .log: levels[place] * (levels[end] / levels[start] - 1)
        }
    }
}
