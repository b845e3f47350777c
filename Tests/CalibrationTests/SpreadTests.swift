import Calibration
import ClearingModel
import Margining
import Quantities
import Scenarios
import Testing

/// Calendar charges and offset rates (docs/methodology.md §10.3, §10.4).
struct SpreadTests {
    private static func leg(_ number: Int, _ factor: String, _ side: SpreadSide, _ ratio: String, _ cvf: String)
        -> CalibrationLeg
    {
        CalibrationLeg(
            number: number, source: .factor(RiskFactorCode(factor)), ratio: exact(ratio),
            contractValueFactor: exact(cvf), side: side)
    }

    private func rule(_ item: CalibrationItem, ratio: String = "1", increment: String = "10") -> CalibrationRule {
        CalibrationRule(
            item: item, key: CalibrationKey("S"),
            basis: .legs([Self.leg(1, "NEAR", .a, ratio, "100"), Self.leg(2, "FAR", .b, "1", "100")]),
            confidence: exact("0.75"), increment: exact(increment))
    }

    private func figure(
        _ rule: CalibrationRule, _ near: FactorHistory, _ far: FactorHistory, on date: BusinessDate? = nil,
        standing: StandingValue? = nil
    ) throws -> CalibratedFigure {
        let last = try #require(near.dates.last)
        let proposal = try CalibrationProposal(
            on: date ?? last, rules: [rule], histories: [near.factor: near, far.factor: far],
            standing: standing.map { [rule.row: $0] } ?? [:])
        return try #require(proposal.figures.first)
    }

    private func near(_ moves: [String], _ kind: ReturnKind = .absolute) throws -> FactorHistory {
        try history(levels(after: moves), kind, factor: "NEAR")
    }

    private func far(_ moves: [String], _ kind: ReturnKind = .absolute) throws -> FactorHistory {
        try history(levels(after: moves), kind, factor: "FAR")
    }

    @Test func `a charge is the quantile of the legs' money, A less B`() throws {
        // Money 100 · (1 − 3), 100 · (2 + 1), 100 · (−1 − 0): sizes 200, 300, 100.
        let series = (try near(["1", "2", "-1"]), try far(["3", "-1", "0"]))
        let found = try figure(rule(.intraSpread), series.0, series.1)
        #expect(found.core == exact("300") && found.new == exact("300") && found.bounds.count == 1)
        #expect(found.observations == 3 && found.firstDay == day(1) && found.buffer == nil)
        // Two of the near leg: 200 − 300, 400 + 100, −200.
        #expect(try figure(rule(.intraSpread, ratio: "2"), series.0, series.1).core == exact("500"))
        var twoDays = rule(.intraSpread)
        twoDays.horizonDays = 2
        // −200 + 300 and 300 − 100.
        #expect(try figure(twoDays, series.0, series.1).core == exact("200"))
        var last = rule(.intraSpread)
        last.lookBackDays = 2
        last.confidence = exact("0.501")
        #expect(try figure(last, series.0, series.1).core == exact("300"))
        #expect(try figure(last, series.0, series.1).firstDay == day(2))
    }

    @Test func `a log leg moves its last level`() throws {
        // 100 to 110 to 99: −ln(99/110) is the larger; the last level times e^ln(0.9) − 1 is −9.9. B stands still.
        let found = try figure(
            rule(.intraSpread, increment: "1"), near(["10", "-11", "0"], .log), far(["0", "0", "0"]))
        #expect(abs(found.core.double - 990) < 1e-9)
    }

    @Test func `stress and floor of a charge are on the spread's money, without a volatility`() throws {
        let quiet = (0..<400).map { _ in "0" }
        let wild = ["7", "-8"] + quiet.dropFirst(2)
        let series = (try near(wild), try far(quiet))
        var stressed = rule(.intraSpread)
        stressed.lookBackDays = 20
        stressed.stressedWeight = exact("0.25")
        stressed.minStressedObservations = 2
        stressed.stressedWindows = [
            NamedWindow(code: StressedWindowCode("W"), window: StressedWindow(from: day(1), to: day(2)))
        ]
        let found = try figure(stressed, series.0, series.1)
        #expect(found.bounds.map(\.name) == [.quantile, .stressed])
        #expect(found.core == exact("200") && found.bound == .stressed)
        stressed.minStressedObservations = 3
        #expect(refusal { _ = try figure(stressed, series.0, series.1) } == "too_few_observations S stressed")
        var floored = rule(.intraSpread)
        floored.lookBackDays = 20
        floored.confidence = exact("0.999")
        floored.floor = FloorTool(years: 1)
        // A year before day 400 is day 34: neither move is in it. From day 367 on it is.
        #expect(try figure(floored, series.0, series.1).core == .zero)
        let early = try figure(floored, series.0, series.1, on: day(367))
        #expect(early.core == exact("800") && early.bound == .floor && early.lastDay == day(367))
    }

    @Test func `the step limit of a charge flags a rise that it cuts below the core`() throws {
        var limited = rule(.intraSpread)
        limited.stepLimit = exact("0.15")
        let found = try figure(
            limited, near(["3", "0", "0"]), far(["0", "0", "0"]), standing: StandingValue(value: exact("200")))
        #expect(found.limited == .up && found.flag == .belowCore && found.new == exact("230"))
    }

    /// 400 days on which the far leg moves as the near one does, but for a day of the first window.
    private func offsetSeries(_ factor: String) throws -> FactorHistory {
        let moves = (0..<1_200).map { place in
            let near = [2, -1, 3, -4, 1, 0][place % 6]
            return "\(factor == "FAR" && (100..<140).contains(place) ? -near : factor == "FAR" ? near / 2 : near)"
        }
        return try history(levels(after: moves, from: "1000"), factor: factor)
    }

