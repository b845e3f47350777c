import Postgres
import Quantities
import Storage

extension AccountExplanation {
    /// Each currency's requirement, what its lines put into it, and every bound that changed it.
    mutating func explainCurrencies() throws {
        let terms = try connection.optional(.explainAccount, key)
        let isCapped =
            try terms.map { try $0.text("margining_type") == "gross_omnibus" || $0.bool("net_option_value_is_capped") }
            ?? false
        let bounds = try AccountBound.all(key, from: connection)
        let lines = try connection.rows(.explainRiskLines, key)
        for row in try connection.rows(.explainCurrencies, key) {
            let (owner, currency) = (try row.text("owner"), try row.text("currency"))
            let name = "\(try ownerText(row))\(currency): requirement \(try row.amount("requirement"))"
            let parts = try lines.filter { try $0.text("owner") == owner && $0.text("currency") == currency }
            if isCapped {
                say(
                    1,
                    "\(name) = Σ max(0, initial risk − net option value) + offset add-back "
                        + "\(try row.amount("offset_add_back")): net option value is capped at the initial risk")
                for part in parts {
                    let left = max(.zero, try part.exact("initial_risk") - part.exact("net_option_value"))
                    say(
                        2,
                        "\(try part.text("line")): max(0, \(try part.amount("initial_risk")) − "
                            + "\(try part.amount("net_option_value"))) = \(left)")
                }
            } else {
                say(
                    1,
                    "\(name) from initial risk \(try row.amount("initial_risk")) + offset add-back "
                        + "\(try row.amount("offset_add_back")) − net option value "
                        + "\(try row.amount("net_option_value")), not below 0")
            }
            if let terms, try row.exact("offset_add_back") != .zero {
                let alone = try parts.reduce(ExactDecimal.zero) { $0 + (try $1.exact("standalone_initial_risk")) }
                say(
                    2,
                    "offset add-back \(try row.amount("offset_add_back")) = (1 − offset cap "
                        + "\(try terms.amount("offset_cap"))) × (stand-alone initial risk \(alone) − initial risk "
                        + "\(try row.amount("initial_risk")))")
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
        let rows = try months.filter { try $0.text("owner") == owner && $0.text("combined_commodity") == commodity }
        guard !rows.isEmpty else { return }
        say(1, "delivery charge \(charge) = Σ delta left × outright rate + delta consumed × spread rate")
        for row in rows {
            say(
                2,
                "\(try row.text("contract_month")): \(try row.amount("remaining")) × "
                    + "\(try row.amount("outright_rate")) + \(try row.amount("consumed")) × "
                    + "\(try row.amount("spread_rate")) = \(try row.amount("charge"))")
        }
    }
}
