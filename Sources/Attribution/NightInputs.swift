import ClearingModel
import Margining
import MarketModel
import Parameters
import Quantities
import RiskArrays

/// What a night's run published for an account, in minor units of its call currency; add-ons without those of stress.
package struct PublishedFigures: Hashable, Sendable {
    package let requirement: Int64
    package let addOns: Int64

    package init(requirement: Int64, addOns: Int64) {
        self.requirement = requirement
        self.addOns = addOns
    }

    package subscript(figure: FigureAttributed) -> Int64 {
        switch figure {
        case .requirement: requirement
        case .addOns: addOns
        }
    }
}

/// A figure whose change is attributed; the raw value is its name in results.
package enum FigureAttributed: String, CaseIterable, Sendable {
    case requirement
    case addOns = "add_ons"
}

/// Everything that the figures of one night's run were computed from, and the figures.
package struct NightInputs: Sendable {
    package let house: ClearingHouse
    /// Prices parallel to the house's series.
    package let market: MarketSnapshot
    /// Units of `to` for one of `from`.
    package let exchangeRates: [CurrencyPair: ExactDecimal]
    package let parameters: ParameterSet
    package let liquidity: [CombinedCommodityCode: LiquidityRow]
    /// The series that a risk array was published for.
    package let listed: Set<SeriesCode>
    /// The volatilities published with the arrays.
    package let volatilities: [SeriesCode: SeriesVolatility]
    /// By the house's accounts and the house's series.
    package let positions: PositionBook
    /// Of the accounts that hold something.
    package let published: [AccountCode: PublishedFigures]

    package init(
        house: ClearingHouse, market: MarketSnapshot, exchangeRates: [CurrencyPair: ExactDecimal],
        parameters: ParameterSet, liquidity: [CombinedCommodityCode: LiquidityRow], listed: Set<SeriesCode>,
        volatilities: [SeriesCode: SeriesVolatility], positions: PositionBook,
        published: [AccountCode: PublishedFigures]
    ) {
        precondition(market.prices.count == house.series.count, "prices are parallel to the series")
        self.house = house
        self.market = market
        self.exchangeRates = exchangeRates
        self.parameters = parameters
        self.liquidity = liquidity
        self.listed = listed
        self.volatilities = volatilities
        self.positions = positions
        self.published = published
    }
}
