import ClearingModel
import MarginCalls
import Parameters
import Quantities
import Testing

/// One account's call from a date's values: variation margin, collateral, what is owed, rule and due date
/// (methodology §11).
struct CallInputsTests {
    private func holding(
        _ item: String, _ quantity: String, in money: String = "USD", group: String? = nil, haircut: String = "0"
    ) throws -> CollateralHolding {
        CollateralHolding(
            asset: "ASSET-\(item)",
            item: CollateralItem(
                item: CollateralItemCode(item), currency: try code(money), quantity: try exact(quantity),
                price: .one, haircut: try exact(haircut), issuer: IssuerCode("X"),
                issuerGroup: group.map { CompanyGroupCode($0) }, collateralClass: CollateralClassCode("government"),
                isEligible: true))
    }

    /// Five long lose 2 · 10 each, three bought at 99 lose 10 each: 130. In the collateral 100 euros count 112.50, the
    /// member's own paper nothing.
    @Test func `a call is requirement, add-ons and unpaid variation margin less collateral`() throws {
        var house = CallHouse()
        house.held = (5, 0)
        house.trades = [(3, "99")]
        house.total = ("1000", "200")
        house.owed = [try dollars("70")]
        house.collateral = [try holding("b", "100", in: "EUR"), try holding("a", "500", group: "OWN")]
        house.rule = ("100", "50", "25", nil)
        let call = try #require(try house.call())
        #expect(call.variationMargin.map(\.kind) == [.position, .trade])
        #expect(call.variationMargin.map(\.amount) == [-100_00, -30_00])
        #expect(try call.linePrices.map(\.from) == [exact("100"), exact("99")])
        #expect(try call.linePrices.map(\.to) == [exact("98"), exact("98")])
        #expect(try call.unpaid.map(\.converted) == [dollars("200")])
        #expect(try call.collateral.map(\.acceptedValue) == [dollars("0"), dollars("112.5")])
        #expect(call.assets == ["ASSET-a", "ASSET-b"])
        // 1000 + 200 + 200 − 112.50 = 1287.50, up to the next 25.
        #expect(try call.call.components.deficit == dollars("1287.5"))
        #expect(try call.call.callAmount == dollars("1300"))
        #expect(call.call.reason == .deficitAboveThreshold)
        #expect(call.dueDate == BusinessDate(year: 2026, month: 9, day: 7))
        #expect(!call.isIntraday)
    }

    @Test func `what was collected intraday is not called again`() throws {
        var house = CallHouse()
        house.total = ("1000", "0")
        house.collected = [("USD", "600"), ("USD", "300")]
        house.rule = ("0", "0", "1", nil)
        let call = try #require(try house.call())
        #expect(try call.call.components.intradayCollected == dollars("900"))
        #expect(try call.call.callAmount == dollars("100"))
        house.collected.append(("EUR", "1"))
        #expect(
            throws: MarginCallsError.callCurrencyChanged(CallHouse.account, from: try code("EUR"), to: try code("USD"))
        ) { try house.call() }
    }

    @Test func `an intraday call waits for its trigger and is due on the date itself`() throws {
        var house = CallHouse()
        house.cycle = .intraday
        house.total = ("1000", "0")
        house.rule = ("0", "0", "1", "1000")
        let covered = try #require(try house.call())
        #expect(covered.call.reason == .deficitWithinTrigger)
        #expect(covered.dueDate == house.businessDate)
        #expect(covered.isIntraday)
        house.rule = ("0", "0", "1", "999.99")
        #expect(try house.call()?.call.callAmount == dollars("1000"))
    }

    @Test func `where the calendar ends a call is due on the date itself`() throws {
        var house = CallHouse()
        house.total = ("1000", "0")
        house.businessDays = [2, 3]
        let call = try #require(try house.call())
        #expect(call.dueDate == house.businessDate)
        #expect(call.call.reason == .noCallRule)
    }

    @Test func `limits are those of the account's class`() throws {
        var house = CallHouse()
        house.collateral = [try holding("a", "500")]
        house.limits = CollateralLimits(issuerShare: try exact("0.5"), classShares: [:])
        #expect(try house.call()?.collateral.map(\.excluded) == [.issuerLimit])
        #expect(try house.call()?.call.components.collateralValue == dollars("250"))
    }

    @Test func `an account with nothing has no call, with a flat position one of nothing`() throws {
        var house = CallHouse()
        #expect(try house.call() == nil)
        house.held = (4, 4)
        let call = try #require(try house.call())
        #expect(call.variationMargin == [])
        #expect(try call.call.components.deficit == dollars("0"))
    }

    @Test func `a price, a rate or a currency that is missing is named`() throws {
        var house = CallHouse()
        house.held = (5, 0)
        house.settlement = nil
        #expect(throws: MarginCallsError.noSettlementPrice(SeriesCode("FUT"))) { try house.call() }
        house.settlement = "98"
        house.callCurrency = "EUR"
        #expect(throws: MarginCallsError.conversion(.noRate(from: try code("USD"), to: try code("EUR")))) {
            try house.call()
        }
        house.callCurrency = "JPY"
        #expect(throws: MarginCallsError.conversion(.unknownCurrency(try code("JPY")))) { try house.call() }
    }
}
