import TextFiles

extension CaseImport {
    /// The stress set with its scenarios, what stands behind the members, and how a close-out moves prices.
    mutating func add(stress row: JSONValue) throws {
        let (set, date) = (Self.parameterSet, "\(businessDate)")
        let (reverse, round) = (row["reverse"], row["second_round"])
        if let base = row.optional("base_currency") {
            tables.add("house", ["effective_from": date, "base_currency": base])
        }
        tables.add(
            "stress_set",
            [
                "parameter_set": set, "stress_set": set, "horizon_days": row.optional("horizon_days"),
                "house_surplus_covers_clients": "\(row.flag("house_surplus_covers_clients"))",
                "add_on_share": row.optional("add_on_share"), "cover_count": row.optional("cover_count"),
                "reverse_step": reverse?.optional("step"), "reverse_max": reverse?.optional("max"),
                "round_cap": round?.optional("round_cap"), "close_out_days": round?.optional("close_out_days"),
                "clients_are_closed_out": "\(round?.flag("clients_are_closed_out") ?? false)",
            ])
        for scenario in row.list("scenarios") { try add(stressScenario: scenario) }
        if let fund = row["guaranty_fund"] {
            tables.add(
                "guaranty_fund",
                [
                    "effective_from": date, "amount": fund.optional("amount"), "currency": fund.optional("currency"),
                ])
        }
        try addStated("guaranty_fund_contribution", row.list("contributions"))
        try addStated("liquidity_resource", round?.list("liquidity_resources") ?? [])
        for impact in round?.list("impacts") ?? [] {
            tables.add(
                "close_out_impact",
                [
                    "parameter_set": set, "combined_commodity": try impact.required("combined_commodity"),
                    "impact_coefficient": try impact.required("impact_coefficient"),
                ])
        }
    }

    private mutating func add(stressScenario row: JSONValue) throws {
        let number = try row.required("number")
        tables.add(
            "stress_scenario",
            [
                "parameter_set": Self.parameterSet, "number": number, "scenario": try row.required("id"),
                "kind": try row.required("kind"), "from_date": row.optional("from_date"),
                "to_date": row.optional("to_date"),
            ])
        for (place, move) in row.list("moves").enumerated() {
            tables.add(
                "stress_move",
                [
                    "parameter_set": Self.parameterSet, "number": number, "move": "\(place + 1)",
                    "combined_commodity": move.optional("combined_commodity"),
                    "from_month": move.optional("from_month"), "to_month": move.optional("to_month"),
                    "price_kind": try move.required("price_kind"), "price_move": try move.required("price_move"),
                    "volatility_kind": move.optional("volatility_kind"),
                    "volatility_move": move.optional("volatility_move"),
                ])
        }
    }

    /// Amounts of members that hold from the business date on.
    private mutating func addStated(_ table: String, _ rows: [JSONValue]) throws {
        for row in rows {
            tables.add(
                table,
                [
                    "effective_from": "\(businessDate)", "member": try row.required("member"),
                    "amount": try row.required("amount"), "currency": try row.required("currency"),
                ])
        }
    }
}
