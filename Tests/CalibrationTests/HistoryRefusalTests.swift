import Calibration
import ClearingModel
import Quantities
import Scenarios
import Testing

/// What rules and histories are refused for, and in which order (docs/methodology.md §10.1).
struct HistoryRefusalTests {
    private func proposed(
        _ rules: [CalibrationRule], _ histories: [FactorHistory], on date: BusinessDate = day(9)
    ) -> String {
        refusal {
            _ = try CalibrationProposal(
                on: date, rules: rules,
                histories: Dictionary(histories.map { ($0.factor, $0) }, uniquingKeysWith: { first, _ in first }),
                standing: [:])
        }
    }

    private let tenDays = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]

    /// A column and what brings its cell out of range.
    struct BadCell: Sendable {
        let column: String
        let change: @Sendable (inout CalibrationRule) -> Void

        init(_ column: String, _ change: @escaping @Sendable (inout CalibrationRule) -> Void) {
            self.column = column
            self.change = change
        }
    }

    @Test(arguments: [
        BadCell("horizon_days") { $0.horizonDays = 0 },
        BadCell("horizon_days") { $0.horizonDays = 61 },
        BadCell("confidence") { $0.confidence = exact("0.5") },
        BadCell("confidence") { $0.confidence = .one },
        BadCell("look_back_days") { $0.lookBackDays = 1 },
        BadCell("min_observations") { $0.minObservations = 0 },
        BadCell("min_moving_share") { $0.minMovingShare = exact("1.1") },
        BadCell("max_gap_days") { $0.maxGapDays = 0 },
        BadCell("lambda") { $0.volatility.lambda = .one },
        BadCell("lambda") { $0.volatility.lambda = .zero },
        BadCell("seed_days") { $0.volatility.seedDays = 1 },
        BadCell("z") { $0.volatility.z = .zero },
        BadCell("volatility_floor") { $0.volatility.floor = exact("-1") },
        BadCell("increment") { $0.increment = .zero },
        BadCell("step_limit") { $0.stepLimit = exact("1.1") },
        BadCell("step_limit") { $0.stepLimit = exact("-0.1") },
        BadCell("floor_years") { $0.floor = FloorTool(years: 0) },
        BadCell("floor_years") { $0.floor = FloorTool(years: 51) },
        BadCell("stressed_weight") { $0.stressedWeight = exact("-0.1") },
        BadCell("min_stressed_observations") { $0.minStressedObservations = 0 },
        BadCell("buffer") { $0.buffer = BufferTool(size: exact("1.01")) },
        BadCell("rise_trigger") { $0.buffer = BufferTool(size: .one, riseTrigger: exact("-0.1")) },
        BadCell("rebuild_step") { $0.buffer = BufferTool(size: .one, rebuildStep: .zero) },
        BadCell("cap") { $0.offset.cap = exact("1.1") },
        BadCell("break_z") { $0.offset.breakZ = .zero },
        BadCell("break_haircut") { $0.offset.breakHaircut = exact("1.1") },
    ])
    func `a cell outside its range is refused by its column`(cell: BadCell) throws {
        do {
            try scanRange { cell.change(&$0) }.check()
            Issue.record("\(cell.column) is not refused")
        } catch {
            #expect(error.rule == .ruleRange && error.column == cell.column)
            #expect(error.description.hasPrefix("calibration_rule_range: price_scan_range OIL: "))
        }
    }

    @Test func `a rule that lacks what it needs is incomplete`() throws {
        let series = [try history(tenDays)]
        let incomplete = "calibration_rule_incomplete price_scan_range OIL"
        #expect(proposed([scanRange { $0.stressedWeight = exact("0.25") }], series) == incomplete)
        #expect(proposed([scanRange { $0.kind = nil }], series) == incomplete)
        #expect(proposed([scanRange { $0.kind = .relative }], series) == incomplete)
        #expect(proposed([scanRange { $0.basis = .factor(RiskFactorCode("Y")) }], series) == incomplete)
        #expect(proposed([scanRange { $0.basis = .legs([]) }], series) == incomplete)
        let oneSided = spread(.intraSpread, [leg(1, "X", .a), leg(2, "X", .a)])
        #expect(proposed([oneSided], series) == "calibration_rule_incomplete intra_spread S")
        let unknown = spread(.offsetRate, [leg(1, "X", .a), leg(2, "Y", .b)])
        #expect(proposed([unknown], series) == "calibration_rule_incomplete offset_rate S")
        var legless = spread(.intraSpread, [])
        legless.basis = .factor(RiskFactorCode("X"))
        #expect(proposed([legless], series) == "calibration_rule_incomplete intra_spread S")
        let tier = CalibrationLeg(
            number: 2, source: .tier("OIL T2", nil), ratio: .one, contractValueFactor: .one, side: .b)
        #expect(proposed([spread(.intraSpread, [leg(1, "X", .a), tier])], series) == "tier_factor_missing OIL T2")
        let ratio = CalibrationLeg(
            number: 2, source: .factor(RiskFactorCode("X")), ratio: .zero, contractValueFactor: .one, side: .b)
        #expect(
            proposed([spread(.intraSpread, [leg(1, "X", .a), ratio])], series)
                == "calibration_rule_range intra_spread S 2")
        let backwards = scanRange {
            $0.stressedWeight = .one
            $0.stressedWindows = [
                NamedWindow(code: StressedWindowCode("W"), window: StressedWindow(from: day(2), to: day(1)))
            ]
        }
        #expect(proposed([backwards], series) == "calibration_rule_range price_scan_range OIL W")
    }

    private func leg(_ number: Int, _ factor: String, _ side: SpreadSide) -> CalibrationLeg {
        CalibrationLeg(
            number: number, source: .factor(RiskFactorCode(factor)), ratio: .one, contractValueFactor: .one, side: side)
    }

    private func spread(_ item: CalibrationItem, _ legs: [CalibrationLeg]) -> CalibrationRule {
        CalibrationRule(
            item: item, key: CalibrationKey("S"), basis: .legs(legs), confidence: exact("0.99"), increment: .one)
    }

    @Test func `a history is refused by factor and day, the faults in the order of the text`() throws {
        let rule = scanRange()
        #expect(proposed([rule], [try history(tenDays)]) == "")
        #expect(proposed([rule], [try history(tenDays)], on: day(16)) == "")
        #expect(proposed([rule], [try history(tenDays)], on: day(17)) == "history_stale X 2024-01-10")
        #expect(proposed([rule], [try history([])]) == "history_stale X")
        #expect(proposed([rule], [try history(tenDays)], on: day(-1)) == "history_stale X")
        let far = tenDays + tenDays
        #expect(proposed([rule], [try history(far, skipping: Set(3...8))], on: day(19)) == "")
        #expect(
            proposed([rule], [try history(far, skipping: Set(3...9))], on: day(19)) == "history_gap X 2024-01-11")
        let short = scanRange { $0.lookBackDays = 9 }
        #expect(proposed([short], [try history(far, skipping: Set(3...9))], on: day(19)) == "")
        #expect(
            proposed([scanRange { $0.lookBackDays = 10 }], [try history(far, skipping: Set(3...9))], on: day(19))
                == "history_gap X 2024-01-11")
        #expect(proposed([scanRange { $0.minObservations = 10 }], [try history(tenDays)]) == "too_few_observations X")
        #expect(proposed([scanRange { $0.minObservations = 9 }], [try history(tenDays)]) == "")
        #expect(
            proposed([scanRange { $0.volatility.seedDays = 9 }], [try history(tenDays)]) == "too_few_observations X")
        #expect(proposed([scanRange { $0.volatility.seedDays = 8 }], [try history(tenDays)]) == "")
        #expect(proposed([scanRange { $0.horizonDays = 12 }], [try history(tenDays)]) == "too_few_observations X")
    }

    @Test func `a history that stands still is refused by its share of moves`() throws {
        let levels = ["1", "1", "1", "2", "2", "3", "3", "3", "3"]
        func share(_ text: String) -> String {
            refusal { _ = try calibrated(scanRange { $0.minMovingShare = exact(text) }, history(levels)) }
        }
        #expect(share("0.25") == "")
        #expect(share("0.26") == "history_not_moving X")
        // Of the last three none moves.
        let late = scanRange {
            $0.minMovingShare = exact("0.1")
            $0.lookBackDays = 3
        }
        #expect(refusal { _ = try calibrated(late, history(levels)) } == "history_not_moving X")
    }

    @Test func `a day that one leg has and the other has not is a hole, from where both are needed`() throws {
        let near = try history(tenDays, factor: "NEAR")
        let far = try history(tenDays, factor: "FAR", skipping: [4])
        var rule = spread(.intraSpread, [leg(1, "NEAR", .a), leg(2, "FAR", .b)])
        #expect(proposed([rule], [near, far]) == "history_hole FAR 2024-01-05")
        // The look-back of five returns begins on day 4 for NEAR, on day 3 for FAR.
        rule.lookBackDays = 5
        #expect(proposed([rule], [near, far]) == "history_hole FAR 2024-01-05")
        rule.lookBackDays = 4
        #expect(proposed([rule], [near, far]) == "")
        rule.stressedWeight = .one
        rule.minStressedObservations = 1
        rule.stressedWindows = [
            NamedWindow(code: StressedWindowCode("W"), window: StressedWindow(from: day(6), to: day(8)))
        ]
        #expect(proposed([rule], [near, far]) == "history_hole FAR 2024-01-05")
        // Where one begins later nothing before it is a hole.
        let late = try history(tenDays, factor: "FAR", skipping: [0, 1, 2])
        #expect(proposed([rule], [near, late]) == "")
        // A leg that stops a day early has a hole on the last day.
        let early = try history(tenDays, factor: "FAR", skipping: [9])
        #expect(proposed([rule], [near, early]) == "history_hole FAR 2024-01-10")
    }

    @Test func `of several rules the earlier fault is told, of one fault the first name`() throws {
        let stale = try history(tenDays, factor: "Z", skipping: Set(2...9))
        let first = scanRange { $0.minObservations = 50 }
        var second = CalibrationRule(
            item: .volatilityScanRange, key: CalibrationKey("OIL"), kind: .absolute,
            basis: .factor(RiskFactorCode("Z")), confidence: exact("0.99"), increment: .one)
        second.maxGapDays = 3
        #expect(proposed([first, second], [try history(tenDays), stale]) == "history_stale Z 2024-01-02")
        let other = CalibrationRule(
            item: .haircut, key: CalibrationKey("ZZ"), basis: .factor(RiskFactorCode("Y")), confidence: exact("0.99"),
            increment: .one)
        #expect(
            proposed([other, first], [try history(tenDays), try history(tenDays, factor: "Y")])
                == "too_few_observations X")
        // Figures come by item and key.
        let rules = [scanRange(), scanRange(), second].enumerated().map { place, rule in
            CalibrationRule(
                item: rule.item, key: CalibrationKey("K\(9 - place)"), kind: rule.kind,
                basis: .factor(RiskFactorCode("X")), confidence: exact("0.99"), increment: .one)
        }
        let long = try history((0..<80).map { "\($0)" })
        let proposal = try CalibrationProposal(
            on: day(79), rules: rules, histories: [long.factor: long], standing: [:])
        #expect(
            proposal.figures.map { "\($0.item.rawValue) \($0.key)" } == [
                "price_scan_range K8", "price_scan_range K9", "volatility_scan_range K7",
            ])
    }

    @Test func `dates that do not ascend and levels without a date are no history`() {
        #expect(throws: HistoryError.datesNotAscending(day(1))) {
            try FactorHistory(
                factor: RiskFactorCode("X"), returnKind: .log, dates: [day(1), day(1)], levels: [.one, .one])
        }
        #expect(throws: HistoryError.misaligned(RiskFactorCode("X"), levels: 1, dates: 0)) {
            try FactorHistory(factor: RiskFactorCode("X"), returnKind: .log, dates: [], levels: [.one])
        }
    }
}
