/// Which inputs each stage's figures follow from.
extension Stage {
    /// The input tables this stage reads itself, and `intraday_call`, which is no table: what intraday runs called.
    /// Nil where it looks at all of them.
    package var inputTables: Set<String>? {
        switch self {
        case .ingest, .report: nil
        case .riskArrays:
            Self.instruments.union(Self.valuation).union([
                "calendar_date", "composite_delta_weight", "interest_rate", "intraday_settlement_price",
                "intraday_underlying_price", "intraday_volatility", "realised_average", "settlement_price",
                "spread_option_correlation", "underlying_price", "volatility",
            ])
        case .offsets:
            Self.instruments.union(Self.valuation).union(Self.accounts).union([
                "account_class", "delivery_charge", "fx_haircut", "fx_rate", "inter_spread", "inter_spread_leg",
                "intra_spread", "intra_spread_leg", "intraday_settlement_price", "month_tier", "position",
                "settlement_price",
            ]).union(Self.simulation)
        case .addOns:
            Self.instruments.union(Self.valuation).union(Self.accounts).union([
                "account_class", "clearing_member", "concentration_tier", "fx_haircut", "fx_rate",
                "half_spread_charge", "impact_charge", "intraday_settlement_price", "liquidity", "liquidity_group",
                "liquidity_group_member",
                "member_concentration_tier", "position", "settlement_price",
            ]).union(Self.simulation)
        case .calls:
            Self.instruments.union(Self.accounts).union([
                "calendar_date", "call_rule", "clearing_member", "collateral_asset", "collateral_haircut",
                "collateral_holding", "collateral_limit", "collateral_price", "fx_haircut", "fx_rate",
                "intraday_call", "intraday_settlement_price", "position", "settlement_price", "trade",
                "variation_margin_owed",
            ])
        }
    }

    /// Whether this stage reads an input table itself.
    func reads(_ table: String) -> Bool { inputTables?.contains(table) ?? true }

    /// The tables of the day whose rows belong to one series, underlying, account or asset: what depends on the rows
    /// loaded since is found by them. Of the other tables the rows are compared (sql/queries/moved-by-inputs.sql).
    package static let tablesByPart: Set<String> = [
        "collateral_holding", "collateral_price", "finding_waiver", "intraday_call", "position", "realised_average",
        "settlement_price",
        "trade", "underlying_price", "variation_margin_owed", "volatility",
    ]

    private static let instruments: Set<String> = ["combined_commodity", "contract", "currency", "series"]
    private static let valuation: Set<String> = [
        "combined_commodity_margin", "parameter_set", "price_scan_range_tier", "scenario",
    ]
    private static let simulation: Set<String> = [
        "risk_factor", "risk_factor_level", "risk_factor_mapping", "risk_group", "risk_group_commodity", "simulation",
        "stressed_window",
    ]
    private static let accounts: Set<String> = ["account", "beneficial_owner"]
}
