import TextFiles

/// The figures of the add-ons (docs/methodology.md §7, §9).
extension CaseFigures {
    /// Each kind of add-on states what it is computed from.
    func addOn(_ row: ResultRow) -> JSONValue {
        switch row.text("add_on") {
        case "liquidity":
            object(
                row,
                [
                    "name": "add_on", "id": "item", "base": "base", "liquidation_days": "liquidation_days",
                    "alpha": "multiplier", "amount": "amount",
                ])
        case "half_spread":
            object(row, ["name": "add_on", "id": "item", "size": "position_size", "amount": "amount"])
        case "impact": object(row, ["name": "add_on", "id": "item", "amount": "amount"])
        case "credit":
            .object(
                object(row, ["base": "base", "multiplier": "multiplier", "amount": "amount"]).members
                    .merging(["name": .text("credit_grade")]) { $1 })
        case "correlation_underestimation": object(row, ["name": "add_on", "amount": "amount"])
        default:
            object(row, ["name": "add_on", "id": "item", "base": "base", "size": "position_size", "amount": "amount"])
        }
    }

    func underestimation(_ account: String) -> JSONValue {
        let names = ["0": "full", "0.1": "0.1", "0.2": "0.2", "all": "none"]
        var figures: [String: JSONValue] = ["add_on": .text("0")]
        for row in rows.rows("requirement_at_credit_cut", account: account) {
            figures[names[row.text("credit_cut")] ?? row.text("credit_cut")] = .text(row.text("requirement"))
        }
        for row in rows.rows("add_on", account: account) where row["add_on"] == "correlation_underestimation" {
            figures["add_on"] = .text(row.text("amount"))
        }
        return .object(figures)
    }

    /// The one member whose accounts the format aggregates, and what each of them bears.
    func memberConcentration(_ input: JSONValue) -> JSONValue? {
        let code = input.optional("combined_commodity")
        guard let row = rows["member_concentration"].first(where: { $0["combined_commodity"] == code }) else {
            return nil
        }
        let shares = rows["add_on"].filter { $0["level"] == "member" && $0["item"] == code }
        var figures = object(
            row,
            [
                "net": "net_delta", "base": "base", "member_charge": "member_charge", "own_charges": "own_charges",
                "excess": "excess",
            ]
        ).members
        figures["allocation"] = .object(
            Dictionary(
                shares.map { ($0.text("account"), .text($0.text("amount"))) }, uniquingKeysWith: { first, _ in first }))
        return .object(figures)
    }
}
