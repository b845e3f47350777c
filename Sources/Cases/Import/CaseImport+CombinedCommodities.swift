import Quantities
import Runtime
import TextFiles

extension CaseImport {
    mutating func add(combinedCommodity row: JSONValue) throws {
        let code = try row.required("id")
        tables.add(
            "combined_commodity",
            [
                "combined_commodity": code, "name": code, "currency": try row.required("currency"),
                "can_trade_at_or_below_zero": "true",
            ])
        guard let priceRange = row["price_scan_range"], let volatilityRange = row["volatility_scan_range"] else {
            throw Failure(.inputRejected, "combined commodity \(code) lacks its scan ranges")
        }
        let set = try scenarioSet(
            extremeMultiple: row["extreme_multiple"] == nil ? ExactDecimal(2) : row.decimal("extreme_multiple"),
            extremeCover: row["extreme_cover"] == nil
                ? ExactDecimal(mantissa: 35, scale: 2) : row.decimal("extreme_cover"))
        let minimum = row["short_option_minimum"]
        tables.add(
            "combined_commodity_margin",
            [
                "parameter_set": Self.parameterSet, "combined_commodity": code, "scenario_set": set,
                "price_scan_range_kind": try priceRange.required("kind"),
                "price_scan_range": try priceRange.required("value"),
                "volatility_scan_range_kind": try volatilityRange.required("kind"),
                "volatility_scan_range": try volatilityRange.required("value"),
                "volatility_floor": try row.required("volatility_floor"),
                "look_ahead_days": row.optional("look_ahead_days"), "array_decimals": row.optional("array_decimals"),
                "weighted_price_risk_method": row.optional("weighted_price_risk"),
                "delta_kind": row.optional("delta_kind"),
                "short_option_minimum_method": minimum?.optional("method"),
                "short_option_minimum_rate": minimum?.optional("rate"), "keeps_workings": "true",
            ])
        for tier in row.list("scan_range_tiers") {
            tables.add(
                "price_scan_range_tier",
                [
                    "parameter_set": Self.parameterSet, "combined_commodity": code,
                    "from_month": try tier.required("from"), "to_month": try tier.required("to"),
                    "price_scan_range_kind": try tier.required("kind"), "price_scan_range": try tier.required("value"),
                ])
        }
        try addTiers(of: row, code)
        for charge in row.list("delivery") {
            tables.add(
                "delivery_charge",
                [
                    "parameter_set": Self.parameterSet, "combined_commodity": code,
                    "contract_month": try charge.required("month"),
                    "outright_rate": try charge.required("outright_rate"),
                    "spread_rate": try charge.required("spread_rate"), "applies_to": charge.optional("applies_to"),
                ])
        }
        for spread in row.list("intra_spreads") { try add(intraSpread: spread, of: code) }
    }

    private mutating func addTiers(of row: JSONValue, _ code: String) throws {
        let scannedApart = row.list("scan_tiers").compactMap(\.text)
        let tiers = row.list("tiers")
        for tier in scannedApart where !tiers.contains(where: { $0.optional("id") == tier }) {
            throw Failure(.inputRejected, "combined commodity \(code) scans the unknown tier \(tier) apart")
        }
        for tier in tiers {
            let id = try tier.required("id")
            for month in tier.list("months") {
                tables.add(
                    "month_tier",
                    [
                        "parameter_set": Self.parameterSet, "combined_commodity": code, "tier": id,
                        "contract_month": month.text, "is_scanned_apart": "\(scannedApart.contains(id))",
                    ])
            }
        }
    }

    private mutating func add(intraSpread row: JSONValue, of code: String) throws {
        let spread = try row.required("id")
        guard let charge = row["charge"] else {
            throw Failure(.inputRejected, "calendar spread \(spread) of \(code) has no charge")
        }
        let kind = try charge.required("kind")
        tables.add(
            "intra_spread",
            [
                "parameter_set": Self.parameterSet, "combined_commodity": code, "spread": spread,
                "leg_kind": try row.required("kind"), "priority": try row.required("priority"),
                "charge_kind": kind == "wfpr" ? "weighted_price_risk" : kind,
                "charge_rate": try charge.required("rate"),
            ])
        for (index, leg) in row.list("legs").enumerated() {
            tables.add(
                "intra_spread_leg",
                [
                    "parameter_set": Self.parameterSet, "combined_commodity": code, "spread": spread,
                    "leg": "\(index + 1)", "side": try leg.required("side"), "tier": leg.optional("tier"),
                    "contract_month": leg.optional("month"), "ratio": try leg.required("ratio"),
                ])
        }
    }

    mutating func add(interSpread row: JSONValue) throws {
        let spread = try row.required("id")
        tables.add(
            "inter_spread",
            [
                "parameter_set": Self.parameterSet, "spread": spread, "priority": try row.required("priority"),
                "kind": try row.required("kind"), "is_super": "\(row.flag("super"))",
                "credit_rate": row.optional("rate"),
            ])
        for (index, leg) in row.list("legs").enumerated() {
            tables.add(
                "inter_spread_leg",
                [
                    "parameter_set": Self.parameterSet, "spread": spread, "leg": "\(index + 1)",
                    "combined_commodity": try leg.required("combined_commodity"), "tier": leg.optional("tier"),
                    "side": try leg.required("side"), "ratio": leg.optional("ratio") ?? "1",
                    "credit_rate": leg.optional("rate"),
                ])
        }
    }
}
