import Calibration
import ClearingModel
import Quantities
import Scenarios
import Testing
import Validation

/// What a rule would have asked for through chosen years, docs/methodology.md §10.7, by hand.
struct CrisisYearsTests {
    private func exact(_ text: String) -> ExactDecimal { ExactDecimal(text) ?? .zero }

    /// The levels 10, 11, 9, 10, 12, 11, −1, 4, 4, 5 from 2014-12-27 on, a range of the largest move so far that may at
    /// most double; calibrated every second day.
    private func crises(_ years: [Int], minObservations: Int = 3) throws -> [CrisisYears.WalkedYear] {
        let levels = ["10", "11", "9", "10", "12", "11", "-1", "4", "4", "5"]
        let first = BusinessDate(year: 2014, month: 12, day: 27)
        var rule = CalibrationRule(
            item: .priceScanRange, key: CalibrationKey("OIL"), kind: .amount, basis: .factor(RiskFactorCode("P")),
            confidence: exact("0.9"), increment: exact("1"))
        rule.minObservations = minObservations
        rule.volatility.seedDays = 2
        rule.volatility.z = exact("0.001")
        rule.stepLimit = exact("1")
        return CrisisYears(
            rule,
            history: try FactorHistory(
                factor: RiskFactorCode("P"), returnKind: .absolute,
                dates: levels.indices.map { first.adding(days: $0) }, levels: levels.map { exact($0) }), years: years,
            recalibrateDays: 2, unit: try #require(CrisisYears.unit)
        ).rows
    }

    @Test func `a year has its smallest and largest margin, its rise and what was above`() throws {
        let rows = try crises([2015, 2014])
        #expect(rows.map(\.year) == [2015, 2015, 2014, 2014])
        #expect(rows.map(\.variant) == [.withTools, .withoutTools, .withTools, .withoutTools])
        let found = try rows.map { try $0.outcome.get() }
        // 2, 2, 4, 4, 8 with the step limit, 2, 2, 12, 12, 12 without; moves of 12, 5, 0 and 1, and one unknown.
        let day = BusinessDate(year: 2015, month: 1, day: 1)
        #expect(found[0].smallest.margin == 2_000_000 && found[0].smallest.date == day)
        #expect(found[0].largest.margin == 8_000_000 && found[0].largest.date == day.adding(days: 4))
        #expect(found[0].mean == 4_000_000 && found[0].rise == 3 && found[0].nights == 4 && found[0].exceptions == 2)
        #expect(found[1].largest.margin == 12_000_000 && found[1].largest.date == day.adding(days: 2))
        #expect(found[1].mean == 8_000_000 && found[1].rise == 5)
        #expect(found[2].days == 2 && found[2].rise == 0 && found[2].largest.date == day.adding(days: -2))
    }

    @Test func `a year that is not reached, and a rule that is refused, say so`() throws {
        let missed = try crises([2016]).map(\.outcome)
        #expect(missed.count == 2)
        for outcome in missed {
            let refusal = try #require(throws: SensitivityRefusal.self) { try outcome.get() }
            #expect(refusal.named == "year_not_reached P 2016")
            #expect(refusal.reason == "the walk is of 2014-12-30 to 2015-01-05")
        }
        for row in try crises([2015], minObservations: 50) {
            #expect(
                try #require(throws: SensitivityRefusal.self) { try row.outcome.get() }.rule == "too_few_observations")
        }
    }
}
