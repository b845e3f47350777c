import ClearingModel
import Quantities
import Scenarios

/// Everything one margin parameter set says, with the overrides in force: what arrays, requirements, add-ons and calls
/// are computed from, and what a proposed or calibrated set would be written as.
package struct ParameterSet: Sendable {
    package let code: ParameterSetCode
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
    package let addOns: AddOnParameters
    package let callRules: [AccountClassCode: CallRuleRow]
    /// How much of an account's collateral one issuer or class may make up; a class of accounts without rows has no
    /// limit.
    package let collateralLimits: [AccountClassCode: CollateralLimits]
    package let collateralHaircuts: [CollateralAssetCode: CollateralHaircut]
    /// Nil where the set stresses nothing.
    package let stress: StressSet?

    /// What is not given the set does not say.
    package init(
        code: ParameterSetCode,
        scenarioSets: [ScenarioSet] = [],
        compositeDeltaWeights: [ScenarioSetCode: [CompositeDeltaWeight]] = [:],
        correlations: [ContractCode: ExactDecimal] = [:],
        combinedCommodities: [CombinedCommodityMargin] = [],
        priceScanRangeTiers: [PriceScanRangeTier] = [],
        monthTiers: [MonthTier] = [],
        intraSpreads: [IntraSpread] = [],
        intraSpreadLegs: [IntraSpreadLeg] = [],
        deliveryCharges: [DeliveryCharge] = [],
        interSpreads: [InterSpread] = [],
        interSpreadLegs: [InterSpreadLeg] = [],
        accountClasses: [AccountClassMargin] = [],
        fxHaircuts: [CurrencyPair: ExactDecimal] = [:],
        simulation: SimulationParameters = .none,
        addOns: AddOnParameters = .none,
        callRules: [AccountClassCode: CallRuleRow] = [:],
        collateralLimits: [AccountClassCode: CollateralLimits] = [:],
        collateralHaircuts: [CollateralAssetCode: CollateralHaircut] = [:],
        stress: StressSet? = nil
    ) {
        self.code = code
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
        self.addOns = addOns
        self.callRules = callRules
        self.collateralLimits = collateralLimits
        self.collateralHaircuts = collateralHaircuts
        self.stress = stress
    }
}
