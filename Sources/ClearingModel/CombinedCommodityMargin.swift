import Quantities

/// Which weighted price risk a spread is charged or credited by (docs/methodology.md §5).
package enum WeightedPriceRiskMethod: String, Sendable {
    /// The smaller of the other two.
    case capped
    /// Price risk a unit of net delta; 0 at net delta 0.
    case normal
    /// The scan range in money of the nearest listed month.
    case scanRange = "scan_range"
}

/// Which delta is published: the scenario-weighted one or the plain one (docs/methodology.md §4).
package enum DeltaKind: String, Sendable {
    case composite, plain
}

/// What the short option minimum counts (docs/methodology.md §6.5).
package enum ShortOptionMinimumMethod: String, Sendable {
    /// Every short option.
    case gross
    /// The larger of the short calls and the short puts.
    case max
}

/// How the time to expiry is counted (docs/methodology.md §1.7).
package enum DayCount: String, Sendable {
    case actual365 = "act/365"
    case business252 = "business/252"
}

/// The margin parameters of one combined commodity in one parameter set.
package struct CombinedCommodityMargin: Hashable, Sendable {
    package let combinedCommodity: CombinedCommodityCode
    package let scenarioSet: ScenarioSetCode
    package let priceScanRange: PriceScanRange
    package let volatilityScanRange: VolatilityScanRange
    /// The smallest volatility a scenario may reach, above 0.
    package let volatilityFloor: ExactDecimal
    package let lookAheadDays: ExactDecimal
    package let dayCount: DayCount
    /// Decimals of a published array value (`ArrayUnit.decimals`); nil for the currency's minor unit.
    package let arrayDecimals: Int?
    /// Decimals of a published delta (`CompositeDelta.decimals`); nil for those of a `Delta`.
    package let deltaDecimals: Int?
    package let weightedPriceRiskMethod: WeightedPriceRiskMethod
    package let deltaKind: DeltaKind
    package let shortOptionMinimumMethod: ShortOptionMinimumMethod
    /// Money a short option, never negative; 0 for none.
    package let shortOptionMinimumRate: ExactDecimal
    /// Maintenance margin as a share of the initial margin, above 0, as it was published; no figure depends on it.
    package let maintenanceRatio: ExactDecimal?
    /// Whether results keep portfolio arrays, deltas by month and tiers.
    package let keepsWorkings: Bool

    package init(
        combinedCommodity: CombinedCommodityCode, scenarioSet: ScenarioSetCode, priceScanRange: PriceScanRange,
        volatilityScanRange: VolatilityScanRange, volatilityFloor: ExactDecimal, lookAheadDays: ExactDecimal = .one,
        dayCount: DayCount = .actual365, arrayDecimals: Int? = nil, deltaDecimals: Int? = nil,
        weightedPriceRiskMethod: WeightedPriceRiskMethod = .capped, deltaKind: DeltaKind = .composite,
        shortOptionMinimumMethod: ShortOptionMinimumMethod = .gross, shortOptionMinimumRate: ExactDecimal = .zero,
        maintenanceRatio: ExactDecimal? = nil, keepsWorkings: Bool = false
    ) {
        self.combinedCommodity = combinedCommodity
        self.scenarioSet = scenarioSet
        self.priceScanRange = priceScanRange
        self.volatilityScanRange = volatilityScanRange
        self.volatilityFloor = volatilityFloor
        self.lookAheadDays = lookAheadDays
        self.dayCount = dayCount
        self.arrayDecimals = arrayDecimals
        self.deltaDecimals = deltaDecimals
        self.weightedPriceRiskMethod = weightedPriceRiskMethod
        self.deltaKind = deltaKind
        self.shortOptionMinimumMethod = shortOptionMinimumMethod
        self.shortOptionMinimumRate = shortOptionMinimumRate
        self.maintenanceRatio = maintenanceRatio
        self.keepsWorkings = keepsWorkings
    }
}
