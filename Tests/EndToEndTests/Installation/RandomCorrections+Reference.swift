import Foundation
import Postgres

/// Changes of what is not a price, a position or collateral: parameters, rates, reference rows.
extension RandomCorrections {
    /// A column of a table that may be corrected: SQL for its new value, of the row `t`.
    struct Correctable {
        let table: String
        let keys: [String]
        let column: String
        let value: String
        var condition = "true"
    }

    static let overrides = [
        Correctable(
            table: "combined_commodity_margin", keys: ["combined_commodity"], column: "price_scan_range",
            value: "round(t.price_scan_range * 1.07, 4)"),
        Correctable(
            table: "combined_commodity_margin", keys: ["combined_commodity"], column: "short_option_minimum_rate",
            value: "t.short_option_minimum_rate + 3"),
        Correctable(
            table: "price_scan_range_tier", keys: ["combined_commodity", "from_month"], column: "price_scan_range",
            value: "round(t.price_scan_range * 1.05, 4)"),
        Correctable(
            table: "intra_spread", keys: ["combined_commodity", "spread"], column: "charge_rate",
            value: "t.charge_rate + 9"),
        Correctable(
            table: "inter_spread", keys: ["spread"], column: "credit_rate", value: "round(t.credit_rate * 0.9, 6)",
            condition: "t.credit_rate is not null"),
        Correctable(
            table: "inter_spread_leg", keys: ["spread", "leg"], column: "ratio", value: "t.ratio + 1"),
        Correctable(
            table: "delivery_charge", keys: ["combined_commodity", "contract_month"], column: "outright_rate",
            value: "t.outright_rate + 50"),
        Correctable(
            table: "account_class", keys: ["account_class"], column: "initial_ratio", value: "t.initial_ratio + 0.01"),
        Correctable(
            table: "account_class", keys: ["account_class"], column: "correlation_underestimation_kappa",
            value: "coalesce(t.correlation_underestimation_kappa, 0.2) + 0.1"),
        Correctable(
            table: "call_rule", keys: ["account_class"], column: "threshold", value: "t.threshold + 25000"),
        Correctable(
            table: "fx_haircut", keys: ["from_currency", "to_currency"], column: "haircut", value: "t.haircut + 0.005"),
        Correctable(
            table: "collateral_haircut", keys: ["asset"], column: "haircut", value: "t.haircut + 0.01"),
        Correctable(
            table: "collateral_limit", keys: ["account_class", "limit_kind", "asset_class"], column: "share",
            value: "round(t.share * 0.8, 6)"),
        Correctable(
            table: "liquidity_group", keys: ["account_class", "liquidity_group"], column: "horizon_days",
            value: "t.horizon_days + 0.5"),
        Correctable(
            table: "liquidity_group_member", keys: ["account_class", "combined_commodity"], column: "extra_days",
            value: "t.extra_days + 1"),
        Correctable(
            table: "concentration_tier", keys: ["account_class", "combined_commodity", "above"], column: "rate",
            value: "t.rate + 0.02"),
        Correctable(
            table: "member_concentration_tier", keys: ["combined_commodity", "above"], column: "rate",
            value: "t.rate + 0.02"),
        Correctable(
            table: "half_spread_charge", keys: ["account_class", "combined_commodity"], column: "tier_factor",
            value: "t.tier_factor + 0.5"),
        Correctable(
            table: "data_gate", keys: ["rule", "combined_commodity"], column: "severity",
            value: "case t.severity when 'flag' then 'off' else 'flag' end", condition: "t.severity <> 'block'"),
        Correctable(
            table: "scenario", keys: ["scenario_set", "scenario"], column: "weight", value: "round(t.weight * 0.9, 6)",
            condition: "t.scenario = 15"),
    ]

