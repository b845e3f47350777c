import ClearingModel
import Quantities
import TextFiles

/// The components of one owner of an account (the account itself where it has none), in the form of the expectations.
struct OwnerFigures {
    let input: JSONValue
    let rows: ResultRows
    let account: String
    let owner: String

    private func rows(_ table: String) -> [ResultRow] { rows.rows(table, account: account, owner: owner) }

    func members() -> [String: JSONValue] {
        let components = rows("combined_commodity_risk")
        let spreads = rows("spread_leg_formed")
        let scanSpreads = rows("scan_spread_risk")
        var members: [String: JSONValue] = [
            "combined_commodities": .array(components.map { combinedCommodity($0, spreads) }),
            "risks": .array(
                components.filter { $0.text("scan_spread").isEmpty }.map { row in
                    risk(row, id: row.text("combined_commodity"), legs: [row.text("combined_commodity")])
                } + scanSpreads.map { row in risk(row, id: row.text("spread"), legs: row.list("legs")) }),
            "currencies": .object(
                Dictionary(
                    rows("currency_requirement").map { row in
                        (
                            row.text("currency"),
                            object(
                                row,
                                [
                                    "risk": "initial_risk", "nov": "net_option_value", "add_back": "offset_add_back",
                                    "requirement": "requirement",
                                ])
                        )
                    }, uniquingKeysWith: { first, _ in first })),
        ]
        let inter = spreads.filter { $0["step"] != "intra" }
        if !inter.isEmpty { members["inter_spreads"] = .array(formed(inter).map(interSpread)) }
        if !scanSpreads.isEmpty { members["scan_groups"] = .array(scanSpreads.map(scanGroup)) }
        return members
    }

    private func combinedCommodity(_ row: ResultRow, _ spreads: [ResultRow]) -> JSONValue {
        let code = row.text("combined_commodity")
        let tiers = rows("tier_risk").filter { $0["combined_commodity"] == code }
        var members = object(
            row,
            [
                "id": "combined_commodity", "currency": "currency", "active_scenario": "active_scenario",
                "time": "time_risk", "volatility": "volatility_risk", "price": "price_risk", "net_delta": "net_delta",
                "weighted_price_risk_normal": "weighted_price_risk_normal",
                "weighted_price_risk": "weighted_price_risk", "intra_charge": "intra_charge",
                "delivery_charge": "delivery_charge", "inter_credit": "inter_credit",
                "short_option_minimum": "short_option_minimum", "net_option_value": "net_option_value",
            ]
        ).members
        members["array"] = array(row, "portfolio_array")
        members["scan"] = .text(scan(of: row, tiers))
        members["month_deltas"] = deltas(row.list("contract_months"), row.list("month_deltas"))
        members["remaining_deltas"] = deltas(row.list("contract_months"), row.list("remaining_deltas"))
        if !tiers.isEmpty {
            members["tiers"] = .object(
                Dictionary(tiers.map { ($0.text("tier"), tier($0)) }, uniquingKeysWith: { first, _ in first }))
        }
        let intra = spreads.filter { $0["step"] == "intra" && $0["combined_commodity"] == code }
        members["intra_spreads"] = .array(formed(intra).map(intraSpread))
        members["delivery_months"] = .array(
            rows("delivery_month_charge").filter { $0["combined_commodity"] == code }.map { month in
                object(
                    month,
                    [
                        "month": "contract_month", "remaining": "remaining", "consumed": "consumed",
                        "charge": "charge",
                    ])
            })
        return .object(members)
    }

    /// The exact scan: the tables have it rounded to the minor unit, the array and the tiers exact.
    private func scan(of row: ResultRow, _ tiers: [ResultRow]) -> String {
        let commodity = input.list("combined_commodities").first {
            $0.optional("id") == row["combined_commodity"]
        }
        let apart = commodity?.list("scan_tiers").compactMap(\.text) ?? []
        if !apart.isEmpty { return sum(tiers.filter { apart.contains($0.text("tier")) }, "scan") }
        return largest(row.list("portfolio_array"), decimals: Int(row.text("array_decimals")) ?? 0)
    }

