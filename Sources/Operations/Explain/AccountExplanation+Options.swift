import Postgres
import Quantities
import Storage

extension AccountExplanation {
    /// Σ quantity · price · contract value factor of the premium-style options, and the minimum for the short ones.
    mutating func explainOptions(_ options: Rows, _ component: Row, isGross: Bool) throws {
        let (owner, commodity) = (try component.text("owner"), try component.text("combined_commodity"))
        let rows = try options.filter { try $0.text("owner") == owner && $0.text("combined_commodity") == commodity }
        try explainShortOptionMinimum(rows, component, isGross: isGross)
        let premium = try rows.filter { try $0.text("option_style") == "premium" }
        guard !premium.isEmpty else { return }
        say(
            1,
            "net option value \(try component.amount("net_option_value")) \(try component.text("currency")) = Σ "
                + "quantity × price × contract value "
                + "factor" + (isGross ? ", of long options at most their largest loss" : ""))
        for row in premium {
            say(2, "\(try row.text("series")): \(try isGross ? grossValue(row) : netValue(row))")
        }
    }

    private func netValue(_ row: Row) throws -> String {
        let quantity = try row.int64("long_quantity") - row.int64("short_quantity")
        let (price, factor) = (try row.exact("price"), try row.exact("contract_value_factor"))
        return "\(quantity) × \(price) × \(factor) = \(ExactDecimal(Int(quantity)) * price * factor)"
    }

    private func grossValue(_ row: Row) throws -> String {
        let (long, short) = (
            ExactDecimal(Int(try row.int64("long_quantity"))), ExactDecimal(Int(try row.int64("short_quantity")))
        )
        let (price, factor) = (try row.exact("price"), try row.exact("contract_value_factor"))
        let loss = ExactDecimal(minorUnits: try row.int64("long_loss"), decimals: Int(try row.int16("array_decimals")))
        let value = min(long * price * factor, long * loss) - short * price * factor
        return "min(\(long) × \(price) × \(factor), \(long) × \(loss)) − \(short) × \(price) × \(factor) = \(value)"
    }

    private mutating func explainShortOptionMinimum(_ rows: [Row], _ component: Row, isGross: Bool) throws {
        guard try component.exact("short_option_minimum") > .zero else { return }
        var short = ["call": Int64(0), "put": 0]
        for row in rows {
            let (long, written) = (try row.int64("long_quantity"), try row.int64("short_quantity"))
            short[try row.text("option_right"), default: 0] += isGross ? written : max(0, written - long)
        }
        let (calls, puts) = (short["call"] ?? 0, short["put"] ?? 0)
        let count =
            try component.text("short_option_minimum_method") == "max"
            ? "max(\(calls) short calls, \(puts) short puts)" : "(\(calls) short calls + \(puts) short puts)"
        say(
            1,
            "short option minimum \(try component.amount("short_option_minimum")) = \(count) × "
                + "\(try component.amount("short_option_minimum_rate"))")
    }
}
