import Runtime
import TextFiles

extension CaseImport {
    /// Liquidity groups, half-spreads, impacts, concentration tiers, and how their combined commodities trade.
    ///
    /// The format states a volume in every account; the house has one a combined commodity: two that differ are
    /// refused.
    mutating func addLiquidity() throws {
        var volumes = CaseVolumes()
        for account in input.list("accounts") {
            let accountClass = try account.required("id")
            for group in account["add_ons"]?.list("liquidity_groups") ?? [] {
                try add(liquidityGroup: group, of: accountClass, &volumes)
            }
            for charge in account["add_ons"]?.list("concentration") ?? [] {
                let commodity = try charge.required("combined_commodity")
                try volumes.note("average_daily_volume", of: commodity, charge.optional("average_daily_volume"))
                try volumes.note("open_interest", of: commodity, charge.optional("open_interest"))
                for tier in charge.list("tiers") {
                    tables.add(
                        "concentration_tier",
                        [
                            "parameter_set": Self.parameterSet, "account_class": accountClass,
                            "combined_commodity": commodity, "tiers_of": try charge.required("tiers_of"),
                            "above": try tier.required("above"), "rate": try tier.required("rate"),
                        ])
                }
            }
            for charge in account["add_ons"]?.list("half_spreads") ?? [] {
                try add(halfSpread: charge, of: accountClass, &volumes)
            }
            for charge in account["add_ons"]?.list("impacts") ?? [] {
                try add(impact: charge, of: accountClass, &volumes)
            }
        }
        for impact in input["stress"]?["second_round"]?.list("impacts") ?? [] {
            let commodity = try impact.required("combined_commodity")
            try volumes.note("average_daily_volume", of: commodity, impact.optional("average_daily_volume"))
            try volumes.note("daily_volatility", of: commodity, impact.optional("daily_volatility"))
        }
        if let charge = input["member_concentration"] { try add(memberConcentration: charge, &volumes) }
        for (commodity, volume) in volumes.values.sorted(by: { $0.key < $1.key }) {
            tables.add(
                "liquidity",
                [
                    "business_date": "\(businessDate)", "combined_commodity": commodity,
                    // The table wants a volume; where only open interest is given nothing reads it.
                    "average_daily_volume": volume["average_daily_volume"] ?? "1",
                    "open_interest": volume["open_interest"], "daily_volatility": volume["daily_volatility"],
                    "half_spread": volume["half_spread"],
                ])
        }
    }

    private mutating func add(
        halfSpread charge: JSONValue, of accountClass: String, _ volumes: inout CaseVolumes
    ) throws {
        let commodity = try charge.required("combined_commodity")
        try volumes.note("half_spread", of: commodity, try charge.required("half_spread"))
        tables.add(
            "half_spread_charge",
            [
                "parameter_set": Self.parameterSet, "account_class": accountClass, "combined_commodity": commodity,
                "contract_value_factor": try charge.required("contract_value_factor"),
                "tier_factor": charge.optional("tier_factor"),
            ])
    }

    private mutating func add(impact charge: JSONValue, of accountClass: String, _ volumes: inout CaseVolumes) throws {
        let commodity = try charge.required("combined_commodity")
        try volumes.note("average_daily_volume", of: commodity, try charge.required("average_daily_volume"))
        try volumes.note("daily_volatility", of: commodity, try charge.required("daily_sigma"))
        tables.add(
            "impact_charge",
            [
                "parameter_set": Self.parameterSet, "account_class": accountClass, "combined_commodity": commodity,
                "impact_coefficient": try charge.required("impact"),
                "contract_value_factor": try charge.required("contract_value_factor"),
            ])
    }

    private mutating func add(memberConcentration charge: JSONValue, _ volumes: inout CaseVolumes) throws {
        let commodity = try charge.required("combined_commodity")
        try volumes.note("average_daily_volume", of: commodity, charge.optional("average_daily_volume"))
        try volumes.note("open_interest", of: commodity, charge.optional("open_interest"))
        for tier in charge.list("tiers") {
            tables.add(
                "member_concentration_tier",
                [
                    "parameter_set": Self.parameterSet, "combined_commodity": commodity,
                    "tiers_of": try charge.required("tiers_of"), "above": try tier.required("above"),
                    "rate": try tier.required("rate"),
                ])
        }
    }

    private mutating func add(
        liquidityGroup group: JSONValue, of accountClass: String, _ volumes: inout CaseVolumes
    ) throws {
        let id = try group.required("id")
        tables.add(
            "liquidity_group",
            [
                "parameter_set": Self.parameterSet, "account_class": accountClass, "liquidity_group": id,
                "horizon_days": try group.required("horizon_days"),
            ])
        for member in group.list("members") {
            let commodity = try member.required("combined_commodity")
            try volumes.note("average_daily_volume", of: commodity, member.optional("average_daily_volume"))
            tables.add(
                "liquidity_group_member",
                [
                    "parameter_set": Self.parameterSet, "account_class": accountClass, "liquidity_group": id,
                    "combined_commodity": commodity, "participation": member.optional("participation"),
                    "extra_days": member.optional("extra_days"),
                ])
        }
    }
}

/// Volumes by combined commodity and measure, as first stated.
private struct CaseVolumes {
    private(set) var values: [String: [String: String]] = [:]

    mutating func note(_ measure: String, of commodity: String, _ value: String?) throws {
        guard let value else { return }
        if let before = values[commodity]?[measure], !areEqualNumbers(before, value) {
            throw Failure(
                .inputRejected, "\(measure) of \(commodity) is \(before) in one place and \(value) in another")
        }
        values[commodity, default: [:]][measure] = value
    }
}
