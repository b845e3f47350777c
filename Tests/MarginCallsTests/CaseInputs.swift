import ClearingModel
import MarginCalls
import Quantities
import Testing

/// A case's input in the module's own types.
struct CaseInputs {
    let document: EvidenceCase
    let currencies: [String: Currency]
    let rates: CallCurrencyRates
    let book: SettlementBook

    init(_ number: String) throws {
        let document = try EvidenceCase.read(number)
        let input = try #require(document["input"])
        var currencies: [String: Currency] = [:]
        for name in input["currencies"]?.keys ?? [] {
            guard case .number(let decimals)? = input["currencies"]?[name]?["minor_unit_decimals"] else { continue }
            currencies[name] = try currency(name, decimals: decimals)
        }
        var rates: [CurrencyCode: ConversionRate] = [:]
        for pair in input["fx"]?.elements ?? [] {
            rates[try code(pair["from"]?.string ?? "")] = ConversionRate(
                rate: try #require(pair["rate"]?.decimal), haircut: try #require(pair["haircut"]?.decimal))
        }
        let callCurrency = try #require(currencies[input["call_currency"]?.string ?? ""])
        self.document = document
        self.currencies = currencies
        self.rates = CallCurrencyRates(callCurrency: callCurrency, rates: rates)
        book = try SettlementBook(
            try (input["contracts"]?.elements ?? []).map { contract in
                let commodity = input["combined_commodities"]?.element(contract["combined_commodity"]?.string ?? "")
                return SettlementTerms(
                    series: SeriesCode(contract["key"]?.string ?? ""),
                    currency: try #require(currencies[commodity?["currency"]?.string ?? ""]),
                    contractValueFactor: try #require(contract["contract_value_factor"]?.decimal),
                    instrument: try Self.instrument(of: contract),
                    settlementPrice: contract["settlement"]?.decimal,
                    previousSettlementPrice: contract["previous_settlement"]?.decimal,
                    finalSettlementPrice: contract["final_settlement"]?.decimal)
            })
    }

    private static func instrument(of contract: EvidenceCase) throws -> SettledInstrument {
        guard contract["kind"]?.string == "option" else { return .future }
        let strike = try #require(contract["strike"]?.decimal)
        let right: SettledInstrument.Right = contract["right"]?.string == "call" ? .call : .put
        return contract["style"]?.string == "premium"
            ? .premiumStyleOption(right: right, strike: strike) : .futuresStyleOption(right: right, strike: strike)
    }

    var accounts: [EvidenceCase] { document["input"]?["accounts"]?.elements ?? [] }

    func expected(_ account: EvidenceCase) throws -> EvidenceCase {
        try #require(document["expected"]?["accounts"]?.element(account["id"]?.string ?? ""))
    }

    /// Previous positions ascending by series, and trades.
    func book(of account: EvidenceCase) throws -> ([BookPosition], [BookTrade]) {
        let positions = try (account["book"]?["previous_positions"]?.elements ?? []).map { position in
            let quantity = try wholeNumber(position["quantity"])
            return BookPosition(
                series: try index(position), longQuantity: max(0, quantity), shortQuantity: max(0, -quantity))
        }
        let trades = try (account["book"]?["trades"]?.elements ?? []).map { trade in
            BookTrade(
                series: try index(trade), quantity: try wholeNumber(trade["quantity"]),
                price: try #require(trade["price"]?.decimal))
        }
        return (positions.sorted { $0.series < $1.series }, trades)
    }

    private func index(_ row: EvidenceCase) throws -> SeriesIndex {
        try #require(book.index(of: SeriesCode(row["contract"]?.string ?? "")))
    }

    func wholeNumber(_ value: EvidenceCase?) throws -> Int64 {
        Int64(try #require(value?.decimal).minorUnits(decimals: 0))
    }

    func collateral(of account: EvidenceCase) throws -> [CollateralItem] {
        try (account["collateral"]?.elements ?? []).map { item in
            var isEligible = true
            if case .flag(let flag)? = item["eligible"] { isEligible = flag }
            return CollateralItem(
                item: CollateralItemCode(item["id"]?.string ?? ""), currency: try code(item["currency"]?.string ?? ""),
                quantity: try #require(item["quantity"]?.decimal), price: try #require(item["price"]?.decimal),
                haircut: try #require(item["haircut"]?.decimal), issuer: IssuerCode(item["issuer"]?.string ?? ""),
                issuerGroup: item["issuer_group"].map { CompanyGroupCode($0.string) },
                collateralClass: CollateralClassCode(item["class"]?.string ?? ""), isEligible: isEligible)
        }
    }

    func limits(of account: EvidenceCase) throws -> CollateralLimits {
        let rules = account["collateral_rules"]
        var classes: [CollateralClassCode: ExactDecimal] = [:]
        for name in rules?["class_limits"]?.keys ?? [] {
            classes[CollateralClassCode(name)] = rules?["class_limits"]?[name]?.decimal
        }
        return CollateralLimits(issuerShare: rules?["issuer_limit"]?.decimal, classShares: classes)
    }

    func callRule(of account: EvidenceCase) throws -> CallRule? {
        guard let rule = account["call_rule"] else { return nil }
        return try CallRule(
            threshold: try #require(rule["threshold"]?.decimal),
            minimumTransferAmount: try #require(rule["minimum_transfer_amount"]?.decimal),
            lot: try #require(rule["lot"]?.decimal), intradayTrigger: nil, currency: rates.callCurrency)
    }

    /// An expected amount as money of the call currency, checked to be in whole minor units.
    func money(_ value: EvidenceCase?) throws -> Money {
        let amount = try #require(value?.decimal)
        let money = Money(rounding: amount, currency: rates.callCurrency)
        #expect(money.amount == amount)
        return money
    }
}
