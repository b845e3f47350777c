import Quantities

/// Which of the day's margin runs: at the end of the day, or during it.
package enum Cycle: String, CaseIterable, Sendable {
    case endOfDay = "EOD"
    case intraday = "ITD"
}

/// A step of the night, each its own executable, in the order they run.
package enum Stage: String, CaseIterable, Sendable {
    case ingest
    case riskArrays = "risk-arrays"
    case offsets
    case addOns = "add-ons"
    case calls
    case report

    /// Raised when a figure of this stage can move; recorded with every execution.
    package var numbersVersion: Int32 { 1 }

    /// The executable that runs this stage alone.
    package var executable: String { self == .report ? "margin-report" : "margin-\(rawValue)" }

    /// The stages whose rows this one reads.
    package var upstream: [Stage] {
        switch self {
        case .ingest: []
        case .riskArrays: [.ingest]
        case .offsets: [.ingest, .riskArrays]
        case .addOns: [.offsets]
        case .calls: [.ingest, .offsets, .addOns]
        case .report: [.ingest, .riskArrays, .offsets, .addOns, .calls]
        }
    }

    /// The input tables this stage reads itself; ingest looks at all of them.
    package var inputTables: [String]? {
        let series = ["combined_commodity", "contract", "currency", "series"]
        let parameters = ["parameter_set", "combined_commodity_margin", "scenario"]
        switch self {
        case .ingest: return nil
        case .riskArrays:
            return series + parameters + [
                "calendar_date", "interest_rate", "price_scan_range_tier", "settlement_price", "underlying_price",
                "volatility",
            ]
        case .offsets:
            return series + parameters + [
                "account", "account_class", "beneficial_owner", "delivery_charge", "fx_haircut", "fx_rate",
                "inter_spread",
                "inter_spread_leg", "intra_spread", "intra_spread_leg", "month_tier", "position",
                "price_scan_range_tier", "risk_factor", "risk_factor_level", "risk_factor_mapping", "risk_group",
                "risk_group_commodity", "settlement_price", "simulation", "stressed_window",
            ]
        case .addOns:
            return [
                "account", "combined_commodity", "concentration_tier", "currency", "fx_rate", "liquidity",
                "liquidity_group",
                "liquidity_group_member",
            ]
        case .calls:
            return series + [
                "account", "calendar_date", "call_rule", "clearing_member", "collateral_asset", "collateral_haircut",
                "collateral_holding", "collateral_limit", "collateral_price", "fx_haircut", "fx_rate", "position",
                "settlement_price", "trade", "underlying_price", "variation_margin_owed",
            ]
        case .report: return ["combined_commodity"]
        }
    }
}
