import Calibration
import ClearingModel
import Quantities
import Scenarios
import TestSupport
import Testing
import Validation

/// A walk that takes measures and cores from another has the figures that it has alone (docs/methodology.md §12.1).
struct LentMeasuresTests {
    /// 700 days of a price that moves more in its second year.
    private func history(_ seed: UInt64) throws -> FactorHistory {
        var draws = SeededGenerator(seed: seed)
        var (dates, levels): ([BusinessDate], [ExactDecimal]) = ([], [])
        var level = 5_000
        for day in 0..<700 {
            let reach = day < 350 ? 40 : 160
            level += draws.whole(-reach...reach)
            dates.append(BusinessDate(year: 2014, month: 1, day: 1).adding(days: day))
            levels.append(ExactDecimal(mantissa: Int128(level), scale: 2))
        }
        return try FactorHistory(
            factor: RiskFactorCode("P"), returnKind: .absolute, dates: dates, levels: levels)
    }

    /// All three tools and a step limit.
    private func rule() -> CalibrationRule {
        var rule = CalibrationRule(
            item: .priceScanRange, key: CalibrationKey("OIL"), kind: .amount, basis: .factor(RiskFactorCode("P")),
            confidence: ExactDecimal(mantissa: 99, scale: 2), increment: ExactDecimal(mantissa: 1, scale: 2))
        rule.horizonDays = 2
        rule.lookBackDays = 150
        rule.minObservations = 50
        rule.minStressedObservations = 10
        rule.volatility.seedDays = 20
        rule.floor = FloorTool(years: 1)
        rule.stressedWeight = ExactDecimal(mantissa: 25, scale: 2)
        rule.stressedWindows = [
            NamedWindow(
                code: StressedWindowCode("W"),
                window: StressedWindow(
                    from: BusinessDate(year: 2014, month: 3, day: 1), to: BusinessDate(year: 2014, month: 5, day: 1)))
        ]
        rule.buffer = BufferTool(
            size: ExactDecimal(mantissa: 25, scale: 2), riseTrigger: ExactDecimal(mantissa: 1, scale: 2),
            rebuildStep: ExactDecimal(mantissa: 3, scale: 3))
        rule.stepLimit = ExactDecimal(mantissa: 5, scale: 2)
        return rule
    }

    private static let changes: [(name: String, change: @Sendable (inout CalibrationRule) -> Void)] = [
        ("as it is", { _ in }), ("step limit", { $0.stepLimit = nil }), ("buffer", { $0.buffer = nil }),
        ("floor", { $0.floor = nil }), ("stressed moves", { $0.stressedWeight = nil }),
        ("tools", { $0 = $0.withoutTools }), ("z", { $0.volatility.z = .one }),
    ]

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `a walk beside another is the walk alone`(seed: UInt64) throws {
        let history = try history(seed)
        let dollars = Currency(code: try #require(CurrencyCode("USD")), decimals: 2)
        let terms = WalkForwardTerms(
            rule: rule(), contractValueFactor: ExactDecimal(1_000), currency: dollars, recalibrateDays: 1, firstDay: nil
        )
        let walk = try WalkForward(terms, history: history)
        let first = try #require(walk.days.first?.date)
        #expect(walk.days.count > 250)
        var ranges: Set<[ExactDecimal]> = []
        for (name, change) in Self.changes {
            let beside = try walk.changed(history, firstDay: first, change)
            var own = terms.rule
            change(&own)
            let alone = try WalkForward(
                WalkForwardTerms(
                    rule: own, contractValueFactor: terms.contractValueFactor, currency: dollars, recalibrateDays: 1,
                    firstDay: first),
                history: history)
            #expect(beside.days == alone.days, "without \(name)")
            let figures = beside.steps.indices.map(beside.figure)
            #expect(figures == alone.steps.indices.map(alone.figure), "without \(name)")
            #expect(figures.map(\.new) == beside.steps.map(\.value), "without \(name)")
            #expect(figures.map(\.flag) == beside.steps.map(\.flag), "without \(name)")
            ranges.insert(alone.steps.map(\.value))
        }
        // The changes matter: no two of most rules come to the same.
        #expect(ranges.count >= 5)
    }
}
