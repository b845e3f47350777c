import ClearingModel
import Parameters
import Quantities

/// Everything the add-ons of a run are computed from (docs/methodology.md §7, §9).
package struct AddOnInputs: Sendable {
    package let house: ClearingHouse
    package let parameters: ParameterSet
    package let liquidity: [CombinedCommodityCode: LiquidityRow]
    package let rates: ExchangeRates
    /// In the order of the accounts' codes; of accounts that hold nothing there is none.
    package let exposures: [AccountExposures]
    /// In each account's call currency, 0 or more.
    package let requirements: [AccountCode: ExactDecimal]
    package let groups: SimulatedGroups
    /// Nil where no row asks for what looks into portfolios again.
    package let portfolios: MarginedPortfolios?

    package init(
        house: ClearingHouse, parameters: ParameterSet, liquidity: [CombinedCommodityCode: LiquidityRow],
        rates: ExchangeRates,
        exposures: [AccountExposures], requirements: [AccountCode: ExactDecimal], groups: SimulatedGroups,
        portfolios: MarginedPortfolios?
    ) {
        self.house = house
        self.parameters = parameters
        self.liquidity = liquidity
        self.rates = rates
        self.exposures = exposures
        self.requirements = requirements
        self.groups = groups
        self.portfolios = portfolios
    }

    /// Whether a row asks for what looks into portfolios again: a kappa of an account class, or a contract on a name.
    package static func needsPortfolios(_ house: ClearingHouse, _ classes: [AccountClassMargin]) -> Bool {
        classes.contains { $0.correlationUnderestimationKappa != nil }
            || house.contracts.contains { $0.referenceGroup != nil }
    }
}

/// Every account's positions and what margins them.
package struct MarginedPortfolios: Sendable {
    package let kernel: MarginKernel
    /// By the house's accounts and the kernel's series.
    package let positions: PositionBook
    /// Parallel to the house's accounts; nil for an account whose class the parameter set lacks (it holds nothing).
    package let accountTerms: [AccountTerms?]
    package let settlementPrices: [SeriesCode: ExactDecimal]

    package init(
        kernel: MarginKernel, positions: PositionBook, accountTerms: [AccountTerms?],
        settlementPrices: [SeriesCode: ExactDecimal]
    ) {
        self.kernel = kernel
        self.positions = positions
        self.accountTerms = accountTerms
        self.settlementPrices = settlementPrices
    }
}
