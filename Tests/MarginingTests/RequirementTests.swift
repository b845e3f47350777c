import ClearingModel
import Margining
import Quantities
import Testing

/// Limits of docs/methodology.md §6.5–6.10, computed by hand.
struct RequirementTests {
    private let zeros = [Int64](repeating: 0, count: 16)

    private func array(_ losses: [Int: Int64]) -> [Int64] {
        (1...16).map { losses[$0] ?? 0 }
    }

    @Test(
        "the short option minimum counts contracts and binds where it is the larger",
        arguments: [
            (ShortOptionMinimumMethod.gross, Int64(-3), Int64(-5), "80"), (.max, -3, -5, "50"), (.max, -6, -5, "60"),
            (.gross, 3, -5, "50"), (.gross, 3, 5, "0"),
        ])
    func shortOptionMinimum(method: ShortOptionMinimumMethod, calls: Int64, puts: Int64, risk: String) throws {
        var book = try SmallBook()
        book.commodity("X", minimum: method, minimumRate: "10")
        book.option("C", of: "X", "2026-01", .call, array: zeros, delta: "0", scaling: "0.1")
        book.option("P", of: "X", "2026-01", .put, style: .futures, array: zeros, delta: "0")
        #expect(try book.requirement(["C": calls, "P": puts]).commodity().risk == dollars(risk))
    }

