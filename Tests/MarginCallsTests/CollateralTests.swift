import ClearingModel
import MarginCalls
import Parameters
import Quantities
import Testing

struct CollateralTests {
    private func item(
        _ code: String, _ quantity: String, price: String = "1", haircut: String = "0", in money: String = "USD",
        issuer: String = "X", group: String? = nil, of kind: String = "government", isEligible: Bool = true,
        hasMatured: Bool = false
    ) throws -> CollateralItem {
        CollateralItem(
            item: CollateralItemCode(code), currency: try MarginCallsTests.code(money), quantity: try exact(quantity),
            price: try exact(price), haircut: try exact(haircut), issuer: IssuerCode(issuer),
            issuerGroup: group.map { CompanyGroupCode($0) }, collateralClass: CollateralClassCode(kind),
            isEligible: isEligible, hasMatured: hasMatured)
    }

    private func valued(
        _ items: [CollateralItem], issuerShare: String? = nil, classShares: [String: String] = [:]
    ) throws -> [String] {
        var shares: [CollateralClassCode: ExactDecimal] = [:]
        for (name, share) in classShares { shares[CollateralClassCode(name)] = try exact(share) }
        let limits = CollateralLimits(issuerShare: try issuerShare.map(exact), classShares: shares)
        let own = CompanyGroupCode("G1")
        return try valuedCollateral(items, memberGroup: own, limits: limits, rates: try dollarRates())
            .map { "\($0.item.item) \($0.acceptedValue.amount.text(decimals: 2)) \($0.excluded.rawValue)" }
    }

    @Test func `the FX haircut is taken only where the currency differs and a line is rounded once`() throws {
        #expect(try valued([item("a", "20000", in: "EUR")]) == ["a 22008.93 "])
        #expect(try valued([item("a", "20000")]) == ["a 20000.00 "])
        // 700 · 61.355 · 0.75 = 32211.375, and 0.01 · 0.5 = 0.005: ties go away from zero.
        #expect(try valued([item("a", "700", price: "61.355", haircut: "0.25")]) == ["a 32211.38 "])
        #expect(try valued([item("a", "0.01", price: "0.5")]) == ["a 0.01 "])
        // Five factors of many decimals.
        #expect(
            try valued([item("a", "123456789.01", price: "1.012345678901", haircut: "0.0351", in: "EUR")])
                == ["a 132707372.49 "])
    }

    @Test func `what is not eligible or of the own group counts nothing, not even for the limits`() throws {
        let items = [
            try item("a", "100", issuer: "OTHER", group: "G2"), try item("b", "100", group: "G1"),
            try item("c", "900", isEligible: false), try item("d", "900", group: "G1", isEligible: false),
        ]
        #expect(
            try valued(items, issuerShare: "0.5")
                == ["a 50.00 issuer_limit", "b 0.00 own_group", "c 0.00 not_eligible", "d 0.00 not_eligible"])
    }

    @Test func `what has matured counts nothing, whatever else it is`() throws {
        let items = [
            try item("a", "100", issuer: "OTHER"),
            try item("b", "300", group: "G1", isEligible: false, hasMatured: true),
        ]
        #expect(try valued(items, issuerShare: "0.5") == ["a 50.00 issuer_limit", "b 0.00 matured"])
    }

    @Test func `an issuer exactly at its limit loses nothing and one cent more loses the cent`() throws {
        let cash = try item("z", "800", issuer: "CASH", of: "cash")
        #expect(try valued([item("a", "200"), cash], issuerShare: "0.2") == ["a 200.00 ", "z 800.00 "])
        let over = try valued([item("a", "200.01"), cash], issuerShare: "0.2")
        #expect(over == ["a 200.00 issuer_limit", "z 800.00 "])
    }

    @Test func `excess comes off the last items of an issuer by code`() throws {
        let items = [
            try item("c", "100"), try item("a", "300"), try item("b", "100"), try item("y", "500", issuer: "Y"),
        ]
        #expect(
            try valued(items, issuerShare: "0.35")
                == ["a 300.00 ", "b 50.00 issuer_limit", "c 0.00 issuer_limit", "y 350.00 issuer_limit"])
    }

    @Test func `class limits come after issuer limits and share the same total`() throws {
        let items = [
            try item("a", "600", issuer: "A", of: "equity"), try item("b", "400", issuer: "B", of: "equity"),
            try item("z", "1000", issuer: "CASH", of: "cash"),
        ]
        // Total 2000. Issuer 25 %: a 500, b 400. Class 40 %: 800, so 100 more off b.
        #expect(
            try valued(items, issuerShare: "0.25", classShares: ["equity": "0.4"])
                == ["a 500.00 issuer_limit", "b 300.00 class_limits", "z 1000.00 "])
        #expect(try valued([items[2]], issuerShare: "0", classShares: ["cash": "0.5"]) == ["z 500.00 class_limits"])
    }

    @Test func `missing rates, repeated items and values out of range are refused by name`() throws {
        #expect(throws: MarginCallsError.conversion(.noRate(from: try code("JPY"), to: try code("USD")))) {
            try valued([item("a", "1", in: "JPY")])
        }
        #expect(throws: MarginCallsError.repeatedItem(CollateralItemCode("a"))) {
            try valued([item("a", "1"), item("a", "2")])
        }
        #expect(throws: MarginCallsError.collateralOutOfRange(CollateralItemCode("a"))) {
            try valued([item("a", "999999999999999", price: "999999")])
        }
    }
}
