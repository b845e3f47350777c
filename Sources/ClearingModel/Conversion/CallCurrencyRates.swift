import Quantities

/// What one unit of a currency is worth in the call currency, and the haircut of the pair.
package struct ConversionRate: Hashable, Sendable {
    /// Units of the call currency for one unit; above 0.
    package let rate: ExactDecimal
    /// FX haircut of the pair, a fraction 0 … 1.
    package let haircut: ExactDecimal

    package init(rate: ExactDecimal, haircut: ExactDecimal) {
        precondition(rate > .zero, "a rate is above zero")
        precondition(haircut >= .zero && haircut <= .one, "a haircut is a fraction")
        self.rate = rate
        self.haircut = haircut
    }
}

/// The date's rates into one call currency; the call currency itself converts at 1 with no haircut.
package struct CallCurrencyRates: Sendable {
    package let callCurrency: Currency
    private let rates: [CurrencyCode: ConversionRate]

    /// `rates` by the currency converted from; an entry for the call currency itself is not used.
    package init(callCurrency: Currency, rates: [CurrencyCode: ConversionRate]) {
        self.callCurrency = callCurrency
        self.rates = rates
    }

    /// Throws `noRate` for a currency the date has no rate for.
    package func rate(from currency: CurrencyCode) throws(ConversionError) -> ConversionRate {
        if currency == callCurrency.code { return ConversionRate(rate: .one, haircut: .zero) }
        guard let rate = rates[currency] else { throw .noRate(from: currency, to: callCurrency.code) }
        return rate
    }

    /// A requirement or add-on in the call currency: amount · rate · (1 + haircut), half away (methodology §6.10).
    package func converted(requirement: Money) throws(ConversionError) -> Money {
        let pair = try rate(from: requirement.currency.code)
        return try converted(requirement, factor: pair.rate * (.one + pair.haircut))
    }

    /// Variation margin in the call currency: amount · rate without haircut, half away (methodology §11).
    package func converted(variationMargin: Money) throws(ConversionError) -> Money {
        try converted(variationMargin, factor: rate(from: variationMargin.currency.code).rate)
    }

    private func converted(_ money: Money, factor: ExactDecimal) throws(ConversionError) -> Money {
        guard let units = money.amount.minorUnits(times: factor, decimals: callCurrency.decimals) else {
            throw .outOfRange(from: money.currency.code)
        }
        return Money(minorUnits: units, currency: callCurrency)
    }
}
