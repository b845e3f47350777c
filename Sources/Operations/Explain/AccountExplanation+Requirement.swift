import Postgres
import Quantities
import Storage

extension AccountExplanation {
    /// Each currency's requirement, what its lines put into it, and every bound that changed it.
    mutating func explainCurrencies() throws {
        let terms = try connection.optional(.explainAccount, key)
        let isCapped = try terms.map { try $0.text(0) == "gross_omnibus" || $0.bool(3) } ?? false
        let bounds = try AccountBound.all(key, from: connection)
        let lines = try connection.rows(.explainRiskLines, key)
        for row in try connection.rows(.explainCurrencies, key) {
            let (owner, currency) = (try row.text(0), try row.text(1))
            let name = "\(try ownerText(row, 0))\(currency): requirement \(try row.amount(5))"
            let parts = try lines.filter { try $0.text(0) == owner && $0.text(1) == currency }
            if isCapped {
                say(
                    1,
                    "\(name) = Σ max(0, initial risk − net option value) + offset add-back \(try row.amount(3)): net "
                        + "option value is capped at the initial risk")
                for part in parts {
                    let left = max(.zero, try part.exact(3) - part.exact(5))
                    say(2, "\(try part.text(2)): max(0, \(try part.amount(3)) − \(try part.amount(5))) = \(left)")
                }
            } else {
                say(
                    1,
                    "\(name) from initial risk \(try row.amount(2)) + offset add-back \(try row.amount(3)) − net "
                        + "option value \(try row.amount(4)), not below 0")
            }
            if let terms, try row.exact(3) != .zero {
                let alone = try parts.reduce(ExactDecimal.zero) { $0 + (try $1.exact(4)) }
                say(
                    2,
                    "offset add-back \(try row.amount(3)) = (1 − offset cap \(try terms.amount(4))) × (stand-alone "
                        + "initial risk \(alone) − initial risk \(try row.amount(2)))")
            }
            for bound in bounds where bound.owner == owner && bound.item == currency { say(2, bound.words) }
        }
    }

    /// The bounds of one combined commodity's risk that changed it.
    mutating func explainBounds(_ bounds: [AccountBound], _ owner: String, _ commodity: String) {
        for bound in bounds where bound.owner == owner && bound.item == commodity { say(1, bound.words) }
    }

    /// Months · rates of the delivery charge, where there is one.
    mutating func explainDelivery(_ months: Rows, _ owner: String, _ commodity: String, charge: String) throws {
        let rows = try months.filter { try $0.text(0) == owner && $0.text(1) == commodity }
        guard !rows.isEmpty else { return }
        say(1, "delivery charge \(charge) = Σ delta left × outright rate + delta consumed × spread rate")
        for row in rows {
            say(
                2,
                "\(try row.text(2)): \(try row.amount(3)) × \(try row.amount(4)) + \(try row.amount(5)) × "
                    + "\(try row.amount(6)) = \(try row.amount(7))")
        }
    }
}