    private func offset(_ change: (inout CalibrationRule) -> Void = { _ in }) -> CalibrationRule {
        var rule = self.rule(.offsetRate, increment: "0.05")
        rule.confidence = exact("0.99")
        rule.offset.cap = exact("0.9")
        change(&rule)
        return rule
    }

    @Test func `a rate is what of the legs' own moves the spread does not lose, in the worst window`() throws {
        let series = (try offsetSeries("NEAR"), try offsetSeries("FAR"))
        // Legs lose 400 and 200, the spread 200: 1 − 200/600.
        let plain = try figure(offset(), series.0, series.1)
        #expect(plain.bounds.map(\.name) == [.years(1), .years(3)])
        #expect(plain.bounds.map(\.value) == [exact("0.666666666667"), exact("0.666666666667")])
        #expect(plain.bound == .years(1) && plain.core == exact("0.666666666667") && plain.new == exact("0.65"))
        #expect(plain.observations == 1_200 && plain.correlationBreak?.isBroken == false)
        // In the window the legs go apart: 1 − 800/800.
        let stressed = offset {
            $0.minStressedObservations = 5
            $0.stressedWindows = [
                NamedWindow(code: StressedWindowCode("W"), window: StressedWindow(from: day(101), to: day(140)))
            ]
        }
        let apart = try figure(stressed, series.0, series.1)
        #expect(apart.bounds[2].value == .zero && apart.bound == .window(StressedWindowCode("W")))
        #expect(apart.new == .zero)
        let capped = try figure(offset { $0.offset.cap = exact("0.33") }, series.0, series.1)
        #expect(capped.bound == .cap && capped.core == exact("0.33") && capped.new == exact("0.3"))
        // A cap of the rate itself does not bind.
        let most = try figure(offset { $0.offset.cap = exact("0.7") }, series.0, series.1)
        #expect(most.bound == .years(1))
    }

    @Test func `a rate below zero is zero`() throws {
        // The legs move against each other by different amounts on different days: the spread loses more than both.
        let near = try history(levels(after: (0..<300).map { $0 % 2 == 0 ? "4" : "-1" }), factor: "NEAR")
        let far = try history(levels(after: (0..<300).map { $0 % 2 == 0 ? "-4" : "1" }), factor: "FAR")
        let zero = try figure(
            offset { $0.confidence = exact("0.501") }, near, try history(far.levels.map { "\($0)" }, factor: "FAR"))
        #expect(zero.bounds[0].value == .zero && zero.bound == .years(1))
        var third = offset()
        third.basis = .legs([
            Self.leg(1, "NEAR", .a, "1", "100"), Self.leg(2, "FAR", .b, "1", "100"),
            Self.leg(3, "NEAR", .a, "1", "100"),
        ])
        #expect(try figure(third, near, far).bound == .years(1))
    }

    @Test func `a fall of a rate that the step limit cuts is flagged, and rates go down to the increment`() throws {
        let series = (try offsetSeries("NEAR"), try offsetSeries("FAR"))
        let limited = offset { $0.stepLimit = exact("0.1") }
        let fall = try figure(limited, series.0, series.1, standing: StandingValue(value: exact("0.85")))
        #expect(fall.limited == .down && fall.flag == .aboveCore && fall.new == exact("0.75"))
        let rise = try figure(limited, series.0, series.1, standing: StandingValue(value: exact("0.5")))
        #expect(rise.limited == .up && rise.flag == nil && rise.new == exact("0.55"))
        #expect(rise.change?.text(decimals: 6) == "0.100000")
    }

    @Test func `a correlation that fell takes its share off, one that rose does not`() throws {
        let near = try offsetSeries("NEAR")
        let turned = (0..<1_200).map { place in
            let move = [2, -1, 3, -4, 1, 0][place % 6]
            return "\(place >= 1_180 ? -move : move)"
        }
        let far = try history(levels(after: turned, from: "1000"), factor: "FAR")
        let broken = try figure(offset { $0.confidence = exact("0.9") }, near, far)
        #expect(broken.correlationBreak?.isBroken == true)
        #expect(broken.correlationBreak?.recent == -0.999999 && broken.correlationBreak?.earlier == 0.999999)
        // 1y: 36.6 of 366 moves: the 37th of the spread's sizes is 0 but for 20 days; the rate is 1, capped, less a
        // quarter.
        #expect(broken.bound == .cap && broken.core == exact("0.675") && broken.new == exact("0.65"))
        let healed = try history(
            levels(
                after: (0..<1_200).map { place in
                    let move = [2, -1, 3, -4, 1, 0][place % 6]
                    return "\(place < 1_180 && place % 6 == 1 ? -move * 3 : move)"
                }, from: "1000"), factor: "FAR")
        #expect(try figure(offset(), near, healed).correlationBreak?.isBroken == false)
    }

    @Test func `what a rate needs is refused by key and window`() throws {
        let series = (try offsetSeries("NEAR"), try offsetSeries("FAR"))
        #expect(
            refusal { _ = try figure(offset { $0.minObservations = 367 }, series.0, series.1) }
                == "too_few_observations S 1y")
        let short = (try near((0..<269).map { "\($0 % 3)" }), try far((0..<269).map { "\($0 % 5)" }))
        #expect(refusal { _ = try figure(offset(), short.0, short.1) } == "too_few_observations S break")
        let still = (try near((0..<300).map { "\($0 % 3)" }), try far((0..<300).map { _ in "0" }))
        #expect(refusal { _ = try figure(offset(), still.0, still.1) } == "correlation_undefined S")
        let none = (try near((0..<300).map { _ in "0" }), still.1)
        #expect(refusal { _ = try figure(offset(), none.0, none.1) } == "history_not_moving S 1y")
    }
}
