import Postgres
import Quantities
import Storage

extension AccountExplanation {
    /// Σ quantity · price · contract value factor of the premium-style options, and the minimum for the short ones.
    mutating func explainOptions(_ options: Rows, _ component: Row, isGross: Bool) throws {
        let (owner, commodity) = (try component.text(0), try component.text(1))
        let rows = try options.filter { try $0.text(0) == owner && $0.text(1) == commodity }
        try explainShortOptionMinimum(rows, component, isGross: isGross)
        let premium = try rows.filter { try $0.text(4) == "premium" }
        guard !premium.isEmpty else { return }
        say(
            1,
            "net option value \(try component.amount(15)) \(try component.text(2)) = Σ quantity × price × contract "
                + "value factor" + (isGross ? ", of long options at most their largest loss" : ""))
        for row in premium {
            say(2, "\(try row.text(2)): \(try isGross ? grossValue(row) : netValue(row))")
        }
    }

    private func netValue(_ row: Row) throws -> String {
        let quantity = try row.int64(5) - row.int64(6)
        let (price, factor) = (try row.exact(7), try row.exact(8))
        return "\(quantity) × \(price) × \(factor) = \(ExactDecimal(Int(quantity)) * price * factor)"
    }

    private func grossValue(_ row: Row) throws -> String {
        let (long, short) = (ExactDecimal(Int(try row.int64(5))), ExactDecimal(Int(try row.int64(6))))
        let (price, factor) = (try row.exact(7), try row.exact(8))
        let loss = ExactDecimal(minorUnits: try row.int64(10), decimals: Int(try row.int16(9)))
        let value = min(long * price * factor, long * loss) - short * price * factor
        return "min(\(long) × \(price) × \(factor), \(long) × \(loss)) − \(short) × \(price) × \(factor) = \(value)"
    }

    private mutating func explainShortOptionMinimum(_ rows: [Row], _ component: Row, isGross: Bool) throws {
        guard try component.exact(14) > .zero else { return }
        var short = ["call": Int64(0), "put": 0]
        for row in rows {
            let (long, written) = (try row.int64(5), try row.int64(6))
            short[try row.text(3), default: 0] += isGross ? written : max(0, written - long)
        }
        let (calls, puts) = (short["call"] ?? 0, short["put"] ?? 0)
        let count =
            try component.text(21) == "max"
            ? "max(\(calls) short calls, \(puts) short puts)" : "(\(calls) short calls + \(puts) short puts)"
        say(1, "short option minimum \(try component.amount(14)) = \(count) × \(try component.amount(22))")
    }
}
