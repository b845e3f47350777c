import Postgres
import Storage

extension AccountExplanation {
    /// The account's unpaid variation margin, currency by currency: the day's lines added up, what is still owed from
    /// days before, and the conversion, which takes no haircut (methodology §11.2).
    mutating func explainUnpaid(_ callCurrency: String) throws {
        let rows = try connection.rows(.explainUnpaidVariationMargin, key)
        guard !rows.isEmpty, let call = try connection.optional(.explainCall, key) else { return }
        say(
            1,
            "unpaid variation margin \(try call.amount("unpaid_variation_margin")) \(callCurrency) = Σ over currencies "
                + "of (max(0, −day's variation margin) + still owed from days before) × rate, without haircut")
        for row in rows {
            let (currency, sum, owed) = (
                try row.text("currency"), try row.amount("variation_margin"), try row.amount("still_owed")
            )
            guard try !row.isNull("fx_rate") else {
                say(2, "\(currency): day's variation margin \(sum), received: it lowers nothing else; owed \(owed)")
                continue
            }
            say(
                2,
                "\(currency): day's variation margin \(sum), still owed \(owed): max(0, −(\(sum))) + \(owed) = "
                    + "\(try row.amount("unpaid")); × \(try row.amount("fx_rate")) = "
                    + "\(try row.amount("converted_amount")) \(try row.text("call_currency"))")
        }
    }
}
