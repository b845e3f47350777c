import ClearingModel
import Quantities
import Scenarios

extension ScenarioDefinition {
    /// A row of `scenario`.
    init(row: some InputRow) throws {
        self.init(
            number: try row.integer("scenario"), priceMoveNumerator: try row.decimal("price_move_numerator"),
            priceMoveDenominator: try row.decimal("price_move_denominator"),
            volatilityMove: try row.decimal("volatility_move"), weight: try row.decimal("weight"),
            pair: try row.integerOrNull("pair"))
    }
}

extension CompositeDeltaWeight {
    /// A row of `composite_delta_weight`.
    init(row: some InputRow) throws {
        self.init(
            priceMoveNumerator: try row.decimal("price_move_numerator"),
            priceMoveDenominator: try row.decimal("price_move_denominator"), weight: try row.decimal("weight"))
    }
}

extension PriceScanRange {
    /// The two columns that a row has for it.
    init(row: some InputRow) throws {
        let value = try row.decimal("price_scan_range")
        let isAmount = try row.isFirst(of: ("amount", "percent"), in: "price_scan_range_kind")
        self = isAmount ? .amount(value) : .percent(value)
    }
}

extension CombinedCommodityMargin {
    /// A row of `combined_commodity_margin`.
    init(row: some InputRow) throws {
        let range = try row.decimal("volatility_scan_range")
        let isAbsolute = try row.isFirst(of: ("absolute", "relative"), in: "volatility_scan_range_kind")
        self.init(
            combinedCommodity: try row.code("combined_commodity"), scenarioSet: try row.code("scenario_set"),
            priceScanRange: try PriceScanRange(row: row),
            volatilityScanRange: isAbsolute ? .absolute(range) : .relative(range),
            volatilityFloor: try row.decimal("volatility_floor"),
            lookAheadDays: try row.decimal("look_ahead_days"), dayCount: try row.choice("day_count"),
            arrayDecimals: try row.integerOrNull("array_decimals"),
            deltaDecimals: try row.integerOrNull("delta_decimals"),
            weightedPriceRiskMethod: try row.choice("weighted_price_risk_method"),
            deltaKind: try row.choice("delta_kind"),
            shortOptionMinimumMethod: try row.choice("short_option_minimum_method"),
            shortOptionMinimumRate: try row.decimal("short_option_minimum_rate"),
            maintenanceRatio: try row.decimalOrNull("maintenance_ratio"),
            keepsWorkings: try row.flagOrNull("keeps_workings") ?? false)
    }
}

extension PriceScanRangeTier {
    /// A row of `price_scan_range_tier`.
    init(row: some InputRow) throws {
        self.init(
            combinedCommodity: try row.code("combined_commodity"), fromMonth: try row.month("from_month"),
            toMonth: try row.month("to_month"), priceScanRange: try PriceScanRange(row: row))
    }
}

extension MonthTier {
    /// A row of `month_tier`.
    init(row: some InputRow) throws {
        self.init(
            combinedCommodity: try row.code("combined_commodity"), tier: try row.code("tier"),
            contractMonth: try row.month("contract_month"), isScannedApart: try row.flag("is_scanned_apart"))
    }
}

extension IntraSpread {
    /// A row of `intra_spread`.
    init(row: some InputRow) throws {
        let rate = try row.decimal("charge_rate")
        let isFlat = try row.isFirst(of: ("flat", "weighted_price_risk"), in: "charge_kind")
        self.init(
            combinedCommodity: try row.code("combined_commodity"), spread: try row.code("spread"),
            legKind: try row.choice("leg_kind"), priority: try row.integer("priority"),
            charge: isFlat ? .flat(rate) : .weightedPriceRisk(rate))
    }
}

extension IntraSpreadLeg {
    /// A row of `intra_spread_leg`.
    init(row: some InputRow) throws {
        let tier: TierCode? = try row.codeOrNull("tier")
        self.init(
            combinedCommodity: try row.code("combined_commodity"), spread: try row.code("spread"),
            leg: try row.integer("leg"), side: try row.choice("side"),
            pool: try tier.map { .tier($0) } ?? .month(row.month("contract_month")), ratio: try row.decimal("ratio"))
    }
}

extension DeliveryCharge {
    /// A row of `delivery_charge`.
    init(row: some InputRow) throws {
        self.init(
            combinedCommodity: try row.code("combined_commodity"), contractMonth: try row.month("contract_month"),
            outrightRate: try row.decimal("outright_rate"), spreadRate: try row.decimal("spread_rate"),
            appliesTo: try row.choice("applies_to"))
    }
}

extension InterSpread {
    /// A row of `inter_spread`.
    init(row: some InputRow) throws {
        self.init(
            spread: try row.code("spread"), priority: try row.integer("priority"), kind: try row.choice("kind"),
            isSuper: try row.flag("is_super"), creditRate: try row.decimalOrNull("credit_rate"))
    }
}

extension InterSpreadLeg {
    /// A row of `inter_spread_leg`.
    init(row: some InputRow) throws {
        self.init(
            spread: try row.code("spread"), leg: try row.integer("leg"),
            combinedCommodity: try row.code("combined_commodity"), tier: try row.codeOrNull("tier"),
            side: try row.choice("side"), ratio: try row.decimal("ratio"),
            creditRate: try row.decimalOrNull("credit_rate"))
    }
}

extension AccountClassMargin {
    /// A row of `account_class`.
    init(row: some InputRow) throws {
        self.init(
            accountClass: try row.code("account_class"), initialRatio: try row.decimal("initial_ratio"),
            netOptionValueIsCapped: try row.flag("net_option_value_is_capped"),
            offsetCap: try row.decimalOrNull("offset_cap"),
            creditMultiplier: try row.decimalOrNull("credit_multiplier"),
            diversificationFloor: try row.decimalOrNull("diversification_floor"),
            correlationUnderestimationKappa: try row.decimalOrNull("correlation_underestimation_kappa"))
    }
}
