import Foundation
import Margining
import Quantities
import Scenarios
import TestSupport
import Testing

private func share(_ confidence: String) throws -> TailShare {
    try #require(TailShare(confidence: exact(confidence)))
}

private func dollars() throws -> Currency { Currency(code: try #require(CurrencyCode("USD")), decimals: 2) }

/// What a simulated portfolio is measured at (methodology §7).
struct TailRiskTests {
    private func portfolio(_ parts: [[Int64]], stressed: [Int64] = [], decimals: Int = 2) -> SimulatedPortfolio {
        let losses = (parts.first ?? []).indices.map { index in parts.reduce(0) { $0 + $1[index] } }
        return SimulatedPortfolio(
            losses: losses, stressedLosses: stressed, decimals: decimals,
            positions: parts.map { (1, $0[...]) })
    }

    @Test func `the core is the blend where stressed returns were worse, else the shortfall`() throws {
        // Shortfall of [100, 20] at 50 % is 100 cents; a quarter of 300 is 75, three quarters of 100 are 75.
        let terms = TailRiskTerms(tail: try share("0.5"))
        let blended = TailRisk(portfolio([[100, 20]], stressed: [300, -50]), terms: terms, currency: try dollars())
        #expect(Money(rounding: blended.core, currency: try dollars()).minorUnits == 150)
        let calm = TailRisk(portfolio([[100, 20]], stressed: [40, -50]), terms: terms, currency: try dollars())
        #expect(Money(rounding: calm.core, currency: try dollars()).minorUnits == 100)
        let gains = TailRisk(portfolio([[-100, -20]]), terms: terms, currency: try dollars())
        #expect(gains.core == .zero)
        #expect(Money(rounding: gains.expectedShortfall, currency: try dollars()).minorUnits == -20)
    }

    @Test func `the core is rounded once, half away from zero`() throws {
        // 0.75 · 1 + 0.25 · 3 = 1.5 cents exactly; both shortfalls rounded before it would not tell.
        let terms = TailRiskTerms(tail: try share("0.5"))
        let risk = TailRisk(portfolio([[1, 0]], stressed: [3, 0]), terms: terms, currency: try dollars())
        #expect(risk.core == ExactFraction(3, over: 200))
        #expect(Money(rounding: risk.core, currency: try dollars()).minorUnits == 2)
    }

    @Test func `components are shared out to the cent by the largest remainder`() throws {
        // Two of three scenarios count: halves of a cent a position. 5/2, 5/2 and 3/2 make 13/2: 7 cents, not 6.
        let terms = TailRiskTerms(tail: try share("0.34"), convention: .whole)
        let risk = TailRisk(
            portfolio([[3, 2, 0], [2, 3, 0], [1, 2, 0]]), terms: terms, currency: try dollars())
        #expect(risk.components == [5, 5, 3].map { ExactFraction($0, over: 200) })
        #expect(Money(rounding: risk.expectedShortfall, currency: try dollars()).minorUnits == 7)
        #expect(risk.componentAmounts.map(\.minorUnits) == [3, 3, 1])
    }

    @Test func `shares of the largest remainder add up for parts of either sign`() throws {
        var generator = SeededGenerator(seed: 7)
        let currency = try dollars()
        for _ in 0..<500 {
            let parts = (0..<(1 + generator.whole(0...5))).map { _ in
                ExactFraction(Int128(generator.whole(0...4000)) - 2000, over: Int128(1 + generator.whole(0...699)))
            }
            let total = Money(rounding: parts.reduce(.zero, +), currency: currency)
            let shares = sharedByLargestRemainder(total, over: parts)
            #expect(shares.map(\.minorUnits).reduce(0, +) == total.minorUnits)
            for (share, part) in zip(shares, parts) {
                let difference = ExactFraction(share.amount) - part
                #expect(difference < ExactFraction(1, over: 100) && ExactFraction(-1, over: 100) < difference)
            }
        }
    }

    struct BreakRow: Sendable {
        let kappa: String, lower: String, upper: String
        let cents: Int64
    }

    /// Ten losses, windows of five at 80 %: the largest of each five. V is the second largest of ten, 700 cents; the
    /// windows' are 500, 500, 600, 700, 900, 900: two exceed it by 200, so that the excess is 2.00.
    @Test(arguments: [
        BreakRow(kappa: "1", lower: "0", upper: "1", cents: 200),
        BreakRow(kappa: "0.3333", lower: "0", upper: "1", cents: 67),
        BreakRow(kappa: "1", lower: "0.5", upper: "1", cents: 350),
        BreakRow(kappa: "10", lower: "0", upper: "0.3", cents: 210),
        BreakRow(kappa: "0", lower: "0", upper: "0.3", cents: 0),
    ])
    func `a correlation break is clamped between shares of the value at risk`(row: BreakRow) throws {
        let losses: [Int64] = [100, 500, 200, 300, 400, -100, 600, 700, 0, 900]
        let terms = TailRiskTerms(
            tail: try share("0.8"),
            correlationBreak: CorrelationBreakTerms(
                window: 5, kappa: exact(row.kappa), lower: exact(row.lower), upper: exact(row.upper)))
        let risk = TailRisk(portfolio([losses]), terms: terms, currency: try dollars())
        #expect(Money(rounding: risk.valueAtRisk, currency: try dollars()).minorUnits == 700)
        let found = try #require(risk.correlationBreak)
        #expect(found.excess == 2)
        #expect(found.addOn.minorUnits == row.cents)
    }

    @Test func `a window as long as the history breaks nothing, and a longer one neither`() throws {
        for window in [10, 11] {
            let terms = TailRiskTerms(
                tail: try share("0.8"),
                correlationBreak: CorrelationBreakTerms(window: window, kappa: .one, lower: .zero, upper: .one))
            let risk = TailRisk(
                portfolio([[100, 500, 200, 300, 400, -100, 600, 700, 0, 900]]), terms: terms, currency: try dollars())
            #expect(risk.correlationBreak?.excess == 0)
            #expect(risk.correlationBreak?.addOn.minorUnits == 0)
        }
    }

    @Test func `rolling values at risk are those of each part by itself`() throws {
        var generator = SeededGenerator(seed: 99)
        let losses = (0..<60).map { _ in Int64(generator.whole(0...2000)) - 1000 }
        let tail = try share("0.9")
        for convention in TailConvention.allCases {
            let whole = LossTail(losses, tail: tail).valueAtRisk(convention)
            var squares: [Double] = []
            for start in 0...(60 - 15) {
                let value = LossTail(Array(losses[start..<start + 15]), tail: tail).valueAtRisk(convention)
                if value > whole { squares.append((value - whole).double * (value - whole).double) }
            }
            let found = CorrelationBreak(
                losses, decimals: 0, valueAtRisk: whole, tail: tail, convention: convention,
                terms: CorrelationBreakTerms(window: 15, kappa: .one, lower: .zero, upper: .one),
                currency: try dollars())
            #expect(!squares.isEmpty)
            #expect(found.excess == (squares.reduce(0, +) / Double(squares.count)).squareRoot())
        }
    }

    /// The eight worst of 715 ten-day profits and losses of an example of Open Source Risk Engine, a historical
    /// simulation: its expected quantile at 1 % is −874503.346996, its expected shortfall
    /// −949845.987415 (the whole convention).
    @Test func `a published quantile and shortfall at 1 % come from the eight worst of 715`() throws {
        let worst = [
            "1069145.188965", "1016501.188572", "965400.870434", "929586.683671", "916945.520777", "916424.386422",
            "910260.713482", "874503.346996",
        ]
        let others = (0..<707).map { Int64($0) * 2_000_000_000 - 600_000_000_000 }
        let losses = others + worst.map { exact($0).minorUnits(decimals: 6) }
        let tail = LossTail(losses, tail: try share("0.99"))
        #expect(tail.valueAtRisk == 874_503_346_996)
        #expect(abs(tail.average(.whole).of(losses).double / 1e6 - 949_845.987415) < 5e-7)
    }

    /// Open Source Risk Engine's expected output of a historical simulation, the whole convention.
    /// The files' headers begin with # and are passed over.
    @Test(.enabled(if: Evidence.isPresent, "MARGIN_EVIDENCE does not name the evidence folder"))
    func `quantiles and shortfalls of 715 published profits and losses agree`() throws {
        func rows(_ name: String) throws -> [[String]] {
            CSVRows.lines(
                try String(contentsOfFile: Evidence.path("historical-simulation-var/\(name)"), encoding: .utf8))
        }
        let losses = try rows("pnl.csv").map { row in
            -(exact(row[5])).minorUnits(decimals: 6)
        }
        #expect(losses.count == 715)
        let expected = try rows("expected.csv")[0]
        let columns = [("0.99", 3, 7), ("0.95", 4, 8), ("0.05", 5, 9), ("0.01", 6, 10)]
        for (confidence, quantile, shortfall) in columns {
            let tail = LossTail(losses, tail: try share(confidence))
            #expect(-tail.valueAtRisk == (exact(expected[quantile])).minorUnits(decimals: 6))
            let found = tail.average(.whole).of(losses).double / 1e6
            #expect(abs(-found - (exact(expected[shortfall])).double) < 5e-7)
        }
    }
}
