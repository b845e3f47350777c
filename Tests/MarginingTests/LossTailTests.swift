import Margining
import Quantities
import Scenarios
import TestSupport
import Testing

private func tail(_ confidence: String) throws -> TailShare {
    try #require(TailShare(confidence: exact(confidence)))
}

private func whole(_ value: Int64) -> ExactFraction { ExactFraction(Int128(value), over: 1) }

/// Value at risk and expected shortfall of bare loss vectors (methodology §7).
struct LossTailTests {
    /// Worked example: the fourteen worst of 500 losses; the rest lose less.
    private static let worst: [Int64] = [
        2728, 2722, 2683, 2629, 2593, 2565, 2518, 2360, 2297, 2230, 2160, 2084, 2032, 2014,
    ]

    @Test func `of 500 losses at 99 % the fifth is the value at risk and the mean of five the shortfall`() throws {
        let losses = (0..<486).map { Int64($0 % 1900) - 900 } + Self.worst.reversed()
        let measured = LossTail(losses, tail: try tail("0.99"))
        #expect(measured.valueAtRisk == 2593)
        for convention in TailConvention.allCases {
            #expect(measured.average(convention).of(losses) == whole(2671))
        }
    }

    struct WholeTail: Sendable, CustomTestStringConvertible {
        let count: Int64
        let confidence: String
        /// Scenarios × tail, a whole number.
        let rank: Int64
        var testDescription: String { "\(count) losses at \(confidence)" }
    }

    /// Losses 1 … count: the k-th worst is count + 1 − k, the mean of the k worst count − (k − 1)/2. Open Source Risk
    /// Engine 1.8.17 takes rank m + 1 for 1 % and 5 % (findings/ore-quantile-rank.sh): 495 and 497.5 of 500, 99 and
    /// 99.5 of 100.
    @Test(arguments: [
        WholeTail(count: 500, confidence: "0.99", rank: 5), WholeTail(count: 500, confidence: "0.95", rank: 25),
        WholeTail(count: 500, confidence: "0.9", rank: 50), WholeTail(count: 500, confidence: "0.75", rank: 125),
        WholeTail(count: 500, confidence: "0.998", rank: 1), WholeTail(count: 100, confidence: "0.99", rank: 1),
        WholeTail(count: 100, confidence: "0.95", rank: 5), WholeTail(count: 100, confidence: "0.9", rank: 10),
    ])
    func `a tail of a whole number of scenarios ends at that rank, not one further`(row: WholeTail) throws {
        let step = row.count == 500 ? Int64(7) : 3
        let losses = (0..<row.count).map { ($0 * step) % row.count + 1 }
        let measured = LossTail(losses, tail: try tail(row.confidence))
        #expect(measured.valueAtRisk == row.count + 1 - row.rank)
        #expect(measured.valueAtRisk(.whole) == whole(row.count + 1 - row.rank))
        let mean = ExactFraction(Int128(2 * row.count + 1 - row.rank), over: 2)
        #expect(measured.average(.fractional).of(losses) == mean)
        #expect(measured.average(.whole).of(losses) == mean)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let confidence: String
        let value: Int64
        let fractional: ExactFraction
        let whole: ExactFraction
        let interpolated: ExactFraction
        var testDescription: String { confidence }
    }

    /// Ten losses, 1 to 10, by hand; m = 10 · (1 − confidence).
    @Test(arguments: [
        // m = 1: the worst alone; rank 1.5 lies half-way between 10 and 9.
        Row(
            confidence: "0.9", value: 10, fractional: ExactFraction(10, over: 1), whole: ExactFraction(10, over: 1),
            interpolated: ExactFraction(19, over: 2)),
        // m = 2.5: (10 + 9 + 8/2)/2.5 = 9.2; (10 + 9 + 8)/3 = 9; rank 3 is the third worst itself.
        Row(
            confidence: "0.75", value: 8, fractional: ExactFraction(46, over: 5), whole: ExactFraction(9, over: 1),
            interpolated: ExactFraction(8, over: 1)),
        // m = 0.5, less than a scenario: the worst counts alone.
        Row(
            confidence: "0.95", value: 10, fractional: ExactFraction(10, over: 1), whole: ExactFraction(10, over: 1),
            interpolated: ExactFraction(10, over: 1)),
        // m = 1.2: (10 + 0.2 · 9)/1.2 = 59/6; rank 1.7: 10 − 0.7.
        Row(
            confidence: "0.88", value: 9, fractional: ExactFraction(59, over: 6), whole: ExactFraction(19, over: 2),
            interpolated: ExactFraction(93, over: 10)),
    ])
    func `the conventions differ as by hand`(row: Row) throws {
        let losses: [Int64] = [3, 10, 1, 7, 9, 2, 8, 5, 4, 6]
        let measured = LossTail(losses, tail: try tail(row.confidence))
        #expect(measured.valueAtRisk == row.value)
        #expect(measured.average(.fractional).of(losses) == row.fractional)
        #expect(measured.average(.interpolated).of(losses) == row.fractional)
        #expect(measured.average(.whole).of(losses) == row.whole)
        #expect(measured.interpolatedValueAtRisk == row.interpolated)
    }

