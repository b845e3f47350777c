import ClearingModel
import Quantities
import Scenarios

/// An owner's simulated risk of a run in one risk group, with the terms of its simulation; amounts in `currency`.
package struct SimulatedRiskResult: Hashable, Sendable {
    package let owner: OwnerCode
    package let riskGroup: RiskGroupCode
    package let measure: RiskGroupMeasure
    package let currency: CurrencyCode
    package let scenarios: Int32
    package let valueAtRisk: ExactDecimal
    package let expectedShortfall: ExactDecimal
    package let stressedScenarios: Int32
    /// Nil where the simulation has no stressed window.
    package let stressedExpectedShortfall: ExactDecimal?
    package let core: ExactDecimal
    package let scanRisk: ExactDecimal
    /// What counts, 0 or more.
    package let risk: ExactDecimal
    package let initialRisk: ExactDecimal
    /// Parts of the history above the value at risk; nil where no correlation break is looked for.
    package let breakExcess: ExactDecimal?
    package let breakAddOn: ExactDecimal?
    package let simulation: SimulationCode
    /// 0 … 1.
    package let confidence: ExactDecimal
    package let convention: TailConvention
    package let mporDays: Int16
    /// 0 … 1.
    package let stressedWeight: ExactDecimal

    package init(
        owner: OwnerCode, riskGroup: RiskGroupCode, measure: RiskGroupMeasure, currency: CurrencyCode, scenarios: Int32,
        valueAtRisk: ExactDecimal, expectedShortfall: ExactDecimal, stressedScenarios: Int32,
        stressedExpectedShortfall: ExactDecimal?, core: ExactDecimal, scanRisk: ExactDecimal, risk: ExactDecimal,
        initialRisk: ExactDecimal, breakExcess: ExactDecimal?, breakAddOn: ExactDecimal?, simulation: SimulationCode,
        confidence: ExactDecimal, convention: TailConvention, mporDays: Int16, stressedWeight: ExactDecimal
    ) {
        self.owner = owner
        self.riskGroup = riskGroup
        self.measure = measure
        self.currency = currency
        self.scenarios = scenarios
        self.valueAtRisk = valueAtRisk
        self.expectedShortfall = expectedShortfall
        self.stressedScenarios = stressedScenarios
        self.stressedExpectedShortfall = stressedExpectedShortfall
        self.core = core
        self.scanRisk = scanRisk
        self.risk = risk
        self.initialRisk = initialRisk
        self.breakExcess = breakExcess
        self.breakAddOn = breakAddOn
        self.simulation = simulation
        self.confidence = confidence
        self.convention = convention
        self.mporDays = mporDays
        self.stressedWeight = stressedWeight
    }
}

/// What one position adds to the expected shortfall of an owner's risk group in a run.
package struct ComponentShortfallResult: Hashable, Sendable {
    package let owner: OwnerCode
    package let riskGroup: RiskGroupCode
    package let series: SeriesCode
    /// Contracts, + long, − short.
    package let quantity: Int64
    /// + adds to the shortfall.
    package let componentShortfall: ExactDecimal
    package let currency: CurrencyCode

    package init(
        owner: OwnerCode, riskGroup: RiskGroupCode, series: SeriesCode, quantity: Int64,
        componentShortfall: ExactDecimal, currency: CurrencyCode
    ) {
        self.owner = owner
        self.riskGroup = riskGroup
        self.series = series
        self.quantity = quantity
        self.componentShortfall = componentShortfall
        self.currency = currency
    }
}
