import ClearingModel
import Margining
import Quantities
import Testing

/// Limits of docs/methodology.md §5, computed by hand.
struct ScanningTests {
    private func scanned(_ array: [Int64], delta: String = "0", method: WeightedPriceRiskMethod = .capped) throws
        -> CombinedCommodityRisk
    {
        var book = try SmallBook()
        book.commodity("X", method: method)
        book.option("O", of: "X", "2026-01", .call, array: array, delta: delta)
        return try book.requirement(["O": 1]).commodity()
    }

    /// Quantities and array values whose products are small, 2⁵² and beyond 2⁵³.
    static let largeFigures: [(Int64, Int64)] = [
        (1, 3), (8_589_934_592, 524_288), (17_179_869_183, 524_289), (17_179_869_185, 1_048_573),
    ]

    /// Sums on either side of 2⁵³, up to which they are made in doubles.
    @Test(arguments: largeFigures)
    func `portfolio arrays are exact, however large`(quantity: Int64, value: Int64) throws {
        var book = try SmallBook()
        book.commodity("X")
        let array = (0..<16).map { $0 % 2 == 0 ? value + Int64($0) : -value - Int64($0) }
        let other = (0..<16).map { Int64($0) * 7 - 50 }
        book.option("O", of: "X", "2026-01", .call, style: .futures, array: array, delta: "0")
        book.option("P", of: "X", "2026-01", .put, style: .futures, array: other, delta: "0")
        let risk = try book.requirement(["O": quantity, "P": -3]).commodity()
        #expect(risk.array == zip(array, other).map { $0 * quantity - 3 * $1 })
    }

    @Test func `equal losses make the lowest scenario active`() throws {
        var array = [Int64](repeating: 0, count: 16)
        for scenario in [6, 10, 14] { array[scenario - 1] = 700 }
        #expect(try scanned(array).scanning.activeScenario == 6)
        #expect(try scanned([Int64](repeating: 0, count: 16)).scanning.activeScenario == 1)
    }

    @Test func `volatility is half the distance to the pair of the active scenario`() throws {
        var array = [Int64](repeating: 0, count: 16)
        (array[0], array[1], array[10], array[11]) = (30, -9, 400, 101)
        let risk = try scanned(array).scanning
        #expect(risk.scan == exact("400"))
        #expect(risk.time == exact("10.5"))
        #expect(risk.volatility == exact("149.5"))
        #expect(risk.price == exact("240"))
    }

    @Test(arguments: [15, 16])
    func `volatility is 0 where an extreme move is active`(scenario: Int) throws {
        var array = [Int64](repeating: 0, count: 16)
        (array[0], array[1], array[scenario - 1]) = (30, -10, 400)
        let risk = try scanned(array).scanning
        #expect(risk.activeScenario == scenario)
        #expect(risk.volatility == .zero)
        #expect(risk.price == exact("390"))
    }

    @Test(arguments: [11, 15])
    func `a portfolio that gains everywhere has scan 0 and volatility from scenarios 1 and 2`(active: Int) throws {
        var array = [Int64](repeating: -500, count: 16)
        (array[0], array[1], array[active - 1]) = (-100, -40, -10)
        let risk = try scanned(array).scanning
        #expect(risk.activeScenario == active)
        #expect(risk.scan == .zero)
        #expect(risk.time == exact("-70"))
        #expect(risk.volatility == exact("-30"))
        #expect(risk.price == exact("100"))
    }

    @Test func `price risk is never negative`() throws {
        var array = [Int64](repeating: 0, count: 16)
        (array[0], array[1]) = (300, 300)
        let risk = try scanned(array).scanning
        #expect((risk.scan, risk.time, risk.volatility, risk.price) == (exact("300"), exact("300"), .zero, .zero))
    }

    @Test(
        "weighted price risk at net delta 0 and away from it",
        arguments: [
            // Price risk 100, scan range 1 for the option's own month.
            (WeightedPriceRiskMethod.capped, "0", nil, "1"), (.normal, "0", nil, "0"), (.scanRange, "0", nil, "1"),
            (.capped, "0.3", "333.33", "1"), (.normal, "0.3", "333.33", "333.33"), (.scanRange, "0.3", "333.33", "1"),
            (.normal, "-0.3", "333.33", "333.33"),
        ] as [(WeightedPriceRiskMethod, String, String?, String)])
    func weightedPriceRisk(method: WeightedPriceRiskMethod, delta: String, normal: String?, chosen: String) throws {
        var array = [Int64](repeating: 0, count: 16)
        (array[10], array[11]) = (100, 100)
        let risk = try scanned(array, delta: delta, method: method)
        #expect(risk.weightedPriceRiskNormal == normal.map(exact))
        #expect(risk.weightedPriceRisk == exact(chosen))
    }

    @Test func `the nearest listed month's future gives the scan range, held or not, divided by its scaling factor`()
        throws
    {
        var book = try SmallBook()
        book.commodity("X")
        book.future("A", of: "X", "2026-03", risk: "900")
        book.future("B", of: "X", "2026-01", risk: "100.01", scaling: "0.3")
        #expect(try book.requirement(["A": 1]).commodity().weightedPriceRisk == exact("333.36"))
    }

    @Test func `month deltas are rounded once a month, half away from zero`() throws {
        var book = try SmallBook()
        book.commodity("X")
        let array = [Int64](repeating: 0, count: 16)
        book.option("O", of: "X", "2026-01", .call, array: array, delta: "0.0001", scaling: "0.25")
        book.option("P", of: "X", "2026-01", .put, array: array, delta: "0.0003", scaling: "0.1")
        // 2 · 0.000025 = 0.00005 -> 0.0001; with 1 · 0.00003 more 0.00008 -> 0.0001, not 0.0001 + 0.0000.
        #expect(try book.requirement(["O": 2]).commodity().netDelta == Delta(units: 1))
        #expect(try book.requirement(["O": -2]).commodity().netDelta == Delta(units: -1))
        #expect(try book.requirement(["O": 2, "P": 3]).commodity().netDelta == Delta(units: 1))
    }

    @Test func `positions in any order, split or whole, give one requirement`() throws {
        var book = try SmallBook()
        book.commodity("X")
        book.commodity("Y")
        book.future("A", of: "X", "2026-01", risk: "900")
        book.future("B", of: "Y", "2026-01", risk: "1000")
        let whole = try book.requirement(["A": 3, "B": -2])
        #expect(try book.requirement(["B": -2, "A": 1, "A": 2]) == whole)
        #expect(try book.requirement([(0, "B", 1, 3), (0, "A", 5, 2)], terms: SmallBook.terms()) == whole)
        #expect(try book.requirement([(0, "B", 1, 1)], terms: SmallBook.terms()).owners[0].combinedCommodities == [])
    }

    @Test func `what a position needs and the run does not have is named`() throws {
        var book = try SmallBook()
        book.commodity("X")
        let array = [Int64](repeating: 1, count: 16)
        book.option("O", of: "X", "2026-01", .call, array: array, delta: "0", price: nil)
        #expect(throws: MarginingError.noSettlementPrice(SeriesCode("O"))) { try book.requirement(["O": 1]) }
        book.option("H", of: "X", "2026-01", .call, array: [1 << 61] + array.dropFirst(), delta: "0")
        #expect(throws: MarginingError.figuresTooLarge(CombinedCommodityCode("X"))) { try book.requirement(["H": 2]) }
        book.published.removeAll()
        #expect(throws: MarginingError.noRiskArray(SeriesCode("H"))) { try book.requirement(["H": -1]) }
    }
}
