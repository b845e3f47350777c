import Quantities
import TextFiles

/// What a run came to, in the form of a neutral case's expectations, from the rows of the database alone.
struct CaseFigures {
    let input: JSONValue
    let rows: ResultRows

    /// The whole of `expected`.
    func document() -> JSONValue {
        let accounts = input.list("accounts")
        let arrays = rows["risk_array"].map { row in (row.text("series"), riskArray(row)) }
        var members: [String: JSONValue] = [
            "risk_arrays": .object(Dictionary(arrays, uniquingKeysWith: { first, _ in first })),
            "accounts": .array(accounts.map(account)),
        ]
        members["member_concentration"] = input["member_concentration"].flatMap(memberConcentration)
        members["house"] = .object([
            "requirement": .text(sum(rows["requirement"], "converted_amount")),
            "call": .text(sum(rows["margin_call"], "call_amount")),
        ])
        return .object(members)
    }

    private func riskArray(_ row: ResultRow) -> JSONValue {
        var members: [String: JSONValue] = [
            "array": array(row, "risk_array"), "composite_delta": .text(row.text("composite_delta")),
            "price_scan_range": .text(row.text("price_scan_range")),
        ]
        members["volatility"] = row["volatility"].map { .text($0) }
        members["volatility_rule"] = row["volatility_rule"].map { .text($0) }
        return .object(members)
    }

    private func account(_ input: JSONValue) -> JSONValue {
        let id = input.optional("id") ?? ""
        let type = input.optional("type") ?? ""
        let requirements = rows.rows("requirement", account: id)
        var members: [String: JSONValue] = [
            "id": .text(id), "type": .text(type), "requirement": .text(sum(requirements, "converted_amount")),
            "requirement_by_currency": .array(
                requirements.map { row in
                    object(
                        row,
                        [
                            "currency": "currency", "amount": "amount", "rate": "fx_rate", "haircut": "fx_haircut",
                            "converted": "converted_amount",
                        ])
                }),
        ]
        let owner = OwnerFigures(input: self.input, rows: rows, account: id, owner: "")
        switch type {
        case "segregated":
            members["owners"] = .array(
                input.list("owners").compactMap { $0.optional("id") }.map { code in
                    let figures = OwnerFigures(input: self.input, rows: rows, account: id, owner: code)
                    return .object(figures.members().merging(["id": .text(code)]) { $1 })
                })
        case "gross_omnibus":
            members["omnibus"] = OmnibusFigures(input: self.input, account: input, rows: rows).document()
        default: members.merge(owner.members()) { $1 }
        }
        members.merge(calls(input, id)) { $1 }
        return .object(members)
    }

    /// What is in the expectations of accounts whose input asks for it.
    private func calls(_ input: JSONValue, _ id: String) -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        if input["call_rule"] != nil {
            members["margin_call"] = rows.rows("margin_call", account: id).first.map { row in
                object(
                    row,
                    [
                        "requirement": "requirement", "add_ons": "add_ons",
                        "unpaid_variation_margin": "unpaid_variation_margin", "collateral_value": "collateral_value",
                        "deficit": "deficit", "call": "call_amount", "returned": "return_amount",
                    ])
            }
        }
        if input["collateral"] != nil {
            members["collateral"] = .array(
                rows.rows("collateral_value", account: id).map { row in
                    object(row, ["id": "item", "value": "accepted_value", "excluded": "excluded"])
                })
        }
        if input["book"] != nil {
            members["variation_margin"] = variationMargin(id)
            members["closing_positions"] = .object(
                (rows.closingPositions[id] ?? [:]).mapValues { .text($0) })
        }
        let own = rows.rows("add_on", account: id).filter { $0["level"] == "account" }
        if input["add_ons"] != nil || !own.isEmpty { members["add_ons"] = .array(own.map(addOn)) }
        if input["underestimation"] != nil { members["underestimation"] = underestimation(id) }
        return members
    }

    private func variationMargin(_ account: String) -> JSONValue {
        let lines = rows.rows("variation_margin", account: account)
        let currencies = Dictionary(grouping: lines) { $0.text("currency") }
        return .object([
            "lines": .array(
                lines.map { row in
                    object(
                        row,
                        [
                            "kind": "kind", "contract": "series", "quantity": "quantity", "currency": "currency",
                            "amount": "amount",
                        ])
                }),
            "by_currency": .object(currencies.mapValues { .text(sum($0, "amount")) }),
        ])
    }
}

/// Some cells of a row under the names of the format; empty cells are left out.
func object(_ row: ResultRow, _ columns: [String: String]) -> JSONValue {
    .object(columns.compactMapValues { column in row[column].map { .text($0) } })
}

/// A list of whole array units as amounts.
func array(_ row: ResultRow, _ column: String) -> JSONValue {
    let decimals = Int(row.text("array_decimals")) ?? 0
    return .array(
        row.list(column).map { .text(Int64($0).map { scaled($0, decimals) } ?? $0) })
}

/// Whole units of a decimal place as text.
func scaled(_ units: Int64, _ decimals: Int) -> String {
    ExactDecimal(mantissa: Int128(units), scale: decimals).description
}

/// The sum of a column, exact.
func sum(_ rows: [ResultRow], _ column: String) -> String {
    rows.reduce(ExactDecimal.zero) { $0 + (ExactDecimal($1.text(column)) ?? .zero) }.description
}
