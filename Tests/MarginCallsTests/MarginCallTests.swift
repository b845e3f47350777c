import ClearingModel
import MarginCalls
import Quantities
import Testing

struct MarginCallTests {
    private func call(
        deficit: String, collateral: String = "20000", threshold: String = "5000", minimum: String = "1000",
        lot: String = "1000"
    ) throws -> String {
        let held = try dollars(collateral)
        let owed = try dollars(deficit) + held
        let none = Money.zero(held.currency)
        let parts = MarginCallComponents(
            requirement: owed, addOns: none, unpaidVariationMargin: none, collateralValue: held, intradayCollected: none
        )
        let rule = try CallRule(
            threshold: try exact(threshold), minimumTransferAmount: try exact(minimum), lot: try exact(lot),
            intradayTrigger: nil, currency: held.currency)
        let call = MarginCall(parts, rule: rule)
        return "\(call.callAmount.amount) \(call.returnAmount.amount) \(call.reason.rawValue)"
    }

    @Test(arguments: [
        ("6000.00", "0 0 deficit_within_threshold"), ("6000.01", "7000 0 deficit_above_threshold"),
        ("7000.00", "7000 0 deficit_above_threshold"), ("7000.01", "8000 0 deficit_above_threshold"),
        ("0.01", "0 0 deficit_within_threshold"), ("0.00", "0 0 covered"), ("-1000.00", "0 0 covered"),
        ("-1000.01", "0 1000 excess_returned"), ("-1999.99", "0 1000 excess_returned"),
        ("-2000.00", "0 2000 excess_returned"), ("-20000.00", "0 20000 excess_returned"),
    ])
    func `the whole deficit is called and the excess returned in lots`(row: (deficit: String, outcome: String)) throws {
        #expect(try call(deficit: row.deficit) == row.outcome)
    }

    @Test func `an excess smaller than the lot is kept and the account is covered`() throws {
        #expect(try call(deficit: "-9999.99", lot: "10000") == "0 0 covered")
        #expect(try call(deficit: "-10000", lot: "10000") == "0 10000 excess_returned")
        #expect(try call(deficit: "-20000", lot: "3000") == "0 18000 excess_returned")
    }

    @Test func `with no threshold, minimum or lot to speak of every cent is called`() throws {
        let called = try call(deficit: "0.01", threshold: "0", minimum: "0", lot: "0.01")
        #expect(called == "0.01 0 deficit_above_threshold")
        #expect(try call(deficit: "-0.01", threshold: "0", minimum: "0", lot: "0.01") == "0 0.01 excess_returned")
    }

    @Test func `without a call rule there is no call and the deficit is known`() throws {
        let parts = MarginCallComponents(
            requirement: try dollars("100"), addOns: try dollars("20"), unpaidVariationMargin: try dollars("3"),
            collateralValue: try dollars("50.50"), intradayCollected: try dollars("10"))
        let call = MarginCall(parts, rule: nil)
        #expect(call.components.deficit == (try dollars("62.50")))
        #expect(call.callAmount == (try dollars("0")))
        #expect(call.returnAmount == (try dollars("0")))
        #expect(call.reason == .noCallRule)
    }

    @Test(arguments: [
        (trigger: "10000" as String?, deficit: "10000.00", outcome: "0 0 deficit_within_trigger"),
        ("10000", "10000.01", "11000 0 deficit_above_trigger"), ("10000", "11000.00", "11000 0 deficit_above_trigger"),
        ("0", "0.01", "1000 0 deficit_above_trigger"), ("0", "0.00", "0 0 covered"),
        ("10000", "-20000.00", "0 0 covered"), (nil, "99999.00", "0 0 no_intraday_trigger"),
    ])
    func `an intraday call is of the whole deficit above the trigger alone, and nothing is returned`(
        row: (trigger: String?, deficit: String, outcome: String)
    ) throws {
        let call = MarginCall(
            intraday: try parts(deficit: row.deficit, collected: "0"), rule: try rule(trigger: row.trigger))
        #expect("\(call.callAmount.amount) \(call.returnAmount.amount) \(call.reason.rawValue)" == row.outcome)
    }

    @Test func `what was collected intraday lowers the deficit, and goes back as collateral does`() throws {
        let rule = try rule(trigger: "0")
        let still = MarginCall(try parts(deficit: "30000", collected: "23000"), rule: rule)
        #expect(still.components.deficit == (try dollars("7000")))
        #expect(still.callAmount == (try dollars("7000")))
        #expect(MarginCall(intraday: still.components, rule: rule).callAmount == (try dollars("7000")))
        let tooMuch = MarginCall(try parts(deficit: "-20000", collected: "5000"), rule: rule)
        #expect(tooMuch.returnAmount == (try dollars("25000")))
        #expect(MarginCall(intraday: tooMuch.components, rule: nil).reason == .noCallRule)
    }

    /// Components with 20,000 of collateral and the deficit they would have had nothing been collected.
    private func parts(deficit: String, collected: String) throws -> MarginCallComponents {
        let held = try dollars("20000")
        let none = Money.zero(held.currency)
        return MarginCallComponents(
            requirement: try dollars(deficit) + held, addOns: none, unpaidVariationMargin: none, collateralValue: held,
            intradayCollected: try dollars(collected))
    }

    private func rule(trigger: String?) throws -> CallRule {
        try CallRule(
            threshold: try exact("5000"), minimumTransferAmount: try exact("1000"), lot: try exact("1000"),
            intradayTrigger: try trigger.map { try exact($0) }, currency: try dollars("0").currency)
    }

    @Test(arguments: ["0", "-1", "0.005"]) func `a lot must be whole minor units above zero`(lot: String) throws {
        #expect(throws: MarginCallsError.unusableCallRule(try exact(lot))) { try call(deficit: "1", lot: lot) }
    }

    @Test func `a receivable offsets neither another currency nor an older debt`() throws {
        let rates = try dollarRates()
        let euro = try currency("EUR")
        let received = [Money(minorUnits: -128_950, currency: euro), try dollars("12162.43")]
        let dollar = rates.callCurrency
        let today = try unpaidVariationMargin(variationMargin: received, stillOwed: [], rates: rates)
        #expect(today.total(in: dollar) == (try dollars("1485.89")))
        let both = try unpaidVariationMargin(
            variationMargin: received, stillOwed: [try dollars("10"), Money(minorUnits: 100, currency: euro)],
            rates: rates)
        // 1290.50 · 1.1523 = 1487.04315 and 10.00.
        #expect(both.total(in: dollar) == (try dollars("1497.04")))
        #expect(both.map(\.unpaid) == [Money(minorUnits: 129_050, currency: euro), try dollars("10")])
        #expect(both.map(\.converted) == [try dollars("1487.04"), try dollars("10")])
        let paid = try unpaidVariationMargin(variationMargin: [], stillOwed: [], rates: rates)
        #expect(paid.total(in: dollar) == (try dollars("0")))
    }

    @Test func `what is received needs no rate`() throws {
        let yen = try currency("JPY", decimals: 0)
        let lines = try unpaidVariationMargin(
            variationMargin: [Money(minorUnits: 5, currency: yen)], stillOwed: [], rates: dollarRates())
        #expect(lines.map(\.rate) == [nil])
    }

    @Test func `a requirement is converted with the haircut added`() throws {
        let requirement = Money(minorUnits: 5_463_000, currency: try currency("EUR"))
        #expect(try dollarRates().converted(requirement: requirement) == dollars("65782.91"))
        #expect(try dollarRates().converted(requirement: dollars("12.34")) == dollars("12.34"))
    }
}
