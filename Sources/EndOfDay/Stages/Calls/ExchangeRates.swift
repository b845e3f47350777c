import ClearingModel
import MarginCalls
import MarketModel
import Postgres
import Quantities
import Runtime
import Scenarios
import Storage

/// The date's exchange rates and their haircuts, by the currency they lead into.
struct ExchangeRates: Sendable {
    private let byTarget: [CurrencyCode: CallCurrencyRates]

    static func load(
        _ context: RunContext, _ house: ClearingHouse, _ parameters: MarginParameters, from connection: Connection
    ) throws -> ExchangeRates {
        let market = try MarketSnapshot.load(
            pinnedAt: context.pinnedLoad, businessDate: context.businessDate, cycle: context.cycle, series: [],
            from: connection)
        return ExchangeRates(house, market, parameters)
    }

    init(_ house: ClearingHouse, _ market: MarketSnapshot, _ parameters: MarginParameters) {
        var byTarget: [CurrencyCode: CallCurrencyRates] = [:]
        for currency in house.currencies {
            var rates: [CurrencyCode: ConversionRate] = [:]
            for source in house.currencies {
                let pair = CurrencyPair(from: source.code, to: currency.code)
                if let rate = market.exchangeRates[pair] {
                    rates[source.code] = ConversionRate(rate: rate, haircut: parameters.fxHaircuts[pair] ?? .zero)
                }
            }
            byTarget[currency.code] = CallCurrencyRates(callCurrency: currency, rates: rates)
        }
        self.byTarget = byTarget
    }

    /// The rates into one currency; throws for a currency the house does not have.
    func into(_ currency: CurrencyCode) throws -> CallCurrencyRates {
        guard let rates = byTarget[currency] else {
            throw Failure(.inputRejected, "unknown currency \(currency)", hint: "margin load currency FILE.csv")
        }
        return rates
    }
}
