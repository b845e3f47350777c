import ClearingModel
import MarginCalls
import Operations
import Quantities
import Results

extension AccountText {
    /// The account's unpaid variation margin, currency by currency: the day's lines added up, what is still owed from
    /// days before, and the conversion, which takes no haircut (methodology §11.2); then the lines.
    mutating func explainVariationMargin() {
        explainUnpaid()
        list(1, explanation.variationMargin, "lines of variation margin", of: \.amount, in: \.currency) { text, line in
            let (from, to, factor) = (line.fromPrice, line.toPrice, line.contractValueFactor)
            let move = line.isInverse ? "\(factor) × (1/\(from) − 1/\(to))" : "(\(to) − \(from)) × \(factor)"
            text.say(
                1,
                "variation margin, \(line.kind.rawValue) \(line.series): \(line.quantity) × \(move) = "
                    + "\(text.money(line.amount, line.currency)) \(line.currency)")
        }
    }

    private mutating func explainUnpaid() {
        guard !explanation.unpaidVariationMargin.isEmpty else { return }
        let call = explanation.call
        say(
            1,
            "unpaid variation margin \(money(call.unpaidVariationMargin, call.callCurrency)) \(call.callCurrency) = Σ "
                + "over currencies of (max(0, −day's variation margin) + still owed from days before) × rate, "
                + "without haircut")
        list(2, explanation.unpaidVariationMargin, "currencies", of: \.converted, in: \.callCurrency) { text, part in
            let currency = part.currency
            let (sum, owed) = (text.money(part.variationMargin, currency), text.money(part.stillOwed, currency))
            guard let rate = part.fxRate else {
                return text.say(
                    2, "\(currency): day's variation margin \(sum), received: it lowers nothing else; owed \(owed)")
            }
            text.say(
                2,
                "\(currency): day's variation margin \(sum), still owed \(owed): max(0, −(\(sum))) + \(owed) = "
                    + "\(text.money(part.unpaid, currency)); × \(rate) = "
                    + "\(text.money(part.converted, part.callCurrency)) \(part.callCurrency)")
        }
    }
}
