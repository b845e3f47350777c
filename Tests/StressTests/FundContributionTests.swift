import Quantities
import Stress
import TestSupport
import Testing

private func exact(_ text: String) throws -> ExactDecimal { try #require(ExactDecimal(text)) }

/// A proposed guaranty fund and its contributions.
struct FundContributionTests {
    private func shares(_ total: Int64, _ weights: [Int64], minimum: Int64 = 0) -> [Int64]? {
        fundContributions(total, weights: weights, minimum: minimum)?.map(\.amount)
    }

    @Test func `contributions follow the weights, by largest remainder`() {
        #expect(shares(100, [1, 1, 1]) == [34, 33, 33])
        #expect(shares(100, [0, 3, 1]) == [0, 75, 25])
        #expect(shares(10, [0, 0]) == [5, 5])
        #expect(shares(0, [7, 9]) == [0, 0])
        #expect(shares(10, []) == nil)
    }

    @Test func `a minimum that one member's pays for makes others come below it too`() {
        // By weight 800, 120, 80. Where the third pays 100 the second pays 900 · 12/92 = 117.4; where it pays 118 the
        // second's 882 · 12/92 = 115.04 is below the minimum as well.
        #expect(shares(1_000, [80, 12, 8], minimum: 100) == [783, 117, 100])
        let raised = fundContributions(1_000, weights: [80, 12, 8], minimum: 118)
        #expect(raised?.map(\.amount) == [764, 118, 118])
        #expect(raised?.map(\.isMinimum) == [false, true, true])
        #expect(shares(1_000, [0, 0], minimum: 500) == [500, 500])
        #expect(shares(1_000, [5, 1], minimum: 501) == nil)
    }

    @Test func `contributions add up and none is below the minimum`() {
        var random = SeededGenerator(seed: 84)
        for _ in 0..<2_000 {
            let weights = (0..<random.whole(1...9)).map { _ in Int64(random.whole(0...40)) }
            let minimum = Int64(random.whole(0...30))
            let total = minimum * Int64(weights.count) + Int64(random.whole(0...500))
            let shares = shares(total, weights, minimum: minimum) ?? []
            #expect(shares.count == weights.count && shares.reduce(0, +) == total, "\(weights) \(minimum) \(total)")
            #expect(shares.allSatisfy { $0 >= minimum }, "\(weights) \(minimum) \(total): \(shares)")
        }
    }

    @Test(arguments: [
        ("646066.33", "0.10", "0", "710673"), ("100", "0.10", "0", "110"), ("100", "0", "100.01", "101"),
        ("0", "0.5", "0", "0"), ("0.001", "0", "0", "1"),
    ])
    func `the size is rounded up to a whole unit`(need: String, buffer: String, floor: String, size: String) throws {
        #expect(
            fundSize(largestNeed: try exact(need), buffer: try exact(buffer), floor: try exact(floor))
                == (try exact(size)))
    }
}
