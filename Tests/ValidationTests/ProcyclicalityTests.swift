import ClearingModel
import Glibc
import Testing
import Validation

/// Peak-to-trough, rises, cost and responsiveness of docs/methodology.md §12.5, by hand.
struct ProcyclicalityTests {
    private func figures(_ margins: [Int64], benchmark: [Int64]? = nil, days: [Int] = [1, 2]) throws -> Procyclicality {
        try #require(try Procyclicality(margins, benchmark: benchmark, days: days, of: "W"))
    }

    @Test func `the largest rise is the first of equals, the earlier day before the shorter one`() throws {
        let found = try figures([100, 80, 120, 60, 90])
        #expect(found.peakToTrough == 2)
        #expect(found.rises[0] == .init(days: 1, rise: 0.5, start: 2, length: 1))
        // 80 to 120 and 60 to 90 are one half each; over two days nothing is more.
        #expect(found.rises[1] == .init(days: 2, rise: 0.5, start: 2, length: 1))
        #expect(found.mean == 90)
        #expect(found.cost == nil && found.responsiveness == nil)
    }

    @Test func `over more days a rise may take longer`() throws {
        let found = try figures([100, 110, 130, 90])
        #expect(found.rises[1].start == 1 && found.rises[1].length == 2)
        #expect(abs(found.rises[1].rise - 0.3) < 1e-15)
    }

    @Test func `what only falls has no rise and nowhere that it began`() throws {
        for rise in try figures([9, 9, 5]).rises { #expect(rise.rise == 0 && rise.start == nil && rise.length == nil) }
        #expect(try figures([9]).peakToTrough == 1)
    }

    @Test func `cost is of means`() throws {
        #expect(try figures([30, 60], benchmark: [40, 20]).cost == 0.5)
    }

    @Test func `a margin that is not positive is refused, in the benchmark too`() throws {
        #expect(try Procyclicality([], of: "W") == nil)
        let refused: [([Int64], [Int64]?, String)] = [([5, 0, 7], nil, "W 2"), ([5], [-1], "W benchmark 1")]
        for (margins, benchmark, item) in refused {
            let refusal = try #require(throws: ValidationRefusal.self) {
                try Procyclicality(margins, benchmark: benchmark, of: "W")
            }
            #expect(refusal.rule == .marginNotPositive && refusal.item == item)
        }
    }

    /// Realised volatility doubles where one-day returns do; the margin rises by half.
    @Test func `responsiveness is of the first day of the largest ratio`() throws {
        let returns = [1.0, -1, 1, -1, 2, -2, 2, 2]
        let volatilities = realisedVolatilities(returns, window: 2)
        #expect(volatilities == [nil, 1, 1, 1, 2.5.squareRoot(), 2, 2, 2])
        let found = try #require(
            try Procyclicality([8, 8, 8, 8, 8, 12, 12, 12], volatilities: volatilities, window: 2, of: "W"))
        let answer = try #require(found.responsiveness)
        #expect(answer.day == 5 && answer.volatilityRatio == 2 && answer.marginRatio == 1.5)
        #expect(abs(answer.elasticity - log(1.5) / log(2)) < 1e-15)
    }

    @Test func `where volatility never rises, was none before, or has no margin, there is no responsiveness`() throws {
        func answer(_ returns: [Double], _ margins: [Int64]) throws -> Procyclicality.Responsiveness? {
            try Procyclicality(
                margins, volatilities: realisedVolatilities(returns, window: 2), window: 2, of: "W")?.responsiveness
        }
        #expect(try answer([2, 2, 1, 1], [5, 5, 5, 5]) == nil)
        #expect(try answer([0, 0, 1, 1], [5, 5, 5, 5]) == nil)
        #expect(try answer([1, 1, 1, 1, 1], [5, 5, 5, 5, 5]) == nil)
        #expect(try answer([1, 1, 2, 2], [5, 5]) == nil)
        #expect(try answer([1, 1, 2, 2], [5, 5, 5, 5])?.marginRatio == 1)
    }
}
