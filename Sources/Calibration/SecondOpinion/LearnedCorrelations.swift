import ClearingModel
import Quantities

/// Shrunk correlations of the same factors on the days of a walk and on the calibration day, each with what was known
/// by then (docs/methodology.md §10.6).
package struct LearnedCorrelations: Sendable {
    /// One day's, or why there is none.
    package struct Day: Sendable {
        package let date: BusinessDate
        package let correlation: Result<ShrunkCorrelation, CalibrationRefusal>
        /// Why a factor is left out.
        package let refusals: [RiskFactorCode: CalibrationRefusal]
    }

    package let terms: LearningTerms
    /// Of every return: the longest horizon of the rules looked at.
    package let horizonDays: Int
    /// Ascending; the last is the calibration day.
    package let days: [Day]
    let columns: [RiskFactorCode: LearnedFactor]

    /// Of the factors of price scan ranges and offset rates. The days of the walk are every `walkDays`-th day on which
    /// one of them has a level, counted back from the calibration day. O(days/walkDays · factors² · look-back).
    package init(
        _ rules: [CalibrationRule], histories: [RiskFactorCode: FactorHistory], on date: BusinessDate,
        _ terms: LearningTerms
    ) {
        self.terms = terms
        let lookedAt = rules.filter { $0.item == .priceScanRange || $0.item == .offsetRate }
        let horizonDays = max(lookedAt.map(\.horizonDays).max() ?? 1, 1)
        self.horizonDays = horizonDays
        let looked = Set(lookedAt.flatMap(\.factors)).sorted()
        let learned = looked.compactMap { histories[$0].map { LearnedFactor($0.through(date)) } }
        let others = Set(rules.filter { $0.item == .intraSpread }.flatMap(\.factors)).subtracting(looked).sorted()
        let known = learned + others.compactMap { histories[$0].map { LearnedFactor($0.through(date)) } }
        columns = Dictionary(known.map { ($0.factor, $0) }, uniquingKeysWith: { first, _ in first })
        days = Self.walkDates(known, through: date, terms).map { day in
            let panel = ReturnPanel(learned, on: day, horizonDays: horizonDays, terms)
            let correlation = Result { () throws(CalibrationRefusal) in try ShrunkCorrelation(panel) }
            return Day(date: day, correlation: correlation, refusals: panel.refusals)
        }
    }

    /// The calibration day's.
    package var now: Day { days[days.count - 1] }

    private static func walkDates(
        _ columns: [LearnedFactor], through date: BusinessDate, _ terms: LearningTerms
    ) -> [BusinessDate] {
        let all = Set(columns.flatMap(\.dates)).union([date]).sorted()
        return stride(from: all.count - 1, through: 0, by: -terms.walkDays).map { all[$0] }.reversed()
    }
}
