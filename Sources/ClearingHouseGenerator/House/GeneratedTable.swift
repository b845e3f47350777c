/// The input tables that a generated house fills; the raw value is the table's and the file's name.
enum GeneratedTable: String, CaseIterable {
    case currency
    case calendarDate = "calendar_date"
    case clearingMember = "clearing_member"
    case account
    case beneficialOwner = "beneficial_owner"
    case combinedCommodity = "combined_commodity"
    case contract, series
    case position, trade
    case settlementPrice = "settlement_price"
    case underlyingPrice = "underlying_price"
    case volatility
    case interestRate = "interest_rate"
    case fxRate = "fx_rate"
    case riskFactorLevel = "risk_factor_level"
    case liquidity
    case collateralAsset = "collateral_asset"
    case collateralPrice = "collateral_price"
    case collateralHolding = "collateral_holding"
    case variationMarginOwed = "variation_margin_owed"
    case findingWaiver = "finding_waiver"
    case parameterSet = "parameter_set"
    case scenario
    case combinedCommodityMargin = "combined_commodity_margin"
    case priceScanRangeTier = "price_scan_range_tier"
    case monthTier = "month_tier"
    case intraSpread = "intra_spread"
    case intraSpreadLeg = "intra_spread_leg"
    case deliveryCharge = "delivery_charge"
    case interSpread = "inter_spread"
    case interSpreadLeg = "inter_spread_leg"
    case accountClass = "account_class"
    case callRule = "call_rule"
    case fxHaircut = "fx_haircut"
    case collateralHaircut = "collateral_haircut"
    case collateralLimit = "collateral_limit"
    case liquidityGroup = "liquidity_group"
    case liquidityGroupMember = "liquidity_group_member"
    case concentrationTier = "concentration_tier"
    case dataGate = "data_gate"
    case riskFactor = "risk_factor"
    case riskFactorMapping = "risk_factor_mapping"
    case simulation
    case stressedWindow = "stressed_window"
    case riskGroup = "risk_group"
    case riskGroupCommodity = "risk_group_commodity"
    case house
    case guarantyFund = "guaranty_fund"
    case guarantyFundContribution = "guaranty_fund_contribution"
    case liquidityResource = "liquidity_resource"
    case stressSet = "stress_set"
    case stressScenario = "stress_scenario"
    case stressMove = "stress_move"
    case closeOutImpact = "close_out_impact"
    case monitoring
    case memberLimit = "member_limit"
    case calibrationRule = "calibration_rule"
    case calibrationLeg = "calibration_leg"
    case calibrationStressedWindow = "calibration_stressed_window"
    case impactThreshold = "impact_threshold"
    case backtest
    case hypotheticalPortfolio = "hypothetical_portfolio"
    case hypotheticalLine = "hypothetical_line"
    case walkForward = "walk_forward"
    case sensitivityChange = "sensitivity_change"
    case z2Critical = "z2_critical"

    /// The table's columns in the file's order: all but the version columns, which loading adds.
    var columns: [String] { columnList.split(separator: " ").map(String.init) }

    private var columnList: String {
        switch self {
        case .currency: "currency minor_unit_decimals"
        case .calendarDate: "calendar_date is_business_day description"
        case .clearingMember:
            "member name member_group credit_multiplier wants_greeks wants_positions wants_released_margin"
        case .account: "account member origin margining_type account_class call_currency"
        case .beneficialOwner: "account owner name"
        case .combinedCommodity: "combined_commodity name currency can_trade_at_or_below_zero is_synthetic"
        case .contract:
            """
            contract combined_commodity kind contract_value_factor delta_scaling_factor tick_size future_valuation \
            option_model exercise option_style volatility_source discount_rate_code carry_rate_code
            """
        case .series: "series contract contract_month expiry_date option_right strike underlying"
        case .position: "business_date cycle account owner series long_quantity short_quantity"
        case .trade: "business_date trade account owner series quantity price"
        case .settlementPrice: "business_date series price currency price_kind last_quoted_on"
        case .underlyingPrice: "business_date underlying price"
        case .volatility: "business_date instrument volatility"
        case .interestRate: "business_date rate_code rate"
        case .fxRate: "business_date from_currency to_currency rate"
        case .riskFactorLevel: "risk_factor level_date level source"
        case .liquidity:
            "business_date combined_commodity average_daily_volume open_interest daily_volatility half_spread"
        case .collateralAsset: "asset currency issuer issuer_group asset_class"
        case .collateralPrice: "business_date asset price"
        case .collateralHolding: "business_date account item asset quantity"
        case .variationMarginOwed: "business_date account currency amount"
        case .findingWaiver: "business_date cycle rule table_name row_key column_name value reason waived_by"
        default: parameterColumnList
        }
    }

