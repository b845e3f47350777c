/// The input tables that requirements and calls are computed from, by their names in the database, in CSV and in the
/// published parameters.
package enum InputTable: String, CaseIterable, Sendable {
    case currency
    case combinedCommodity = "combined_commodity"
    case contract
    case series
    case settlementPrice = "settlement_price"
    case fxRate = "fx_rate"
    case parameterSet = "parameter_set"
    case scenario
    case compositeDeltaWeight = "composite_delta_weight"
    case spreadOptionCorrelation = "spread_option_correlation"
    case combinedCommodityMargin = "combined_commodity_margin"
    case priceScanRangeTier = "price_scan_range_tier"
    case monthTier = "month_tier"
    case intraSpread = "intra_spread"
    case intraSpreadLeg = "intra_spread_leg"
    case deliveryCharge = "delivery_charge"
    case interSpread = "inter_spread"
    case interSpreadLeg = "inter_spread_leg"
    case accountClass = "account_class"
    case fxHaircut = "fx_haircut"
    case riskFactor = "risk_factor"
    case riskFactorMapping = "risk_factor_mapping"
    case simulation
    case stressedWindow = "stressed_window"
    case riskGroup = "risk_group"
    case riskGroupCommodity = "risk_group_commodity"
    case liquidityGroup = "liquidity_group"
    case liquidityGroupMember = "liquidity_group_member"
    case concentrationTier = "concentration_tier"
    case memberConcentrationTier = "member_concentration_tier"
    case halfSpreadCharge = "half_spread_charge"
    case impactCharge = "impact_charge"
    case callRule = "call_rule"
    case collateralLimit = "collateral_limit"
    case collateralHaircut = "collateral_haircut"
    case stressSet = "stress_set"
    case stressScenario = "stress_scenario"
    case stressMove = "stress_move"
    case closeOutImpact = "close_out_impact"
    case account
    case beneficialOwner = "beneficial_owner"
}
