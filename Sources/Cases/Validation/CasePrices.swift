import ClearingModel
import Quantities
import Runtime
import TextFiles
import Validation

/// The contracts of a case with their prices by date, and what closing positions out between two dates costs.
struct CasePrices {
    private let contracts: [String: JSONValue]
    private let currencies: [String: CurrencyCode]
    private let rates: CallCurrencyRates
    private let prices: [BusinessDate: [String: ExactDecimal]]
    /// On which a contract with a final price and without an expiry settles.
    private let businessDate: BusinessDate?

    /// `prices` are of each date by contract.
    init(input: JSONValue, prices: JSONValue) throws {
        contracts = Dictionary(
            input.list("contracts").compactMap { row in row.optional("key").map { ($0, row) } },
            uniquingKeysWith: { first, _ in first })
        currencies = Dictionary(
            input.list("combined_commodities").compactMap { row in
                row.optional("id").flatMap { id in
                    row.optional("currency").flatMap { CurrencyCode($0) }.map { (id, $0) }
                }
            }, uniquingKeysWith: { first, _ in first })
        rates = try Self.rates(input)
        businessDate = input.optional("business_date").flatMap { BusinessDate($0) }
        var byDate: [BusinessDate: [String: ExactDecimal]] = [:]
        for (text, row) in prices.members {
            guard let date = BusinessDate(text) else { throw Failure(.inputRejected, "prices has the date \(text)") }
            byDate[date] = try row.members.compactMapValues { $0 == .null ? nil : try Self.price($0, text) }
        }
        self.prices = byDate
    }

    var dates: some Sequence<BusinessDate> { prices.keys }
    var callCurrency: Currency { rates.callCurrency }

    /// X in the call currency.
    func closeOut(
        _ positions: [FrozenPosition], isGross: Bool, from: BusinessDate, to: BusinessDate
    ) throws -> ExactDecimal {
        var known: [HorizonPrices] = []
        for position in positions {
            if let prices = try horizonPrices(position.series, from: from, to: to) { known.append(prices) }
        }
        let exposure = FrozenExposure(HorizonPrices.bySeries(known), rates: rates)
        let units = try exposure.closeOut(positions, isGross: isGross)
        return ExactDecimal(minorUnits: units, decimals: rates.callCurrency.decimals)
    }

    /// An amount at the date's rate without haircut, rounded to the minor unit.
    func inCallCurrency(_ amount: ExactDecimal, from currency: CurrencyCode) throws -> ExactDecimal {
        let rate = try rates.rate(from: currency).rate
        guard let units = amount.minorUnits(times: rate, decimals: callCurrency.decimals) else {
            throw Failure(.inputRejected, "\(amount) \(currency) leaves 64 bits of minor units")
        }
        return ExactDecimal(minorUnits: units, decimals: callCurrency.decimals)
    }

    /// A contract's move between two dates; nil where a price lacks.
    func horizonPrices(_ series: SeriesCode, from: BusinessDate, to: BusinessDate) throws -> HorizonPrices? {
        let key = "\(series)"
        guard let contract = contracts[key] else {
            throw Failure(.inputRejected, "the position \(key) is in no contract of the case")
        }
        guard let currency = currencies[try contract.required("combined_commodity")] else {
            throw Failure(.inputRejected, "contract \(key) is of an unknown combined commodity")
        }
        let isOption = contract.optional("kind") == "option"
        let isPremium = isOption && (contract.optional("style") ?? "premium") == "premium"
        // Of a premium-style option the price at the end alone counts.
        guard let now = try price(of: contract, key, on: from) ?? (isPremium ? .zero : nil),
            let later = try later(contract, key, from, to)
        else { return nil }
        return HorizonPrices(
            series: series, currency: currency,
            settlement: isPremium ? .premium : contract.optional("valuation") == "inverse" ? .inverse : .marked,
            contractValueFactor: try contract.decimal("contract_value_factor"), now: now, later: later)
    }

    private func price(of contract: JSONValue, _ key: String, on date: BusinessDate) throws -> ExactDecimal? {
        if let price = prices[date]?[key] { return price }
        guard input(date), contract["settlement"] != nil else { return nil }
        return try contract.decimal("settlement")
    }

    /// Prices of the business date may stand beside the contract, as in any case.
    private func input(_ date: BusinessDate) -> Bool { prices[date] == nil }

    /// The price at the end; of a contract that settles finally on the way, its final one, of an option that of its
    /// future where it has none itself.
    private func later(
        _ contract: JSONValue, _ key: String, _ from: BusinessDate, _ to: BusinessDate
    ) throws -> ExactDecimal? {
        let isOption = contract.optional("kind") == "option"
        let settling = contract["final_settlement"] != nil || !isOption ? contract : future(under: contract)
        let isFinal = settling?["final_settlement"] != nil
        let expiry = contract.optional("expiry").flatMap { BusinessDate($0) } ?? (isFinal ? businessDate : nil)
        guard let expiry, expiry > from, expiry <= to else { return prices[to]?[key] }
        guard isFinal, let final = try settling?.decimal("final_settlement") else {
            return prices[expiry]?[key] ?? prices[to]?[key]
        }
        guard isOption else { return final }
        let strike = try contract.decimal("strike")
        let intrinsic = contract.optional("right") == "put" ? strike - final : final - strike
        return max(.zero, intrinsic)
    }

    /// The future of an option's combined commodity and month.
    private func future(under option: JSONValue) -> JSONValue? {
        contracts.sorted { $0.key < $1.key }.map(\.value).first { contract in
            contract.optional("kind") == "future" && contract["combined_commodity"] == option["combined_commodity"]
                && contract["month"] == option["month"]
        }
    }

    private static func price(_ value: JSONValue, _ date: String) throws -> ExactDecimal {
        guard let price = value.text.flatMap({ ExactDecimal($0) }) else {
            throw Failure(.inputRejected, "prices of \(date) has one that is no exact number")
        }
        return price
    }

    /// The date's rates into the call currency.
    private static func rates(_ input: JSONValue) throws -> CallCurrencyRates {
        let code = try input.required("call_currency")
        guard let currency = CurrencyCode(code), let row = input["currencies"]?[code],
            let decimals = Int(try row.required("minor_unit_decimals")), (0...8).contains(decimals)
        else { throw Failure(.inputRejected, "call_currency \(code) is none of the currencies") }
        var rates: [CurrencyCode: ConversionRate] = [:]
        for row in input.list("fx") where row.optional("to") == code {
            guard let from = CurrencyCode(try row.required("from")) else { continue }
            let rate = try row.decimal("rate")
            guard rate > .zero else { throw Failure(.inputRejected, "the rate from \(from) is not above 0") }
            rates[from] = ConversionRate(rate: rate, haircut: .zero)
        }
        return CallCurrencyRates(callCurrency: Currency(code: currency, decimals: decimals), rates: rates)
    }
}
