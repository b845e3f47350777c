import ClearingModel
import Quantities
import Testing
import Validation

/// Z2 of docs/methodology.md §12.4, by hand.
struct ShortfallRuleTests {
    private func night(_ loss: Int, _ valueAtRisk: Int, _ shortfall: Int) -> ShortfallNight {
        ShortfallNight(
            loss: ExactDecimal(loss), valueAtRisk: ExactDecimal(valueAtRisk), expectedShortfall: ExactDecimal(shortfall)
        )
    }

    private func test(
        _ nights: [ShortfallNight?], days: Int = 1, critical: [Z2CriticalValues] = []
    ) throws -> ShortfallTest? {
        try ShortfallTest(
            nights, terms: ValidationTerms(confidence: ExactDecimal(mantissa: 75, scale: 2), horizonDays: days),
            critical: critical, of: "A", date: { "night \($0 + 1)" })
    }

    private func critical(_ nights: Int, _ p: String, _ yellow: String, _ red: String) throws -> Z2CriticalValues {
        try Z2CriticalValues(
            nights: nights, exceptionProbability: #require(ExactDecimal(p)), yellow: #require(ExactDecimal(yellow)),
            red: #require(ExactDecimal(red)))
    }

    /// 1 − (6/4 + 9/6)/(4·¼) = −2; a loss equal to the value at risk does not exceed it.
    @Test func `losses above the value at risk are held against the shortfall expected`() throws {
        let found = try #require(try test([night(6, 3, 4), night(3, 3, 4), nil, night(9, 5, 6), night(-9, 5, 6)]))
        #expect(found.whole.z2 == -2)
        #expect(found.whole.nights == 4 && found.whole.exceedances == 2)
        #expect(found.whole.zone == nil && found.thinned == nil)
    }

    @Test func `without an exceedance it is one, and of no night there is none`() throws {
        #expect(try test([night(1, 2, 3)])?.whole.z2 == 1)
        #expect(try test([nil, nil]) == nil)
    }

    /// The bounds themselves belong to the better zone; the row of other n or p is not used.
    @Test(arguments: [
        ("4", "0.25", "-2", "-3", TrafficLightZone.green), ("4", "0.250", "-1.9", "-2", .yellow),
        ("4", "0.25", "-1", "-1.5", .red), ("5", "0.25", "-1", "-1.5", nil), ("4", "0.025", "-1", "-1.5", nil),
    ])
    func `critical values are of an n and p`(
        nights: String, p: String, yellow: String, red: String, zone: TrafficLightZone?
    ) throws {
        let rows = [try critical(#require(Int(nights)), p, yellow, red)]
        let figures = [night(6, 3, 4), night(3, 3, 4), night(9, 5, 6), night(-9, 5, 6)]
        #expect(try test(figures, critical: rows)?.zone == zone)
    }

    /// From the first night with all three figures on: 6/4 and a gain in the first, 12/6 alone in the second.
    @Test func `interleaved nights count from the first with all three figures, and the smallest decides`() throws {
        let rows = [try critical(2, "0.25", "-1", "-2"), try critical(3, "0.25", "-3", "-4")]
        let found = try #require(
            try test([nil, night(6, 3, 4), night(12, 5, 6), night(-9, 5, 6), nil], days: 2, critical: rows))
        let thinned = try #require(found.thinned)
        #expect(thinned.series.map(\.statistic.nights) == [2, 1])
        #expect(thinned.series.map(\.statistic.z2) == [1 - 1.5 / 0.5, 1 - 2 / 0.25])
        #expect(thinned.decides == 1)
        #expect(thinned.series.map(\.statistic.zone) == [.yellow, nil])
        // All three nights have critical values, the series that decides has none.
        #expect(found.whole.zone == .yellow && found.zone == nil)
    }

    @Test func `of equal ones the first decides`() throws {
        let found = try #require(try test([night(6, 3, 4), night(6, 3, 4)], days: 2))
        #expect(found.thinned?.decides == 0)
    }

    @Test func `a shortfall that is not positive leaves the unit none`() throws {
        let refusal = try #require(throws: ValidationRefusal.self) { try test([night(1, 2, 3), night(-1, -3, 0)]) }
        #expect(refusal.rule == .shortfallNotPositive && refusal.item == "A night 2")
    }

    @Test(arguments: [("0", "-1", "-2"), ("250", "-2", "-1"), ("250", "-1", "-1"), ("250", "0", "-1")])
    func `critical values out of order are refused`(nights: String, yellow: String, red: String) throws {
        #expect(throws: ValidationRefusal.self) { try critical(#require(Int(nights)), "0.01", yellow, red) }
    }
}
