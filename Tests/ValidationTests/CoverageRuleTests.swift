import ClearingModel
import Margining
import Quantities
import Testing
import Validation

/// Coverage of docs/methodology.md §12.2, each rule by hand; likelihood ratios against figures of 50 digits (mpmath
/// 1.3).
struct CoverageRuleTests {
    private func isNear(_ found: Double?, _ wanted: Double?) -> Bool {
        guard let found, let wanted else { return found == nil && wanted == nil }
        return abs(found - wanted) <= max(1e-12, 1e-10 * abs(wanted))
    }

    private func terms(_ confidence: String = "0.99", days: Int = 1) throws -> ValidationTerms {
        try ValidationTerms(confidence: #require(ExactDecimal(confidence)), horizonDays: days)
    }

    private func coverage(_ nights: Int, _ exceptions: Int, _ pairs: ExceptionPairs = ExceptionPairs()) throws
        -> CoverageTests
    {
        CoverageTests(nights: nights, exceptions: exceptions, pairs: pairs, terms: try terms())
    }

    @Test(
        arguments: [
            (250, 0, 0.01, 5.0251679267507206, 0.02498150305344977),
            (250, 2, 0.01, 0.10843521623680332, 0.74193270095262339),
            (250, 3, 0.01, 0.094940122664436546, 0.7579883213732852),
            (250, 250, 0.01, 2302.5850929940457, 0.0),
            (12000, 120, 0.01, 0.0, 1.0),
            (12000, 121, 0.01, 0.0083944586023021422, 0.92699894506942527),
            (12000, 500, 0.01, 679.40294863837253, 9.0108064703463226e-150),
            (20000, 2, 0.0001, 0.0, 1.0),
        ] as [(Int, Int, Double, Double, Double)])
    func `Kupiec's ratio and its p-value, none and all exceptions and the expected number among them`(
        nights: Int, exceptions: Int, p: Double, ratio: Double, pValue: Double
    ) throws {
        let found = CoverageTests(
            nights: nights, exceptions: exceptions, pairs: ExceptionPairs(),
            terms: try terms(p == 0.01 ? "0.99" : "0.9999"))
        #expect(isNear(found.proportionOfFailures, ratio), "\(found.proportionOfFailures)")
        #expect(isNear(found.proportionOfFailuresP, pValue), "\(found.proportionOfFailuresP)")
    }

    @Test(
        arguments: [
            (249, 0, 0, 0, 0.0, 1.0),
            (0, 0, 0, 249, 0.0, 1.0),
            (248, 1, 0, 0, 0.0, 1.0),
            (245, 2, 2, 0, 0.032389017899145053, 0.8571765192955723),
            (237, 3, 2, 5, 29.986918989792674, 4.3497074044173291e-8),
            (11760, 119, 119, 1, 0.03606733091930339, 0.84937651443901192),
            (1, 1, 1, 1, 0.0, 1.0),
            (0, 3, 3, 0, 8.3177661667193437, 0.0039259170936032999),
            (19000, 499, 499, 1, 18.495057631450391, 1.7034546454058124e-5),
        ] as [(Int, Int, Int, Int, Double, Double)])
    func `Christoffersen's ratio where any of the counts is none`(
        n00: Int, n01: Int, n10: Int, n11: Int, ratio: Double, pValue: Double
    ) throws {
        let pairs = ExceptionPairs(n00: n00, n01: n01, n10: n10, n11: n11)
        let found = try coverage(pairs.count + 1, n01 + n11, pairs)
        #expect(isNear(found.independence, ratio), "\(String(describing: found.independence))")
        #expect(isNear(found.independenceP, pValue), "\(String(describing: found.independenceP))")
        let whole = found.proportionOfFailures + (found.independence ?? .nan)
        #expect(isNear(found.conditional, whole))
        #expect(isNear(found.conditionalP, chiSquaredUpperTail2(whole)))
    }

    @Test func `without a pair there is no independence, and nothing conditional on it`() throws {
        let found = try coverage(3, 1)
        #expect(found.independence == nil && found.independenceP == nil)
        #expect(found.conditional == nil && found.conditionalP == nil)
        #expect(found.proportionOfFailuresP < 1)
    }

    @Test(arguments: [
        ("0.99", 250, 5, 10), ("0.99", 500, 9, 15), ("0.975", 250, 11, 17), ("0.99", 197, 4, 9), ("0.99", 1, 1, 1),
    ])
    func `where the zones begin`(confidence: String, nights: Int, yellow: Int, red: Int) throws {
        let terms = try terms(confidence)
        func light(_ exceptions: Int) -> TrafficLight {
            CoverageTests(nights: nights, exceptions: exceptions, pairs: ExceptionPairs(), terms: terms).trafficLight
        }
        #expect(light(0).firstYellow == yellow && light(0).firstRed == red)
        #expect(light(0).zone == .green)
        #expect(light(yellow - 1).zone == .green)
        #expect(light(yellow).zone == (yellow == red ? .red : .yellow))
        #expect(light(red - 1).zone == (yellow == red ? .green : .yellow))
        #expect(light(red).zone == .red)
        #expect(light(nights).cumulative == 1)
    }

    /// P(X ≤ 0) is 0.9703 of three nights: as much as yellow, were it not none.
    @Test func `no exception is green however few nights there are`() throws {
        let light = try coverage(3, 0).trafficLight
        #expect(light.cumulative > 0.95 && light.zone == .green)
        #expect(light.firstYellow == 1 && light.firstRed == 2)
    }

    @Test func `coverage is exact, and its interval ends at 0 and 1 where nothing or all is covered`() throws {
        let none = try coverage(250, 0)
        #expect(none.coverage == ExactFraction(1, over: 1))
        #expect(none.coverageInterval.upper == 1 && none.atLeastP == 1)
        #expect(isNear(none.coverageInterval.lower, 0.98535281136431963))
        let all = try coverage(250, 250)
        #expect(all.coverage == .zero)
        #expect(all.coverageInterval.lower == 0 && all.atMostP == 1)
        #expect(try coverage(248, 7).coverage == ExactFraction(241, over: 248))
    }

    @Test(arguments: [
        ("0.5", 1, "0.95", "0.05", "confidence"), ("1", 1, "0.95", "0.05", "confidence"),
        ("0.99", 0, "0.95", "0.05", "horizon_days"), ("0.99", 61, "0.95", "0.05", "horizon_days"),
        ("0.99", 1, "0.5", "0.05", "interval_level"), ("0.99", 1, "1", "0.05", "interval_level"),
        ("0.99", 1, "0.95", "0", "significance"), ("0.99", 1, "0.95", "0.5", "significance"),
    ])
    func `a figure of a backtest out of its range is refused by its column`(
        confidence: String, days: Int, level: String, significance: String, column: String
    ) throws {
        let refusal = try #require(throws: ValidationRefusal.self) {
            try ValidationTerms(
                confidence: #require(ExactDecimal(confidence)), horizonDays: days,
                intervalLevel: #require(ExactDecimal(level)), significance: #require(ExactDecimal(significance)),
                backtest: "YEAR")
        }
        #expect(refusal.rule == .backtestRange && refusal.item == "YEAR" && refusal.column == column)
    }
}
