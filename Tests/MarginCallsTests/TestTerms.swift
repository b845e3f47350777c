import ClearingModel
import MarginCalls
import Quantities
import Testing

/// An exact decimal of a test's own text.
func exact(_ text: String) throws -> ExactDecimal { try #require(ExactDecimal(text)) }

func code(_ text: String) throws -> CurrencyCode { try #require(CurrencyCode(text)) }

func currency(_ text: String, decimals: Int = 2) throws -> Currency {
    Currency(code: try code(text), decimals: decimals)
}

func dollars(_ text: String) throws -> Money {
    Money(rounding: try exact(text), currency: try currency("USD"))
}

/// A series of one currency; prices as text, nil where there is none.
func terms(
    _ series: String, factor: String = "1000", instrument: SettledInstrument = .future, settlement: String?,
    previous: String?, final: String? = nil, in money: Currency
) throws -> SettlementTerms {
    SettlementTerms(
        series: SeriesCode(series), currency: money, contractValueFactor: try exact(factor), instrument: instrument,
        settlementPrice: try settlement.map(exact), previousSettlementPrice: try previous.map(exact),
        finalSettlementPrice: try final.map(exact))
}

/// Rates into the dollar: the euro as in the cases.
func dollarRates() throws -> CallCurrencyRates {
    CallCurrencyRates(
        callCurrency: try currency("USD"),
        rates: [try code("EUR"): ConversionRate(rate: try exact("1.1523"), haircut: try exact("0.045"))])
}

func month(_ text: String) throws -> ContractMonth { try #require(ContractMonth(text)) }
