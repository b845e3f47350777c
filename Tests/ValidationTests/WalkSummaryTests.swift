import Calibration
import ClearingModel
import Quantities
import Scenarios
import Testing
import Validation

/// What a walk came to, whole and by year, by hand.
struct WalkSummaryTests {
    /// A decimal as a test writes it.
    private func exact(_ text: String) -> ExactDecimal { ExactDecimal(text) ?? .zero }

    /// The levels 10, 11, 9, 10, 12, 11, −1, 4, 4, 5, from 2014-12-27 on, a range of the largest move so far.
    private func walk(stepLimit: String?) throws -> WalkForward {
        let levels = ["10", "11", "9", "10", "12", "11", "-1", "4", "4", "5"]
        let first = BusinessDate(year: 2014, month: 12, day: 27)
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
            history: FactorHistory(
                factor: RiskFactorCode("P"), returnKind: .absolute,
                dates: levels.indices.map { first.adding(days: $0) }, levels: levels.map { exact($0) }))
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
}
