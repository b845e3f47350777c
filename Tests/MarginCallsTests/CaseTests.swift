import ClearingModel
import MarginCalls
import Quantities
import TestSupport
import Testing

/// The published cases, every figure of the parts this module computes.
@Suite(.enabled(if: Evidence.isPresent, "MARGIN_EVIDENCE is not set"))
struct CaseTests {
    @Test func `requirements of three currencies convert as in case 44`() throws {
        let inputs = try CaseInputs("44")
        for account in inputs.accounts {
            let expected = try inputs.expected(account)
            var total = Money.zero(inputs.rates.callCurrency)
            let rows = expected["requirement_by_currency"]?.list ?? []
            #expect(rows.count == 3)
            for row in rows {
                let own = try #require(inputs.currencies[row["currency"]?.text ?? ""])
                let requirement = Money(rounding: try #require(row["amount"]?.decimal), currency: own)
                let converted = try inputs.rates.converted(requirement: requirement)
                #expect(converted == (try inputs.money(row["converted"])))
                total = total + converted
            }
            #expect(total == (try inputs.money(expected["requirement"])))
        }
    }

    @Test func `variation margin is that of case 57`() throws {
        let inputs = try CaseInputs("57")
        let account = try #require(inputs.accounts.first)
        let expected = try inputs.expected(account)
        let (positions, trades) = try inputs.book(of: account)
        var lines: [VariationMarginLine] = []
        let sums = try inputs.book.appendVariationMargin(
            previousPositions: positions[...], trades: trades[...], to: &lines)
        let rows = expected["variation_margin"]?["lines"]?.list ?? []
        #expect(lines.count == rows.count)
        for (line, row) in zip(lines, rows) {
            let terms = inputs.book[line.series]
            #expect(line.kind.rawValue == row["kind"]?.text)
            #expect(terms.series.text == row["contract"]?.text)
            #expect(line.quantity == (try inputs.wholeNumber(row["quantity"])))
            #expect(terms.currency.code.description == row["currency"]?.text)
            let amount = Money(minorUnits: line.amount, currency: terms.currency)
            #expect(amount.amount == row["amount"]?.decimal, "\(terms.series)")
            let prices = inputs.book.prices(of: line, trades: trades[...])
            let unrounded = (prices.to - prices.from) * terms.contractValueFactor * ExactDecimal(Int(line.quantity))
            #expect(Money(rounding: unrounded, currency: terms.currency) == amount)
        }
        let byCurrency = try #require(expected["variation_margin"]?["by_currency"])
        #expect(sums.map(\.currency.code.description) == byCurrency.keys)
        for sum in sums { #expect(sum.amount == byCurrency[sum.currency.code.description]?.decimal) }
    }

    @Test(arguments: ["57", "58", "59"]) func `collateral and calls are those of the case`(number: String) throws {
        let inputs = try CaseInputs(number)
        #expect(!inputs.accounts.isEmpty)
        for account in inputs.accounts {
            let expected = try inputs.expected(account)
            let values = try valuedCollateral(
                try inputs.collateral(of: account),
                memberGroup: account["member_group"]?.text.map { CompanyGroupCode($0) },
                limits: try inputs.limits(of: account), rates: inputs.rates)
            let rows = expected["collateral"]?.list ?? []
            #expect(values.map(\.item.item.text) == rows.map { $0["id"]?.text })
            for (value, row) in zip(values, rows) {
                #expect(value.acceptedValue == (try inputs.money(row["value"])))
                #expect(value.excluded.rawValue == row["excluded"]?.text)
                #expect(value.acceptedValue.minorUnits <= value.valueBeforeLimits.minorUnits)
            }
            let (positions, trades) = try inputs.book(of: account)
            var lines: [VariationMarginLine] = []
            let sums = try inputs.book.appendVariationMargin(
                previousPositions: positions[...], trades: trades[...], to: &lines)
            let call = MarginCall(
                MarginCallComponents(
                    requirement: try inputs.money(expected["requirement"]), addOns: .zero(inputs.rates.callCurrency),
                    unpaidVariationMargin: try unpaidVariationMargin(
                        variationMargin: sums, stillOwed: [], rates: inputs.rates
                    ).total(in: inputs.rates.callCurrency),
                    collateralValue: acceptedTotal(of: values, in: inputs.rates.callCurrency),
                    intradayCollected: .zero(inputs.rates.callCurrency)),
                rule: try inputs.callRule(of: account))
            let row = try #require(expected["margin_call"])
            #expect(call.components.unpaidVariationMargin == (try inputs.money(row["unpaid_variation_margin"])))
            #expect(call.components.collateralValue == (try inputs.money(row["collateral_value"])))
            #expect(call.components.deficit == (try inputs.money(row["deficit"])))
            #expect(call.callAmount == (try inputs.money(row["call"])), "\(account["id"]?.text ?? "")")
            #expect(call.returnAmount == (try inputs.money(row["returned"])), "\(account["id"]?.text ?? "")")
        }
    }
}
