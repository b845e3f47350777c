import ClearingModel
import Quantities

/// What moves the series of a combined commodity, or one of them, in a historical simulation (docs/methodology.md §7).
package struct RiskFactorMapping: Hashable, Sendable {
    package let combinedCommodity: CombinedCommodityCode
    /// Nil: every series without a row of its own.
    package let series: SeriesCode?
    package let priceFactor: RiskFactorCode
    /// Nil: the volatility stays where it is.
    package let volatilityFactor: RiskFactorCode?

    package init(
        combinedCommodity: CombinedCommodityCode, series: SeriesCode?, priceFactor: RiskFactorCode,
        volatilityFactor: RiskFactorCode?
    ) {
        self.combinedCommodity = combinedCommodity
        self.series = series
        self.priceFactor = priceFactor
        self.volatilityFactor = volatilityFactor
    }
}

/// How returns of a risk factor are taken and filtered.
package struct RiskFactor: Hashable, Sendable {
    package let code: RiskFactorCode
    package let returnKind: ReturnKind
    package let filter: VolatilityFilter

    package init(code: RiskFactorCode, returnKind: ReturnKind, filter: VolatilityFilter) {
        self.code = code
        self.returnKind = returnKind
        self.filter = filter
    }
}

/// How a simulation is run and measured.
package struct Simulation: Hashable, Sendable {
    /// Rolling parts of the loss vector whose value at risk is compared with the whole's.
    package struct CorrelationBreakRow: Hashable, Sendable {
        /// Scenarios, 1 or more.
        package let window: Int
        package let kappa: ExactDecimal
        /// Shares of the value at risk, 0 or more, the lower first.
        package let lower: ExactDecimal
        package let upper: ExactDecimal

        package init(window: Int, kappa: ExactDecimal, lower: ExactDecimal, upper: ExactDecimal) {
            self.window = window
            self.kappa = kappa
            self.lower = lower
            self.upper = upper
        }
    }

    package let code: SimulationCode
    /// Above 0, below 1.
    package let confidence: ExactDecimal
    package let convention: TailConvention
    /// Margin period of risk in days of the history, 1 or more.
    package let mporDays: Int
    /// Nil: all returns there are.
    package let lookBackDays: Int?
    package let isFiltered: Bool
    /// 0 … 1.
    package let stressedWeight: ExactDecimal
    /// Whether results keep the losses themselves.
    package let keepsLosses: Bool
    package let correlationBreak: CorrelationBreakRow?

    package init(
        code: SimulationCode, confidence: ExactDecimal, convention: TailConvention, mporDays: Int, lookBackDays: Int?,
        isFiltered: Bool, stressedWeight: ExactDecimal, keepsLosses: Bool = false,
        correlationBreak: CorrelationBreakRow?
    ) {
        self.code = code
        self.confidence = confidence
        self.convention = convention
        self.mporDays = mporDays
        self.lookBackDays = lookBackDays
        self.isFiltered = isFiltered
        self.stressedWeight = stressedWeight
        self.keepsLosses = keepsLosses
        self.correlationBreak = correlationBreak
    }
}

/// What the risk of a group is; the raw value is the code in tables.
package enum RiskGroupMeasure: String, Sendable {
    /// Scanning, spreads and charges; the core expected shortfall is the challenger.
    case scan
    /// The core expected shortfall.
    case expectedShortfall = "es"
    /// The larger of the two.
    case higher
}

/// Combined commodities simulated together.
package struct RiskGroup: Hashable, Sendable {
    package let code: RiskGroupCode
    package let simulation: SimulationCode
    package let measure: RiskGroupMeasure
    /// In code order.
    package let combinedCommodities: [CombinedCommodityCode]

    package init(
        code: RiskGroupCode, simulation: SimulationCode, measure: RiskGroupMeasure,
        combinedCommodities: [CombinedCommodityCode]
    ) {
        self.code = code
        self.simulation = simulation
        self.measure = measure
        self.combinedCommodities = combinedCommodities
    }
}

/// The rows of a parameter set that historical simulations follow from; a set without groups simulates nothing.
package struct SimulationParameters: Hashable, Sendable {
    package let riskFactors: [RiskFactor]
    package let mappings: [RiskFactorMapping]
    package let simulations: [Simulation]
    package let stressedWindows: [SimulationCode: [StressedWindow]]
    /// In code order.
    package let riskGroups: [RiskGroup]

    package init(
        riskFactors: [RiskFactor], mappings: [RiskFactorMapping], simulations: [Simulation],
        stressedWindows: [SimulationCode: [StressedWindow]], riskGroups: [RiskGroup]
    ) {
        self.riskFactors = riskFactors
        self.mappings = mappings
        self.simulations = simulations
        self.stressedWindows = stressedWindows
        self.riskGroups = riskGroups
    }

    package static let none = SimulationParameters(
        riskFactors: [], mappings: [], simulations: [], stressedWindows: [:], riskGroups: [])
}
