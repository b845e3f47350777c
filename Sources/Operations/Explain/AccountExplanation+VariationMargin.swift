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
            "unpaid variation margin \(try call.amount(4)) \(callCurrency) = Σ over currencies of "
                + "(max(0, −day's variation margin) + still owed from days before) × rate, without haircut")
        for row in rows {
            let (currency, sum, owed) = (try row.text(0), try row.amount(1), try row.amount(2))
            guard !row.isNull(4) else {
                say(2, "\(currency): day's variation margin \(sum), received: it lowers nothing else; owed \(owed)")
                continue
            }
            say(
                2,
                "\(currency): day's variation margin \(sum), still owed \(owed): max(0, −(\(sum))) + \(owed) = "
                    + "\(try row.amount(3)); × \(try row.amount(4)) = \(try row.amount(6)) \(try row.text(5))")
        }
    }
}
