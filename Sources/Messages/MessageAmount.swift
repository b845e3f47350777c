import Quantities

/// An amount of one currency, exact, as an element of a message takes it.
package struct MessageAmount: Hashable, Sendable {
    package let value: ExactDecimal
    package let currency: Currency

    package init(_ value: ExactDecimal, _ currency: Currency) {
        self.value = value
        self.currency = currency
    }

    /// The magnitude, for elements that say the sign apart.
    var magnitude: MessageAmount { MessageAmount(value.magnitude, currency) }

    /// Decimals of every amount in the messages.
    static let fractionDigits = 5
    /// Digits of an amount before and behind the point together, where an element says nothing else.
    static let totalDigits = 18

    /// The digits with the currency's decimals, at most five: an amount that needs more is refused, not rounded.
    /// - Throws: `MessageRefusal` for an amount below zero, of too many decimals or of too many digits.
    func text(_ element: String, totalDigits: Int = totalDigits) throws(MessageRefusal) -> String {
        let plain = value.withoutTrailingZeros
        let decimals = max(plain.scale, min(currency.decimals, Self.fractionDigits))
        guard value.signum >= 0 else { throw .negative(element: element, value: plain.description) }
        guard decimals <= Self.fractionDigits else {
            throw .tooManyDecimals(element: element, value: plain.description, limit: Self.fractionDigits)
        }
        let text = value.text(decimals: decimals)
        guard text.utf8.count - (decimals > 0 ? 1 : 0) <= totalDigits else {
            throw .tooManyDigits(element: element, value: text, limit: totalDigits)
        }
        return text
    }
}
