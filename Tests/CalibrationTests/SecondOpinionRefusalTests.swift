import Calibration
import ClearingModel
import Quantities
import Scenarios
import Testing

/// What a second opinion leaves out, and by what name (docs/methodology.md §10.6).
struct SecondOpinionRefusalTests {
    private static let count = 40
    private static let last = day(count)

    /// Levels that go their own way by factor.
    private static func levels(_ factor: Int) -> [String] {
        (0...count).map { place in "\(100 + (place * (factor + 3)) % 7 + place % (factor + 2))" }
    }

    /// What one factor of four is refused for where its history is another.
    private static func refused(
        _ changed: FactorHistory, _ change: (inout LearningTerms) -> Void = { _ in }
    ) throws -> (String, left: [String]) {
        var histories: [RiskFactorCode: FactorHistory] = [:]
        for factor in 0..<4 {
            histories[RiskFactorCode("F\(factor)")] = try history(levels(factor), factor: "F\(factor)")
        }
        histories[changed.factor] = changed
        var terms = SecondOpinionTests.terms(20)
        change(&terms)
        let rules = SecondOpinionTests.priced(["F0", "F1", "F2", "F3"])
        let now = LearnedCorrelations(rules, histories: histories, on: last, terms).now
        let refusal = now.refusals[changed.factor].map { "\($0.rule.rawValue) \($0.item)" } ?? ""
        return (refusal, (try? now.correlation.get())?.factors.map(\.text) ?? [])
    }

    @Test func `a factor with a fault is left out by name, and the others stand`() throws {
        let own = Self.levels(1)
        func check(_ changed: FactorHistory, _ wanted: String, _ change: (inout LearningTerms) -> Void = { _ in })
            throws
        {
            let found = try Self.refused(changed, change)
            #expect(found.0 == wanted)
            #expect(found.left == ["F0", "F2", "F3"], "\(wanted)")
        }
        try check(history(own, factor: "F1", skipping: Set(33...40)), "history_stale F1 2024-02-02")
        try check(history(own, factor: "F1", skipping: Set(0...40)), "history_stale F1")
        try check(history(own, factor: "F1", skipping: Set(25...31)), "history_gap F1 2024-02-02")
        var spoilt = own
        spoilt[30] = "0"
        try check(history(spoilt, .log, factor: "F1"), "log_of_non_positive F1 2024-01-31")
        try check(history(own, factor: "F1", skipping: Set(0...20)), "too_few_observations F1")
        // Three of 21 days are more than a tenth, two are not.
        try check(history(own, factor: "F1", skipping: [22, 25, 28]), "history_hole F1 2024-01-23") {
            $0.minObservations = 15
        }
        try check(history(own.map { _ in "7" }, factor: "F1"), "history_not_moving F1")
    }

    @Test func `a day that few lack is nobody's day, and what lies outside the look-back is not looked at`() throws {
        let own = Self.levels(1)
        let all = ["F0", "F1", "F2", "F3"]
        let two = try Self.refused(history(own, factor: "F1", skipping: [25, 28])) { $0.minObservations = 18 }
        #expect(two.0.isEmpty && two.left == all)
        // One return fewer than asked, for all of them.
        let asked = try Self.refused(history(own, factor: "F1", skipping: [25, 28])) { $0.minObservations = 19 }
        #expect(asked.0 == "too_few_observations F1" && asked.left.isEmpty)
        var early = own
        early[10] = "0"
        let log = try Self.refused(history(early, .log, factor: "F1"))
        #expect(log.0.isEmpty && log.left == all)
    }

    @Test func `one factor has no correlation, and a spread tells which leg is left out`() throws {
        let alone = [RiskFactorCode("F0"): try history(Self.levels(0), factor: "F0")]
        let rule = SecondOpinionTests.spread("F0", "F1")
        let terms = SecondOpinionTests.terms(20)
        let single = LearnedCorrelations([rule], histories: alone, on: Self.last, terms)
        #expect(refusal { _ = try LearnedOffsetRate(rule, single.now) } == "too_few_factors second opinion")
        var three = alone
        three[RiskFactorCode("F1")] = try history(Self.levels(1).map { _ in "7" }, factor: "F1")
        three[RiskFactorCode("F2")] = try history(Self.levels(2), factor: "F2")
        let learned = LearnedCorrelations(
            [rule] + SecondOpinionTests.priced(["F2"]), histories: three, on: Self.last, terms)
        #expect(refusal { _ = try LearnedOffsetRate(rule, learned.now) } == "history_not_moving F1")
    }

    @Test func `equal histories give equal bits`() throws {
        let histories = try SecondOpinionTests.histories(SecondOpinionTests.moves)
        let rules = SecondOpinionTests.priced(["Z", "X", "Y"])
        let terms = SecondOpinionTests.terms(16)
        let found = try [rules, rules.reversed()].map { rules in
            try LearnedCorrelations(rules, histories: histories, on: day(16), terms).now.correlation.get()
        }
        #expect(found[0].shrunk == found[1].shrunk && found[0].intensity == found[1].intensity)
        #expect(found[0].sample == found[1].sample && found[0].target == found[1].target)
    }
}
