import ClearingModel
import Quantities

/// What one currency adds to an account's unpaid variation margin (methodology §11.2).
package struct UnpaidVariationMargin: Hashable, Sendable {
    /// Sum of the day's lines: + = the account receives.
    package let variationMargin: Money
    /// What is still owed from earlier days; 0 or more, in the same currency.
    package let stillOwed: Money
    /// Units of the call currency for one unit, without haircut; nil where nothing is unpaid.
    package let rate: ExactDecimal?
    /// unpaid · rate, rounded half away, in the call currency; 0 or more.
    package let converted: Money

    /// max(0, −variation margin) + still owed: a currency that is received is paid out in cash and lowers nothing.
    package var unpaid: Money { Self.unpaid(variationMargin, stillOwed) }

    /// Throws where what is unpaid has no rate into the call currency or leaves 64 bits there.
    fileprivate init(
        variationMargin: Money, stillOwed: Money, rates: CallCurrencyRates
    ) throws(MarginCallsError) {
        precondition(stillOwed.minorUnits >= 0, "what is still owed is never negative")
        self.variationMargin = variationMargin
        self.stillOwed = stillOwed
        let unpaid = Self.unpaid(variationMargin, stillOwed)
        let isUnpaid = unpaid.minorUnits > 0
        do {
            rate = isUnpaid ? try rates.rate(from: unpaid.currency.code).rate : nil
            converted = isUnpaid ? try rates.converted(variationMargin: unpaid) : .zero(rates.callCurrency)
        } catch {
            throw .conversion(error)
        }
    }

    private static func unpaid(_ variationMargin: Money, _ stillOwed: Money) -> Money {
        Money(minorUnits: -min(0, variationMargin.minorUnits), currency: variationMargin.currency) + stillOwed
    }
}

/// What an account owes in variation margin currency by currency, ascending by code (methodology §11.2).
///
/// Each currency's is today's variation margin where it is negative, plus what is still owed from earlier days,
/// converted at the date's rate without haircut and rounded half away. A currency that is received offsets nothing:
/// neither another currency nor an older debt in its own. `variationMargin` is signed (+ = received), one amount a
/// currency; `stillOwed` holds amounts of 0 or more.
package func unpaidVariationMargin(
    variationMargin: [Money], stillOwed: [Money], rates: CallCurrencyRates
) throws(MarginCallsError) -> [UnpaidVariationMargin] {
    var parts: [CurrencyCode: (sum: Money, owed: Money)] = [:]
    for sum in variationMargin {
        parts[sum.currency.code, default: (.zero(sum.currency), .zero(sum.currency))].sum = sum
    }
    for owed in stillOwed {
        let before = parts[owed.currency.code] ?? (.zero(owed.currency), .zero(owed.currency))
        parts[owed.currency.code] = (before.sum, before.owed + owed)
    }
    var lines: [UnpaidVariationMargin] = []
    for (_, part) in parts.sorted(by: { $0.key < $1.key }) {
        lines.append(try UnpaidVariationMargin(variationMargin: part.sum, stillOwed: part.owed, rates: rates))
    }
    return lines
}

extension Sequence<UnpaidVariationMargin> {
    /// What the currencies come to in the call currency; 0 or more.
    package func total(in callCurrency: Currency) -> Money {
        reduce(.zero(callCurrency)) { $0 + $1.converted }
    }
}
