import ClearingModel
import Margining
import Quantities
import Testing

/// Published worked examples of scanning and spreads.
struct WorkedExampleTests {
    /// McMillan, Options as a Strategic Investment: S&P 500 futures, scan range 20 points · 500. Printed as gains.
    @Test func `one long S&P future needs 10,000 and one long December 410 call 3,990`() throws {
        let future: [Int64] = [
            0, 0, 3330, 3330, -3330, -3330, 6670, 6670, -6670, -6670, 10_000, 10_000, -10_000, -10_000, 7000, -7000,
        ]
        let call: [Int64] = [
            460, -610, 2640, 1730, -1270, -2340, 5210, 4540, -2540, -3430, 8060, 7640, -3380, -3990, 3130, -1500,
        ]
        var book = try SmallBook()
        book.commodity("SP")
        book.option("FUT", of: "SP", "2026-12", .call, style: .futures, array: future.map { -$0 }, delta: "1")
        book.option("C410", of: "SP", "2026-12", .call, style: .futures, array: call.map { -$0 }, delta: "0.5")
        for (series, scan, active) in [("FUT", "10000", 13), ("C410", "3990", 14)] {
            let risk = try book.requirement([(0, series, 1, 0)], terms: SmallBook.terms()).commodity()
            #expect((risk.scan, risk.scanning.activeScenario) == (dollars(scan), active))
        }
    }

    /// CME Group, SPAN inter-commodity spread credit: 2 corn at 1,750 against 1 soybean at 2,500, ratio 2:1, 55 %.
    @Test func `two corn against one soybean need 2,700`() throws {
        var book = try SmallBook()
        book.commodity("CORN")
        book.commodity("SOY")
        book.future("C", of: "CORN", "2026-12", risk: "1750")
        book.future("S", of: "SOY", "2026-11", risk: "2500")
        book.interSpread("CS", rate: "0.55", ("CORN", "2", .a), ("SOY", "1", .b))
        let spread = try book.requirement(["C": 2, "S": -1])
        #expect(spread.owners[0].combinedCommodities.map(\.appliedCredit) == [dollars("1925"), dollars("1375")])
        #expect(spread.requirement == dollars("2700"))
        #expect(try book.requirement(["C": 2, "S": 1]).requirement == dollars("6000"))
    }
}