    @Test func `only the interpolated value at risk is floored at nothing`() throws {
        let gains: [Int64] = [-5, -3, -9]
        let measured = LossTail(gains, tail: try tail("0.9"))
        #expect(measured.valueAtRisk == -3)
        #expect(measured.interpolatedValueAtRisk == .zero)
        #expect(measured.average(.fractional).of(gains) == whole(-3))
    }

    @Test func `equal losses keep the order of their scenarios, also for components`() throws {
        let losses: [Int64] = [4, 9, 9, 9, 1]
        // m = 1.5: scenario 2 whole, scenario 3 by half.
        let measured = LossTail(losses, tail: try tail("0.7"))
        #expect(measured.order == [1, 2, 3, 0, 4])
        let part: [Int64] = [0, 6, 3, 100, 0]
        #expect(measured.average(.fractional).of(part) == ExactFraction(5, over: 1))
    }

    @Test func `weights are added up in the order of the losses until the tail is full`() throws {
        // Weights of 4 in all, tail 1: the worst has 0.75, a quarter comes from the next.
        let losses: [Int64] = [10, 30, 20]
        let weights = [exact("2"), exact("0.75"), exact("1.25")]
        let measured = LossTail(losses, tail: try tail("0.75"), weights: weights)
        #expect(measured.valueAtRisk == 20)
        #expect(measured.average(.fractional).of(losses) == ExactFraction(55, over: 2))
        // (30 · 0.75 + 20 · 1.25)/2
        #expect(measured.average(.whole).of(losses) == ExactFraction(95, over: 4))
    }

    @Test func `equal weights are no weights`() throws {
        let losses: [Int64] = [3, 10, 1, 7, 9, 2, 8, 5, 4, 6, 7]
        let third = exact("0.3")
        for confidence in ["0.5", "0.75", "0.9", "0.99"] {
            let plain = LossTail(losses, tail: try tail(confidence))
            let weighted = LossTail(losses, tail: try tail(confidence), weights: losses.map { _ in third })
            #expect(plain.valueAtRisk == weighted.valueAtRisk)
            #expect(plain.interpolatedValueAtRisk == weighted.interpolatedValueAtRisk)
            for convention in TailConvention.allCases {
                #expect(plain.average(convention).of(losses) == weighted.average(convention).of(losses))
            }
        }
    }

    @Test(arguments: ["0", "1", "1.2", "-0.1"])
    func `a confidence outside 0 to 1 is none`(confidence: String) throws {
        #expect(TailShare(confidence: exact(confidence)) == nil)
    }

    /// A short tail of many scenarios is found without a sort; ties keep their order.
    @Test func `the worst scenarios are the first of all sorted`() throws {
        var generator = SeededGenerator(seed: 20_250_621)
        for _ in 0..<200 {
            let losses = (0..<(200 + generator.whole(0...800))).map { _ in Int64(generator.whole(0...50)) - 25 }
            let sorted = losses.indices.sorted { (losses[$1], $0) < (losses[$0], $1) }
            for confidence in ["0.99", "0.975", "0.999", "0.5"] {
                let measured = LossTail(losses, tail: try tail(confidence))
                #expect(measured.order.elementsEqual(sorted.prefix(measured.order.count)))
                #expect(measured.order.count < losses.count || confidence == "0.5")
            }
        }
    }

    /// Shortfall no less than value at risk; scaling; components; the order in which positions come.
    @Test func `shortfalls keep their relations for random vectors`() throws {
        var generator = SeededGenerator(seed: 20_250_620)
        for _ in 0..<300 {
            let count = 1 + generator.whole(0...79)
            let parts = (0..<3).map { _ in (0..<count).map { _ in Int64(generator.whole(0...400)) - 200 } }
            let losses = (0..<count).map { index in parts.reduce(0) { $0 + $1[index] } }
            let confidence = ExactDecimal(mantissa: Int128(1 + generator.whole(0...998)), scale: 3)
            let share = try #require(TailShare(confidence: confidence))
            let measured = LossTail(losses, tail: share)
            for convention in TailConvention.allCases {
                let average = measured.average(convention)
                let shortfall = average.of(losses)
                #expect(shortfall >= whole(measured.valueAtRisk))
                #expect(parts.map { average.of($0) }.reduce(.zero, +) == shortfall)
                let tripled = losses.map { $0 * 3 }
                #expect(LossTail(tripled, tail: share).average(convention).of(tripled) == shortfall * whole(3))
                #expect(average.of(quantity: -2) { losses[$0] } == shortfall * whole(-2))
            }
        }
    }
}
