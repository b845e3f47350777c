import ClearingModel
import Quantities

/// An owner's risk of a run in one combined commodity, with the terms of its short option minimum; amounts in
/// `currency`.
package struct ComponentResult: Hashable, Sendable {
    package let owner: OwnerCode
    package let combinedCommodity: CombinedCommodityCode
    package let currency: CurrencyCode
    /// 0 or more, as every amount here but the parts of the scan and the net option value.
    package let scan: ExactDecimal
    /// 1, 2, …; nil where no one scenario is: a gross omnibus account, or several scan tiers.
    package let activeScenario: Int16?
    package let timeRisk: ExactDecimal?
    package let volatilityRisk: ExactDecimal?
    package let priceRisk: ExactDecimal?
    package let netDelta: Delta
    package let weightedPriceRisk: ExactDecimal?
    package let intraCharge: ExactDecimal
    package let deliveryCharge: ExactDecimal
    package let interCredit: ExactDecimal
    /// What counts of the credit: at most the price risk.
    package let appliedCredit: ExactDecimal
    package let shortOptionMinimum: ExactDecimal
    /// + net long options.
    package let netOptionValue: ExactDecimal
    package let risk: ExactDecimal
    package let initialRisk: ExactDecimal
    /// The scan-based spread that replaces it; nil where none does.
    package let scanSpread: SpreadCode?
    package let arrayDecimals: Int16
    /// The risk group of which it is one measure; nil where it counts itself.
    package let riskGroup: RiskGroupCode?
    package let shortOptionMinimumMethod: ShortOptionMinimumMethod
    package let shortOptionMinimumRate: ExactDecimal

    package init(
        owner: OwnerCode, combinedCommodity: CombinedCommodityCode, currency: CurrencyCode, scan: ExactDecimal,
        activeScenario: Int16?, timeRisk: ExactDecimal?, volatilityRisk: ExactDecimal?, priceRisk: ExactDecimal?,
        netDelta: Delta, weightedPriceRisk: ExactDecimal?, intraCharge: ExactDecimal, deliveryCharge: ExactDecimal,
        interCredit: ExactDecimal, appliedCredit: ExactDecimal, shortOptionMinimum: ExactDecimal,
        netOptionValue: ExactDecimal, risk: ExactDecimal, initialRisk: ExactDecimal, scanSpread: SpreadCode?,
        arrayDecimals: Int16, riskGroup: RiskGroupCode?, shortOptionMinimumMethod: ShortOptionMinimumMethod,
        shortOptionMinimumRate: ExactDecimal
    ) {
        self.owner = owner
        self.combinedCommodity = combinedCommodity
        self.currency = currency
        self.scan = scan
        self.activeScenario = activeScenario
        self.timeRisk = timeRisk
        self.volatilityRisk = volatilityRisk
        self.priceRisk = priceRisk
        self.netDelta = netDelta
        self.weightedPriceRisk = weightedPriceRisk
        self.intraCharge = intraCharge
        self.deliveryCharge = deliveryCharge
        self.interCredit = interCredit
        self.appliedCredit = appliedCredit
        self.shortOptionMinimum = shortOptionMinimum
        self.netOptionValue = netOptionValue
        self.risk = risk
        self.initialRisk = initialRisk
        self.scanSpread = scanSpread
        self.arrayDecimals = arrayDecimals
        self.riskGroup = riskGroup
        self.shortOptionMinimumMethod = shortOptionMinimumMethod
        self.shortOptionMinimumRate = shortOptionMinimumRate
    }
}
