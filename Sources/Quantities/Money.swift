/// An amount in whole minor units of one currency; sums are checked and stay in one currency.
package struct Money: Hashable, Sendable {
    /// Whole minor units (cents for the dollar); the sign is the amount's own (methodology §1.3).
    package let minorUnits: Int64
    package let currency: Currency

    package init(minorUnits: Int64, currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// `amount` rounded to the minor unit, half away from zero: the one crossing from exact decimals to money (§1.4).
    package init(rounding amount: ExactDecimal, currency: Currency) {
        self.init(minorUnits: amount.minorUnits(decimals: currency.decimals), currency: currency)
    }

    /// No money, in a currency.
    package static func zero(_ currency: Currency) -> Money { Money(minorUnits: 0, currency: currency) }

    /// The amount as an exact decimal.
    package var amount: ExactDecimal { ExactDecimal(minorUnits: minorUnits, decimals: currency.decimals) }

    /// Traps on overflow and on two currencies.
    package static func + (left: Money, right: Money) -> Money {
        precondition(left.currency == right.currency, "amounts of two currencies are never added")
        return Money(minorUnits: left.minorUnits + right.minorUnits, currency: left.currency)
    }

    /// Traps on overflow and on two currencies.
    package static func - (left: Money, right: Money) -> Money {
        left + Money(minorUnits: -right.minorUnits, currency: right.currency)
    }
}

extension Money: CustomStringConvertible {
    /// The amount with the currency's decimals, then its code: `18000.00 USD`.
    package var description: String { "\(amount.text(decimals: currency.decimals)) \(currency.code)" }
}
