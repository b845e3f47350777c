import Quantities

/// What an account owes in variation margin, in the call currency; 0 or more (methodology §11).
///
/// A currency: today's variation margin where it is negative, plus what is still owed from earlier days, converted at
/// the date's rate without haircut and rounded half away, once a currency. A currency that is received is paid out in
/// cash and offsets nothing: neither another currency nor an older debt in its own. `variationMargin` is signed (+ =
/// received), one amount a currency; `stillOwed` holds amounts of 0 or more.
package func unpaidVariationMargin(
    variationMargin: [Money], stillOwed: [Money], rates: CallCurrencyRates
) throws(MarginCallsError) -> Money {
    var debts: [Money] = variationMargin.filter { $0.minorUnits < 0 }.map {
        Money(minorUnits: -$0.minorUnits, currency: $0.currency)
    }
    for owed in stillOwed {
        precondition(owed.minorUnits >= 0, "what is still owed is never negative")
        if let place = debts.firstIndex(where: { $0.currency == owed.currency }) {
            debts[place] = debts[place] + owed
        } else {
            debts.append(owed)
        }
    }
    var total = Money.zero(rates.callCurrency)
    for debt in debts { total = total + (try rates.converted(variationMargin: debt)) }
    return total
}
