import ClearingModel
import MarginCalls
import Parameters
import Quantities
import Testing
import TestSupport

/// A case's input in the module's own types.
struct CaseInputs {
    let document: JSONValue
    let currencies: [String: Currency]
    let rates: CallCurrencyRates
    let book: SettlementBook

    init(_ number: String) throws {
        let document = try JSONValue.file(Evidence.caseFile(number))
        let input = try #require(document["input"])
        var currencies: [String: Currency] = [:]
        for name in input["currencies"]?.keys ?? [] {
            let text = input["currencies"]?[name]?["minor_unit_decimals"]?.text
            guard let decimals = text.flatMap({ Int($0) }) else { continue }
            currencies[name] = try currency(name, decimals: decimals)
        }
        var rates: [CurrencyCode: ConversionRate] = [:]
        for pair in input["fx"]?.list ?? [] {
            rates[try code(pair["from"]?.text ?? "")] = ConversionRate(
                rate: try #require(pair["rate"]?.decimal), haircut: try #require(pair["haircut"]?.decimal))
        }
        let callCurrency = try #require(currencies[input["call_currency"]?.text ?? ""])
        self.document = document
        self.currencies = currencies
        self.rates = CallCurrencyRates(callCurrency: callCurrency, rates: rates)
        book = try SettlementBook(
            try (input["contracts"]?.list ?? []).map { contract in
                let commodity = input["combined_commodities"]?.element(contract["combined_commodity"]?.text ?? "")
                return SettlementTerms(
                    series: SeriesCode(contract["key"]?.text ?? ""),
                    currency: try #require(currencies[commodity?["currency"]?.text ?? ""]),
                    contractValueFactor: try #require(contract["contract_value_factor"]?.decimal),
                    instrument: try Self.instrument(of: contract),
                    settlementPrice: contract["settlement"]?.decimal,
                    previousSettlementPrice: contract["previous_settlement"]?.decimal,
                    finalSettlementPrice: contract["final_settlement"]?.decimal)
            })
    }

    private static func instrument(of contract: JSONValue) throws -> SettledInstrument {
        guard contract["kind"]?.text == "option" else { return .future }
        let strike = try #require(contract["strike"]?.decimal)
        let right: SettledInstrument.Right = contract["right"]?.text == "call" ? .call : .put
        return contract["style"]?.text == "premium"
            ? .premiumStyleOption(right: right, strike: strike) : .futuresStyleOption(right: right, strike: strike)
    }

    var accounts: [JSONValue] { document["input"]?["accounts"]?.list ?? [] }

    func expected(_ account: JSONValue) throws -> JSONValue {
        try #require(document["expected"]?["accounts"]?.element(account["id"]?.text ?? ""))
    }

    /// Previous positions ascending by series, and trades.
    func book(of account: JSONValue) throws -> ([BookPosition], [BookTrade]) {
        let positions = try (account["book"]?["previous_positions"]?.list ?? []).map { position in
            let quantity = try wholeNumber(position["quantity"])
            return BookPosition(
                series: try index(position), longQuantity: max(0, quantity), shortQuantity: max(0, -quantity))
        }
        let trades = try (account["book"]?["trades"]?.list ?? []).map { trade in
            BookTrade(
                series: try index(trade), quantity: try wholeNumber(trade["quantity"]),
                price: try #require(trade["price"]?.decimal))
        }
        return (positions.sorted { $0.series < $1.series }, trades)
    }

    private func index(_ row: JSONValue) throws -> SeriesIndex {
        try #require(book.index(of: SeriesCode(row["contract"]?.text ?? "")))
    }

    func wholeNumber(_ value: JSONValue?) throws -> Int64 {
        Int64(try #require(value?.decimal).minorUnits(decimals: 0))
    }

    func collateral(of account: JSONValue) throws -> [CollateralItem] {
        try (account["collateral"]?.list ?? []).map { item in
            CollateralItem(
                item: CollateralItemCode(item["id"]?.text ?? ""), currency: try code(item["currency"]?.text ?? ""),
                quantity: try #require(item["quantity"]?.decimal), price: try #require(item["price"]?.decimal),
                haircut: try #require(item["haircut"]?.decimal), issuer: IssuerCode(item["issuer"]?.text ?? ""),
                issuerGroup: item["issuer_group"]?.text.map { CompanyGroupCode($0) },
                collateralClass: CollateralClassCode(item["class"]?.text ?? ""),
                isEligible: item["eligible"]?.flag ?? true)
        }
    }

    func limits(of account: JSONValue) throws -> CollateralLimits {
        let rules = account["collateral_rules"]
        var classes: [CollateralClassCode: ExactDecimal] = [:]
        for name in rules?["class_limits"]?.keys ?? [] {
            classes[CollateralClassCode(name)] = rules?["class_limits"]?[name]?.decimal
        }
        return CollateralLimits(issuerShare: rules?["issuer_limit"]?.decimal, classShares: classes)
    }

    func callRule(of account: JSONValue) throws -> CallRule? {
        guard let rule = account["call_rule"] else { return nil }
        return try CallRule(
            threshold: try #require(rule["threshold"]?.decimal),
            minimumTransferAmount: try #require(rule["minimum_transfer_amount"]?.decimal),
            lot: try #require(rule["lot"]?.decimal), intradayTrigger: nil, currency: rates.callCurrency)
    }

    /// An expected amount as money of the call currency, checked to be in whole minor units.
    func money(_ value: JSONValue?) throws -> Money {
        let amount = try #require(value?.decimal)
        let money = Money(rounding: amount, currency: rates.callCurrency)
        #expect(money.amount == amount)
        return money
    }
}
