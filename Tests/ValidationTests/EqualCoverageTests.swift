import ClearingModel
import Margining
import Quantities
import Testing
import Validation

/// Margins scaled to equal coverage, docs/methodology.md §12.7, by hand.
struct EqualCoverageTests {
    private func nights(_ pairs: [(Int64, Int64)]) -> [EqualCoverage.Night] {
        pairs.map { EqualCoverage.Night(exposure: $0.0, margin: $0.1) }
    }

    private func scaled(_ pairs: [(Int64, Int64)], _ allowed: Int, days: Int? = nil) throws -> EqualCoverage {
        try EqualCoverage(nights(pairs), exceptions: allowed, days: days ?? pairs.count, of: "A")
    }

    /// Exposures over margins are 0.5, 1.2, 1.5 and −0.75, and a night without either; the margins are 6 on average.
    @Test(
        arguments: [
            (0, 3, 2, 0, 9, nil), (1, 6, 5, 1, 7, 2), (2, 1, 2, 2, 3, 7), (3, 0, 1, 3, 0, 9), (9, 0, 1, 3, 0, 9),
        ] as [(Int, Int128, Int128, Int, Int64, Int64?)])
    func `the factor is the smallest that lets no more nights through`(
        allowed: Int, above: Int128, below: Int128, exceptions: Int, average: Int64, excess: Int64?
    ) throws {
        let found = try scaled([(5, 10), (12, 10), (9, 6), (-3, 4), (0, 0)], allowed)
        #expect(found.multiplier == ExactFraction(above, over: below))
        #expect(found.exceptions == exceptions && found.nights == 5 && found.asked == 6)
        #expect(found.average == average && found.excess == excess)
        #expect(found.coverage == ExactFraction(Int128(5 - exceptions), over: 5))
    }

    @Test func `of equal ratios none is let through alone`() throws {
        let found = try scaled([(2, 1), (4, 2), (1, 1)], 1)
        #expect(found.multiplier == ExactFraction(2, over: 1) && found.exceptions == 0)
    }

    @Test func `units together are averaged over their days`() throws {
        let found = try scaled([(3, 4), (1, 4), (1, 2)], 0, days: 2)
        #expect(found.asked == 5 && found.average == 4)
    }

    @Test func `a loss without margin is an exception at any factor`() throws {
        let found = try scaled([(1, 0), (1, 0), (3, 2)], 2)
        #expect(found.multiplier == ExactFraction(3, over: 2) && found.exceptions == 2)
        let refusal = try #require(throws: ValidationRefusal.self) { try scaled([(1, 0), (1, 0), (3, 2)], 1) }
        #expect(refusal.rule == .coverageNotReached && refusal.item == "A")
        #expect(refusal.reason == "2 nights have a loss and no margin to scale, 1 may be above it")
    }

    @Test func `margins below zero, and what leaves 64 bits, are refused`() throws {
        #expect(try #require(throws: ValidationRefusal.self) { try scaled([(1, -1)], 1) }.rule == .marginNotPositive)
        let far = try #require(throws: ValidationRefusal.self) { try scaled([(.max, 1), (1, .max)], 0) }
        #expect(far.rule == .outOfRange)
        #expect(try scaled([], 0, days: 0).average == 0)
    }

    private func night(_ day: Int, _ exposure: Int64, _ engine: Int64, plain: Int64?) -> ComparedNight {
        let refusal = ValidationRefusal(.notSimulated, "F", table: "calibration_rule", "no factor")
        return ComparedNight(
            day: day, exposure: exposure, engine: engine,
            others: [
                .notional: .success(1_000), .historicalValueAtRisk: plain.map { .success($0) } ?? .failure(refusal),
            ])
    }

    /// The engine is exceeded on the second and third of four nights; the plain margin is known on the last three.
    @Test func `a method is held against the engine on the nights it has`() throws {
        let nights = [
            night(1, 90, 100, plain: nil), night(2, 240, 120, plain: 100), night(3, 150, 100, plain: 80),
            night(4, 50, 100, plain: 80),
        ]
        let rows = EfficiencyRow.rows(nights, of: "A")
        #expect(rows.map(\.method) == [.engine, .notional, .historicalValueAtRisk])
        #expect(rows.map(\.nights) == [4, 4, 3] && rows.map(\.exceptions) == [2, 2, 2])
        let found = try rows.map { try $0.outcome.get() }
        // 0.9 of 105; 0.09 of 1,000; 0.625 of 86.67 against 0.5 of 106.67.
        #expect(found.map(\.method.average) == [95, 90, 54] && found.map(\.engine.average) == [95, 95, 53])
        #expect(found[2].method.multiplier == ExactFraction(5, over: 8))
        #expect(found.map(\.ratio) == [ExactDecimal("1"), ExactDecimal("0.947368"), ExactDecimal("1.018868")])
    }

    @Test func `a method without any night says why`() throws {
        let rows = EfficiencyRow.rows([night(1, 1, 2, plain: nil)], of: "A")
        let plain = try #require(rows.last)
        #expect(plain.nights == 0 && plain.exceptions == 0)
        #expect(throws: ValidationRefusal.self) { try plain.outcome.get() }
    }
}
