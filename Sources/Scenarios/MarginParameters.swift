import ClearingModel
import Quantities

/// The rows of one margin parameter set that the risk arrays and the requirement are computed from.
package struct MarginParameters: Sendable {
    package let parameterSet: ParameterSetCode
    package let scenarioSets: [ScenarioSet]
    package let combinedCommodities: [CombinedCommodityMargin]
    package let priceScanRangeTiers: [PriceScanRangeTier]
    package let monthTiers: [MonthTier]
    package let intraSpreads: [IntraSpread]
    package let intraSpreadLegs: [IntraSpreadLeg]
    package let deliveryCharges: [DeliveryCharge]
    package let interSpreads: [InterSpread]
    package let interSpreadLegs: [InterSpreadLeg]
    package let accountClasses: [AccountClassMargin]
    /// Haircuts of exchange rates, each a fraction.
    package let fxHaircuts: [CurrencyPair: ExactDecimal]

    package init(
        parameterSet: ParameterSetCode,
        scenarioSets: [ScenarioSet],
        combinedCommodities: [CombinedCommodityMargin],
        priceScanRangeTiers: [PriceScanRangeTier],
        monthTiers: [MonthTier],
        intraSpreads: [IntraSpread],
        intraSpreadLegs: [IntraSpreadLeg],
        deliveryCharges: [DeliveryCharge],
        interSpreads: [InterSpread],
        interSpreadLegs: [InterSpreadLeg],
        accountClasses: [AccountClassMargin],
        fxHaircuts: [CurrencyPair: ExactDecimal]
    ) {
        self.parameterSet = parameterSet
        self.scenarioSets = scenarioSets
        self.combinedCommodities = combinedCommodities
        self.priceScanRangeTiers = priceScanRangeTiers
        self.monthTiers = monthTiers
        self.intraSpreads = intraSpreads
        self.intraSpreadLegs = intraSpreadLegs
        self.deliveryCharges = deliveryCharges
        self.interSpreads = interSpreads
        self.interSpreadLegs = interSpreadLegs
        self.accountClasses = accountClasses
        self.fxHaircuts = fxHaircuts
    }
}
