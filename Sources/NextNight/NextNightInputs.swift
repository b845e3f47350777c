import ClearingModel
import MarginCalls
import Margining
import MarketModel
import Parameters
import Quantities
import Stress

/// Everything that the next business date's calls are computed from if nobody does anything: what a night was computed
/// from, and what is known on it of the next (docs/methodology.md §11.6).
package struct NextNightInputs: Sendable {
    /// What a stress charge is computed from beside the book.
    package struct StressTerms: Sendable {
        /// The house's base currency.
        package let base: CurrencyCode
        /// In force on the next date.
        package let resources: StatedResources

        package init(base: CurrencyCode, resources: StatedResources) {
            self.base = base
            self.resources = resources
        }
    }

    package let house: ClearingHouse
    /// Tonight's market, prices parallel to the house's series.
    package let market: MarketSnapshot
    /// Tonight's rates: units of `to` for one of `from`.
    package let exchangeRates: [CurrencyPair: ExactDecimal]
    /// Tonight's.
    package let liquidity: [CombinedCommodityCode: LiquidityRow]
    /// Tonight's book, by the house's accounts and series.
    package let positions: PositionBook
    /// The business date after tonight's.
    package let businessDate: BusinessDate
    /// In force on that date, as known tonight.
    package let parameters: ParameterSet
    /// Tonight's holdings as they count on that date.
    package let collateral: [AccountCode: [CollateralHolding]]
    /// What intraday runs of tonight's date called: it is in nobody's collateral yet and is taken to be paid.
    package let collectedIntraday: [AccountCode: [IntradayCollected]]
    /// Variation margin owed from earlier days tonight, which nobody pays.
    package let owed: [AccountCode: [Money]]
    /// Nil where the parameters charge nothing for stress.
    package let stress: StressTerms?

    package init(
        house: ClearingHouse, market: MarketSnapshot, exchangeRates: [CurrencyPair: ExactDecimal],
        liquidity: [CombinedCommodityCode: LiquidityRow], positions: PositionBook, businessDate: BusinessDate,
        parameters: ParameterSet, collateral: [AccountCode: [CollateralHolding]],
        collectedIntraday: [AccountCode: [IntradayCollected]], owed: [AccountCode: [Money]], stress: StressTerms?
    ) {
        precondition(market.prices.count == house.series.count, "prices are parallel to the series")
        precondition(businessDate > market.businessDate, "the next date comes after tonight's")
        self.house = house
        self.market = market
        self.exchangeRates = exchangeRates
        self.liquidity = liquidity
        self.positions = positions
        self.businessDate = businessDate
        self.parameters = parameters
        self.collateral = collateral
        self.collectedIntraday = collectedIntraday
        self.owed = owed
        self.stress = stress
    }
}

/// Why the next night cannot be computed from what is known tonight.
package enum NextNightError: Error, Hashable, Sendable {
    /// A series that is held has no price, or the parameters in force then do not margin it.
    case notMargined(SeriesCode)
    /// An account that holds something is of a class that the parameters in force then lack.
    case noAccountClass(AccountCode, AccountClassCode)
    /// The house has no base currency, or none of its currencies is it, while stress is charged.
    case noBaseCurrency
}

extension NextNightError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notMargined(let series): "series \(series) is held and has no price or no margin parameters then"
        case .noAccountClass(let account, let accountClass):
            "account \(account) holds something and its class \(accountClass) has no row of account_class then"
        case .noBaseCurrency: "stress is charged and the house has no base currency"
        }
    }
}