    static let references = [
        Correctable(
            table: "fx_rate", keys: ["from_currency", "to_currency"], column: "rate", value: "round(t.rate * 1.004, 8)",
            condition: "t.business_date = '2018-12-28'"),
        Correctable(
            table: "interest_rate", keys: ["rate_code"], column: "rate", value: "t.rate + 0.0003",
            condition: "t.business_date = '2018-12-28'"),
        Correctable(
            table: "liquidity", keys: ["combined_commodity"], column: "average_daily_volume",
            value: "round(t.average_daily_volume * 0.7, 2)", condition: "t.business_date = '2018-12-28'"),
        Correctable(
            table: "volatility", keys: ["instrument"], column: "volatility", value: "round(t.volatility * 1.02, 8)",
            condition: "t.business_date = '2018-12-28'"),
        Correctable(
            table: "contract", keys: ["contract"], column: "contract_value_factor",
            value: "round(t.contract_value_factor * 1.02, 4)"),
        Correctable(
            table: "contract", keys: ["contract"], column: "tick_size", value: "t.tick_size + 0.01"),
        Correctable(
            table: "series", keys: ["series"], column: "strike", value: "t.strike + 0.01",
            condition: "t.option_right is not null and t.expiry_date > '2018-12-28'"),
        Correctable(
            table: "combined_commodity", keys: ["combined_commodity"], column: "is_synthetic",
            value: "not t.is_synthetic"),
        Correctable(
            table: "clearing_member", keys: ["member"], column: "credit_multiplier",
            value: "t.credit_multiplier + 0.1"),
        Correctable(
            table: "clearing_member", keys: ["member"], column: "member_group", value: "t.member_group || 'X'"),
        Correctable(
            table: "account", keys: ["account"], column: "account_class",
            value: "case t.account_class when 'HOUSE' then 'CLIENT-NET' else 'HOUSE' end",
            condition: "t.margining_type = 'net'"),
        Correctable(
            table: "account", keys: ["account"], column: "call_currency",
            value: "case t.call_currency when 'USD' then 'EUR' else 'USD' end"),
        Correctable(
            table: "account", keys: ["account"], column: "member",
            value: "case t.member when 'M01' then 'M02' else 'M01' end"),
        Correctable(
            table: "beneficial_owner", keys: ["account", "owner"], column: "name", value: "t.name || '.'"),
        Correctable(
            table: "collateral_asset", keys: ["asset"], column: "issuer", value: "t.issuer || 'X'"),
    ]

    /// The words that correct a random row of one of some columns; a parameter's is overridden for the day.
    mutating func correction(of choices: [Correctable], inSet set: String?) throws -> [String] {
        let choice = choices[draw(choices.count)]
        let named = (choice.keys.map { "'\($0)=' || t.\($0)" } + ["'set'", "'\(choice.column)=' || (\(choice.value))"])
            .joined(separator: ", ")
        let pin = set == nil ? "1000000" : "1000000, '2018-12-28'"
        let row = try pick(
            """
            select array[\(named)]::text[] from margin.\(choice.table)_as_of(\(pin)) as t
            where \(choice.condition) and \(set.map { "t.parameter_set = '\($0)'" } ?? "true")
            order by 1
            """)
        let until = set == nil ? [] : ["--until", "2018-12-28"]
        return [set == nil ? "row" : "parameter", choice.table] + (try row.textArrayOrNull(.at(0)) ?? []) + until
    }

    /// Writes a set of its own that is the house's, with rows left out of one table or with none, as a folder to load.
    mutating func anotherSet(of house: String) throws -> [String] {
        sets += 1
        let code = "2018-12-\(sets)"
        let folder = "\(house)-\(code)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let thinned = ["delivery_charge", "concentration_tier", "member_concentration_tier", "none"][draw(4)]
        for file in try FileManager.default.contentsOfDirectory(atPath: house) {
            let text = try String(contentsOfFile: "\(house)/\(file)", encoding: .utf8)
            guard text.hasPrefix("parameter_set,") else { continue }
            var lines = text.replacing("\n2018-12,", with: "\n\(code),").split(separator: "\n")
            if file == "\(thinned).csv" { lines.removeLast(lines.count / 2) }
            try lines.map { $0 + "\n" }.joined()
                .replacing("\(code),2018-12-01,", with: "\(code),2018-12-\(10 + sets),")
                .write(toFile: "\(folder)/\(file)", atomically: true, encoding: .utf8)
        }
        return ["load", folder]
    }
}
