import Calibration
import ClearingModel
import Margining
import Quantities
import Scenarios
import Testing
import Validation

/// What a walk came to, whole and by year, by hand.
struct WalkSummaryTests {
    /// A decimal as a test writes it.
    private func exact(_ text: String) -> ExactDecimal { ExactDecimal(text) ?? .zero }

    /// The levels 10, 11, 9, 10, 12, 11, −1, 4, 4, 5, from 2014-12-27 on.
    private func history() throws -> FactorHistory {
        let levels = ["10", "11", "9", "10", "12", "11", "-1", "4", "4", "5"]
        let first = BusinessDate(year: 2014, month: 12, day: 27)
        return try FactorHistory(
            factor: RiskFactorCode("P"), returnKind: .absolute, dates: levels.indices.map { first.adding(days: $0) },
            levels: levels.map { exact($0) })
    }

    /// A range of the largest move so far.
    private func walk(stepLimit: String?) throws -> WalkForward {
        var rule = CalibrationRule(
            item: .priceScanRange, key: CalibrationKey("OIL"), kind: .amount, basis: .factor(RiskFactorCode("P")),
            confidence: exact("0.9"), increment: exact("1"))
        rule.minObservations = 3
        rule.volatility.seedDays = 2
        rule.volatility.z = exact("0.001")
        rule.stepLimit = stepLimit.map { exact($0) }
        let dollars = Currency(code: try #require(CurrencyCode("USD")), decimals: 2)
        return try WalkForward(
            WalkForwardTerms(
                rule: rule, contractValueFactor: exact("10"), currency: dollars, recalibrateDays: 2, firstDay: nil),
            history: history())
    }

    /// Twenty returns of 1, up and down by turns, then one of 3: from the third day on the walk has a margin.
    @Test func `a day's volatility is of the returns that end on it`() throws {
        let levels = (0...20).map { ExactDecimal(100 + $0 % 2) } + [ExactDecimal(103)]
        let walk = try WalkForward(
            walk(stepLimit: nil).terms,
            history: FactorHistory(
                factor: RiskFactorCode("P"), returnKind: .absolute,
                dates: levels.indices.map { BusinessDate(year: 2014, month: 1, day: 1).adding(days: $0) },
                levels: levels))
        #expect(walk.days.count == 19 && walk.volatilities.count == 19)
        #expect(walk.volatilities.prefix(17).allSatisfy { $0 == nil })
        #expect(walk.volatilities.suffix(2) == [1, (28.0 / 20).squareRoot()])
    }

    @Test func `nights, rises and the worst are told whole and by year, through a price below zero`() throws {
        let found = try WalkSummary(walk(stepLimit: nil), riseDays: 2, of: "W")
        // From the fourth day on: 20 twice, 20 twice, 120 three times; the moves after are 20, 10, 120, 50, 0, 10.
        #expect(found.whole.days == 7 && found.whole.nights == 6 && found.whole.exceptions == 2)
        #expect(found.whole.mean == 44_000.0 / 7 && found.peakToTrough == 6 && found.calibrations == 4)
        #expect(found.whole.rise == 5 && found.whole.belowCoreDays == 0)
        #expect(found.whole.riseFrom == BusinessDate(year: 2015, month: 1, day: 1))
        #expect(found.whole.riseTo == BusinessDate(year: 2015, month: 1, day: 3))
        #expect(found.whole.worst?.margin == 2_000 && found.whole.worst?.loss(.either) == 12_000)
        #expect(found.lastRange == exact("12"))
        #expect(found.years.map(\.year) == [2014, 2015])
        #expect(found.years[0].span.days == 2 && found.years[0].span.rise == 0)
        #expect(found.years[1].span.nights == 4 && found.years[1].span.exceptions == 2)
    }

    @Test func `days behind a rise that the step limit cut are counted`() throws {
        let found = try WalkSummary(walk(stepLimit: "1"), riseDays: 1, of: "W")
        // 2, at most doubled: 4 on the day of the fall and the one after, below the 12 that it asks for; then 8.
        #expect(found.whole.belowCoreDays == 3 && found.lastRange == exact("8"))
        #expect(found.whole.rise == 1)
    }

    /// On the six days with a move: margins of 20 four times and 120 twice, moves of 20, 10, 120, 50, 0 and 10, prices
    /// of 10, 12, 11, 1, 4 and 4 a unit of ten. Two are above the rule, so that the third largest ratio decides.
    @Test func `at equal coverage a rule is held against the price, its quantile and itself without tools`() throws {
        let walk = try walk(stepLimit: nil)
        let found = try walk.efficiency(history(), name: "W")
        #expect(found.map(\.method) == [.engine, .withoutTools, .notional, .historicalValueAtRisk])
        #expect(found.allSatisfy { $0.nights == 6 && $0.exceptions == 2 })
        let outcomes = try found.map { try $0.outcome.get() }
        #expect(outcomes.map(\.method.average) == [5_333, 5_333, 1_750, 5_333])
        #expect(outcomes[2].method.multiplier.rounded(toScale: 2) == exact("0.25"))
        #expect(outcomes.map(\.ratio) == [exact("1"), exact("1"), exact("0.328146"), exact("1")])
        // The step limit holds the last two days at 40: less margin, and as much covered.
        let limited = try self.walk(stepLimit: "1").efficiency(history(), name: "W")
        #expect(try limited.map { try $0.outcome.get().method.average } == [2_667, 5_333, 1_750, 5_333])
        #expect(try limited[1].outcome.get().ratio == exact("1.999625"))
        // From the last of 2014 on: 10 of 20, 120, 50, 0 and 10 are left.
        let later = try walk.efficiency(history(), from: BusinessDate(year: 2014, month: 12, day: 31), name: "W")
        #expect(later[0].nights == 5 && later[0].exceptions == 2)
        #expect(try later[0].outcome.get().method.multiplier.rounded(toScale: 2) == exact("0.5"))
    }
}
