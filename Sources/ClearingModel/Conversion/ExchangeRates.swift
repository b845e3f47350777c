import Quantities

/// The date's exchange rates and their haircuts, by the currency they lead into.
package struct ExchangeRates: Sendable {
    private let byTarget: [CurrencyCode: CallCurrencyRates]

    /// `rates` are units of `to` for one of `from`, above 0; a pair without a haircut of its own has none.
    package init(_ currencies: [Currency], rates: [CurrencyPair: ExactDecimal], haircuts: [CurrencyPair: ExactDecimal])
    {
        var byTarget: [CurrencyCode: CallCurrencyRates] = [:]
        for currency in currencies {
            var into: [CurrencyCode: ConversionRate] = [:]
            for source in currencies {
                let pair = CurrencyPair(from: source.code, to: currency.code)
                if let rate = rates[pair] {
                    into[source.code] = ConversionRate(rate: rate, haircut: haircuts[pair] ?? .zero)
                }
            }
            byTarget[currency.code] = CallCurrencyRates(callCurrency: currency, rates: into)
        }
        self.byTarget = byTarget
    }

    /// The rates into one currency; throws `unknownCurrency` for one the house does not have.
    package func into(_ currency: CurrencyCode) throws(ConversionError) -> CallCurrencyRates {
        guard let rates = byTarget[currency] else { throw .unknownCurrency(currency) }
        return rates
    }
}