    @Test func `a portfolio of long premium-style options needs nothing, whatever the arrays say`() throws {
        var book = try SmallBook()
        book.commodity("X")
        book.option("C", of: "X", "2026-01", .call, array: array([13: 900]), delta: "0", price: "100")
        book.option("D", of: "X", "2026-01", .call, style: .futures, array: array([13: 900]), delta: "0")
        let long = try book.requirement(["C": 2])
        #expect(long.requirement == dollars("0"))
        #expect(long.owners[0].currencies[0].initialRisk == dollars("1800"))
        #expect(try book.requirement(["C": 2], terms: SmallBook.terms(capped: true)).requirement == dollars("0"))
        #expect(
            try book.requirement([(0, "C", 2, 0)], terms: SmallBook.terms(.grossOmnibus)).requirement == dollars("0"))
        // A futures-style option, or a short, ends it: 1800 + 900 - 200.
        #expect(try book.requirement(["C": 2, "D": 1]).requirement == dollars("2500"))
    }

    @Test
    func `capped net option value is used up within its combined commodity; the risk is scaled, the value never`()
        throws
    {
        var book = try SmallBook()
        for code in ["X", "Y"] {
            book.commodity(code)
            book.future(code + "F", of: code, "2026-01", risk: "1000")
        }
        book.option("C", of: "X", "2026-01", .call, array: zeros, delta: "0", price: "1300")
        // X: 1000 · 1.2 - 1300 < 0; Y: 1200.
        #expect(
            try book.requirement(["XF": 1, "YF": 1, "C": 1], terms: SmallBook.terms(ratio: "1.2")).requirement
                == dollars("1100"))
        #expect(
            try book.requirement(["XF": 1, "YF": 1, "C": 1], terms: SmallBook.terms(ratio: "1.2", capped: true))
                .requirement
                == dollars("1200"))
        // A short option's value adds.
        #expect(try book.requirement(["XF": 1, "C": -1]).requirement == dollars("2300"))
    }

    /// Two products of 500 with a credit of 40 % on each.
    private func offset() throws -> SmallBook {
        var book = try SmallBook()
        for code in ["X", "Y"] {
            book.commodity(code)
            book.future(code + "F", of: code, "2026-01", risk: "500")
        }
        book.interSpread("I", rate: "0.4", ("X", "1", .a), ("Y", "1", .b))
        return book
    }

    @Test func `an offset cap of 80 % on 1000 stand-alone and 600 together gives 680`() throws {
        let book = try offset()
        #expect(try book.requirement(["XF": 1, "YF": -1]).requirement == dollars("600"))
        let capped = try book.requirement(["XF": 1, "YF": -1], terms: SmallBook.terms(offsetCap: "0.8"))
        #expect(capped.owners[0].currencies[0].offsetAddBack == dollars("80"))
        #expect(capped.requirement == dollars("680"))
        // The add-back stands after the floors of capped net option value, before an uncapped one.
        var withOption = book
        withOption.option("C", of: "X", "2026-01", .call, array: zeros, delta: "0", price: "700")
        for (isCapped, requirement) in [(true, "380"), (false, "0")] {
            let terms = SmallBook.terms(capped: isCapped, offsetCap: "0.8")
            #expect(
                try withOption.requirement(["XF": 1, "YF": -1, "C": 1], terms: terms).requirement
                    == dollars(requirement))
        }
    }

    @Test func `stand-alone risk leaves the calendar what the super spread would have taken`() throws {
        var book = try offset()
        book.future("XG", of: "X", "2026-02", risk: "500")
        book.tier("N", of: "X", "2026-01")
        book.tier("F", of: "X", "2026-02")
        book.intraSpread("CAL", of: "X", charge: .flat(exact("50")), ("N", "1", .a), ("F", "1", .b))
        book.interSpread("S", isSuper: true, rate: "0.4", ("X/N", "1", .a), ("Y", "1", .b))
        // Net X 1: scan 500. Super takes 1 of 2 near against Y; the calendar forms 1 of 1; alone it also forms 1.
        let risk = try book.requirement(["XF": 2, "XG": -1, "YF": -1]).commodity()
        #expect((risk.intraCharge, risk.standaloneInitialRisk) == (dollars("50"), dollars("550")))
        // Super takes 2 of 2 near: no calendar now, 1 of it alone.
        let two = try book.requirement(["XF": 2, "XG": -1, "YF": -2]).commodity()
        #expect((two.intraCharge, two.standaloneInitialRisk) == (dollars("0"), dollars("550")))
    }

    @Test func `owners of a segregated account share nothing`() throws {
        let book = try offset()
        let terms = SmallBook.terms(.segregated, owners: [OwnerCode("O1"), OwnerCode("O2")])
        let apart = try book.requirement([(0, "XF", 1, 0), (1, "YF", 0, 1)], terms: terms)
        #expect(apart.requirement == dollars("1000"))
        #expect(apart.owners.map(\.owner) == [0, 1])
    }

    @Test func `a gross omnibus account margins every long and every short for itself`() throws {
        var book = try SmallBook()
        book.commodity("X", minimumRate: "10")
        book.future("F", of: "X", "2026-01", risk: "1000")
        book.option("C", of: "X", "2026-01", .call, array: array([13: 300, 11: -400]), delta: "0.5", price: "200")
        book.option("P", of: "X", "2026-01", .put, array: array([11: 50, 13: -70]), delta: "-0.4", price: "60")
        book.rows.deliveryCharges.append(
            DeliveryCharge(
                combinedCommodity: CombinedCommodityCode("X"), contractMonth: month("2026-01"),
                outrightRate: exact("10"),
                spreadRate: exact("1"), appliesTo: .long))
        let result = try book.requirement(
            [(0, "F", 3, 2), (0, "C", 4, 1), (0, "P", 5, 6)], terms: SmallBook.terms(.grossOmnibus))
        let risk = result.commodity()
        // 3000 + 2000, 1200 + 400, 250 + 420; long values 800 and 250 of 300, less short 200 and 360.
        #expect(risk.scan == dollars("7270"))
        #expect(risk.netOptionValue == dollars("490"))
        // Long deltas: 3 + 4 · 0.5 + 6 · 0.4 = 7.4.
        #expect(risk.deliveryCharge == dollars("74"))
        #expect(risk.shortOptionMinimum == dollars("70"))
        #expect(result.requirement == dollars("6854"))
        #expect(risk.netDelta.description == "2.9")
    }

    @Test func `one currency's excess never offsets another's and a conversion is raised by its haircut`() throws {
        var book = try SmallBook()
        let euro = try currencyCode("EUR")
        book.rows.currencies.append(Currency(code: euro, decimals: 2))
        book.commodity("X")
        book.commodity("Y")
        book.rows.combinedCommodities[1] = CombinedCommodity(
            code: CombinedCommodityCode("Y"), name: "Y", currency: euro)
        book.future("XF", of: "X", "2026-01", risk: "1000")
        book.option("C", of: "X", "2026-01", .call, array: zeros, delta: "0", price: "5000")
        book.future("YF", of: "Y", "2026-01", risk: "1000.33")
        #expect(throws: MarginingError.noConversion(from: euro, to: SmallBook.dollar.code)) {
            try book.requirement(["YF": 1])
        }
        book.rows.conversions.append(
            CurrencyConversion(from: euro, to: SmallBook.dollar.code, rate: exact("1.15"), haircut: exact("0.05")))
        let result = try book.requirement(["XF": 1, "C": 1, "YF": 1])
        // 1000 · 1.15 · 1.05
        #expect(result.currencies.map(\.converted) == [dollars("1207.50"), dollars("0")])
        #expect(result.requirement == dollars("1207.5"))
    }
}