    private var parameterColumnList: String {
        switch self {
        case .parameterSet: "parameter_set effective_from author approved_by reason rounding_table"
        case .scenario:
            """
            parameter_set scenario_set scenario price_move_numerator price_move_denominator volatility_move weight pair
            """
        case .combinedCommodityMargin:
            """
            parameter_set combined_commodity scenario_set price_scan_range_kind price_scan_range \
            volatility_scan_range_kind volatility_scan_range volatility_floor look_ahead_days day_count array_decimals \
            weighted_price_risk_method delta_kind short_option_minimum_method short_option_minimum_rate
            """
        case .priceScanRangeTier:
            "parameter_set combined_commodity from_month to_month price_scan_range_kind price_scan_range"
        case .monthTier: "parameter_set combined_commodity tier contract_month is_scanned_apart"
        case .intraSpread: "parameter_set combined_commodity spread leg_kind priority charge_kind charge_rate"
        case .intraSpreadLeg: "parameter_set combined_commodity spread leg side tier contract_month ratio"
        case .deliveryCharge: "parameter_set combined_commodity contract_month outright_rate spread_rate applies_to"
        case .interSpread: "parameter_set spread priority kind is_super credit_rate"
        case .interSpreadLeg: "parameter_set spread leg combined_commodity tier side ratio credit_rate"
        case .accountClass: "parameter_set account_class initial_ratio net_option_value_is_capped offset_cap"
        case .callRule: "parameter_set account_class threshold minimum_transfer_amount lot"
        case .fxHaircut: "parameter_set from_currency to_currency haircut"
        case .collateralHaircut: "parameter_set asset haircut is_eligible"
        case .collateralLimit: "parameter_set account_class limit_kind asset_class share"
        case .liquidityGroup: "parameter_set account_class liquidity_group horizon_days"
        case .liquidityGroupMember:
            "parameter_set account_class liquidity_group combined_commodity participation extra_days"
        case .concentrationTier: "parameter_set account_class combined_commodity tiers_of above rate"
        case .dataGate: "parameter_set rule combined_commodity severity threshold"
        case .riskFactor: "parameter_set risk_factor return_kind volatility_floor lower_clamp upper_clamp"
        case .riskFactorMapping: "parameter_set combined_commodity price_factor"
        case .simulation:
            "parameter_set simulation confidence mpor_days look_back_days is_filtered stressed_weight"
        case .stressedWindow: "parameter_set simulation from_date to_date"
        case .riskGroup: "parameter_set risk_group simulation measure"
        case .riskGroupCommodity: "parameter_set risk_group combined_commodity"
        default: stressColumnList
        }
    }

    private var stressColumnList: String {
        switch self {
        case .house: "effective_from base_currency wants_tomorrow wants_pages wants_attribution calls_due"
        case .guarantyFund: "effective_from amount currency"
        case .guarantyFundContribution, .liquidityResource: "effective_from member amount currency"
        case .stressSet:
            """
            parameter_set stress_set horizon_days house_surplus_covers_clients add_on_share reverse_step reverse_max \
            cover_count round_cap close_out_days clients_are_closed_out
            """
        case .stressScenario: "parameter_set number scenario kind from_date to_date source"
        case .stressMove:
            """
            parameter_set number move combined_commodity from_month to_month price_kind price_move volatility_kind \
            volatility_move
            """
        case .closeOutImpact: "parameter_set combined_commodity impact_coefficient"
        case .monitoring: "parameter_set least_contracts least_margin"
        case .memberLimit: "effective_from member measure limit_amount currency"
        default: studyColumnList
        }
    }

    private var studyColumnList: String {
        switch self {
        case .calibrationRule:
            """
            item key kind factor horizon_days confidence look_back_days min_observations lambda increment step_limit \
            floor_years stressed_weight buffer
            """
        case .calibrationLeg: "item key leg factor ratio contract_value_factor side"
        case .calibrationStressedWindow: "item key window_code from_date to_date"
        case .impactThreshold: "threshold"
        case .backtest: "backtest account_class from_date to_date confidence horizon_days"
        case .hypotheticalPortfolio: "portfolio kind"
        case .hypotheticalLine:
            "portfolio number combined_commodity instrument month_rank moneyness quantity adv_multiple"
        case .walkForward:
            "backtest walk_forward item key contract_value_factor currency recalibrate_days first_day"
        case .sensitivityChange: "backtest walk_forward parameter value"
        case .z2Critical: "nights exception_probability yellow red"
        default: ""
        }
    }
}
