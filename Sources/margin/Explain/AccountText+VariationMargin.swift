import Operations
import Quantities
import Results

extension AccountText {
    /// The account's unpaid variation margin, currency by currency: the day's lines added up, what is still owed from
    /// days before, and the conversion, which takes no haircut (methodology §11.2).
    mutating func explainUnpaid() {
        guard !explanation.unpaidVariationMargin.isEmpty else { return }
        let call = explanation.call
        say(
            1,
            "unpaid variation margin \(call.unpaidVariationMargin) \(call.callCurrency) = Σ over currencies "
                + "of (max(0, −day's variation margin) + still owed from days before) × rate, without haircut")
        for part in explanation.unpaidVariationMargin {
            let (currency, sum, owed) = (part.currency, part.variationMargin, part.stillOwed)
            guard let rate = part.fxRate else {
                say(2, "\(currency): day's variation margin \(sum), received: it lowers nothing else; owed \(owed)")
                continue
            }
            say(
                2,
                "\(currency): day's variation margin \(sum), still owed \(owed): max(0, −(\(sum))) + \(owed) = "
                    + "\(part.unpaid); × \(rate) = \(part.converted) \(part.callCurrency)")
        }
    }
}
