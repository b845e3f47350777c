import ClearingModel
import Margining
import Quantities
import Testing

/// Requirements by margin parameters that an exchange has used: single figures of the Reserve Bank of Australia's
/// 2011/12 Assessment of Clearing and Settlement Facilities in Australia, tables A1 to A3 (source: ASX).
struct QuotedParameterTests {
    /// Table A1: scan range and short option minimum of the 90-day bill, the three-year and the ten-year bond. Table
    /// A2: a bill of the first quarter against one of the second costs 160, of the second against the third 105. Table
    /// A3: a ten-year bond offsets three three-year ones by 90 % first, four bills by 75 % third; a three-year bond a
    /// bill by 75 % fifth.
    private func book() throws -> SmallBook {
        var book = try SmallBook()
        for (code, scan, minimum) in [("IR", "730", "24"), ("YT", "960", "15"), ("XT", "2865", "40")] {
            book.commodity(code, method: .normal, minimumRate: minimum)
            for (number, month) in ["2012-03", "2012-06", "2012-09"].enumerated() {
                book.future("\(code)\(number + 1)", of: code, month, risk: scan)
            }
        }
        book.tier("1", of: "IR", "2012-03")
        book.tier("2", of: "IR", "2012-06")
        book.tier("3", of: "IR", "2012-09")
        book.intraSpread("2-1", of: "IR", priority: 1, charge: .flat(exact("160")), ("2", "1", .a), ("1", "1", .b))
        book.intraSpread("3-2", of: "IR", priority: 2, charge: .flat(exact("105")), ("3", "1", .a), ("2", "1", .b))
        book.interSpread("XT-YT", priority: 1, rate: "0.9", ("XT", "1", .a), ("YT", "3", .b))
        book.interSpread("XT-IR", priority: 3, rate: "0.75", ("XT", "1", .a), ("IR", "4", .b))
        book.interSpread("YT-IR", priority: 5, rate: "0.75", ("YT", "1", .a), ("IR", "1", .b))
        return book
    }

    @Test func `one bill against one of another quarter costs the charge between their tiers`() throws {
        let book = try book()
        for (positions, requirement) in [
            (["IR1": 1, "IR2": -1], "160"), (["IR1": -1, "IR2": 1], "160"), (["IR2": 1, "IR3": -1], "105"),
            // No charge joins the first and the third quarter here.
            (["IR1": 1, "IR3": -1], "0"), (["IR1": 2, "IR2": -1], "890"),
        ] as [(KeyValuePairs<String, Int64>, String)] {
            #expect(try book.requirement(positions).requirement == dollars(requirement), "\(positions)")
        }
    }

    @Test func `a ten-year bond against three three-year bonds keeps a tenth of both`() throws {
        // 2,865 and 3 × 960, less 90 % each: 286.50 + 288.
        #expect(try book().requirement(["XT1": 1, "YT1": -3]).requirement == dollars("574.50"))
        // The same side: nothing offsets.
        #expect(try book().requirement(["XT1": 1, "YT1": 3]).requirement == dollars("5745"))
    }

    @Test func `a ten-year bond offsets three-year bonds before bills, by the published priorities`() throws {
        // The bond takes the three-years; the bills are left alone: 286.50 + 288 + 4 × 730.
        #expect(try book().requirement(["XT1": 1, "YT1": -3, "IR1": -4]).requirement == dollars("3494.50"))
        // Without three-years it takes four bills at 75 %: 2,865 / 4 + 2,920 / 4.
        #expect(try book().requirement(["XT1": 1, "IR1": -4]).requirement == dollars("1446.25"))
        // A three-year bond and a bill: (960 + 730) / 4.
        #expect(try book().requirement(["YT1": 1, "IR1": -1]).requirement == dollars("422.50"))
    }
}