    private func largest(_ units: [String], decimals: Int) -> String {
        scaled(max(0, units.compactMap { Int64($0) }.max() ?? 0), decimals)
    }

    private func tier(_ row: ResultRow) -> JSONValue {
        object(
            row,
            [
                "scan": "scan", "active_scenario": "active_scenario", "time": "time_risk",
                "volatility": "volatility_risk", "price": "price_risk", "net_delta": "net_delta",
                "weighted_price_risk": "weighted_price_risk",
            ])
    }

    private func risk(_ row: ResultRow, id: String, legs: [String]) -> JSONValue {
        var members = object(
            row,
            [
                "currency": "currency", "scan": "scan", "intra": "intra_charge", "delivery": "delivery_charge",
                "credits": "applied_credit", "som": "short_option_minimum", "nov": "net_option_value", "risk": "risk",
                "initial": "initial_risk",
            ]
        ).members
        members["id"] = .text(id)
        members["legs"] = .array(legs.map { .text($0) })
        return .object(members)
    }

    private func scanGroup(_ row: ResultRow) -> JSONValue {
        let exact = row.list("portfolio_array")
        var members = object(
            row,
            [
                "id": "spread", "active_scenario": "active_scenario", "time": "time_risk",
                "volatility": "volatility_risk", "price": "price_risk",
            ]
        ).members
        members["legs"] = .array(row.list("legs").map { .text($0) })
        members["array"] = .array(exact.map { .text($0) })
        members["scan"] = .text(max(.zero, exact.compactMap { ExactDecimal($0) }.max() ?? .zero).description)
        return .object(members)
    }

    /// The legs of every spread formed, in the order in which the spreads formed.
    private func formed(_ legs: [ResultRow]) -> [[ResultRow]] {
        var spreads: [[ResultRow]] = []
        for leg in legs.sorted(by: { order(of: $0) < order(of: $1) }) {
            if let last = spreads.last?.first, last["sequence"] == leg["sequence"], last["step"] == leg["step"] {
                spreads[spreads.count - 1].append(leg)
            } else {
                spreads.append([leg])
            }
        }
        return spreads
    }

    private func order(of leg: ResultRow) -> (Int, Int) {
        (Int(leg.text("sequence")) ?? 0, Int(leg.text("leg")) ?? 0)
    }

    private func intraSpread(_ legs: [ResultRow]) -> JSONValue {
        .object([
            "id": .text(legs[0].text("spread")), "a_side": .text(legs[0].text("a_side")),
            "n": .text(legs[0].text("spread_count")), "charge": .text(sum(legs, "charge")),
            "legs": .array(
                legs.map { leg in
                    var members = object(leg, ["side": "side", "at": "pool", "consumed": "consumed"]).members
                    members["months"] = deltas(leg.list("contract_months"), leg.list("consumed_by_month"))
                    return .object(members)
                }),
        ])
    }

    private func interSpread(_ legs: [ResultRow]) -> JSONValue {
        .object([
            "id": .text(legs[0].text("spread")), "step": .text(legs[0].text("step")),
            "n": .text(legs[0].text("spread_count")),
            "legs": .array(
                legs.map { leg in
                    var members = object(
                        leg,
                        [
                            "combined_commodity": "combined_commodity", "side": "side", "delta_before": "delta_before",
                            "consumed": "consumed", "weighted_price_risk": "weighted_price_risk", "rate": "rate",
                            "credit": "credit",
                        ]
                    ).members
                    if !leg.text("pool").isEmpty { members["tier"] = .text(leg.text("pool")) }
                    return .object(members)
                }),
        ])
    }

    private func deltas(_ months: [String], _ units: [String]) -> JSONValue {
        .object(
            Dictionary(
                zip(months, units).map { ($0, .text(Int64($1).map { Delta(units: $0).description } ?? $1)) },
                uniquingKeysWith: { first, _ in first }))
    }
}
