import ClearingModel
import Quantities

/// The rows of one margin parameter set that the risk arrays and the requirement are computed from.
package struct MarginParameters: Sendable {
    package let parameterSet: ParameterSetCode
    package let scenarioSets: [ScenarioSet]
    /// In the order in which deltas are summed; a set that is not here has the usual ones.
    package let compositeDeltaWeights: [ScenarioSetCode: [CompositeDeltaWeight]]
    /// Between the underlyings of a spread option, −1 … 1.
    package let correlations: [ContractCode: ExactDecimal]
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
    /// What value at risk and expected shortfall are simulated with.
    package let simulation: SimulationParameters

    package init(
        parameterSet: ParameterSetCode,
        scenarioSets: [ScenarioSet],
        compositeDeltaWeights: [ScenarioSetCode: [CompositeDeltaWeight]] = [:],
        correlations: [ContractCode: ExactDecimal] = [:],
        combinedCommodities: [CombinedCommodityMargin],
        priceScanRangeTiers: [PriceScanRangeTier],
        monthTiers: [MonthTier],
        intraSpreads: [IntraSpread],
        intraSpreadLegs: [IntraSpreadLeg],
        deliveryCharges: [DeliveryCharge],
        interSpreads: [InterSpread],
        interSpreadLegs: [InterSpreadLeg],
        accountClasses: [AccountClassMargin],
        fxHaircuts: [CurrencyPair: ExactDecimal],
        simulation: SimulationParameters = .none
    ) {
        self.parameterSet = parameterSet
        self.scenarioSets = scenarioSets
        self.compositeDeltaWeights = compositeDeltaWeights
        self.correlations = correlations
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
        self.simulation = simulation
    }
}
