import ClearingModel
import Quantities

/// What one series traded at, in price units of its contract.
package struct SeriesPrices: Hashable, Sendable {
    /// The settlement price of the business date.
    package var settlement: ExactDecimal?
    /// The price the series settles finally to, of an option that of its **underlying**; nil unless it settles finally
    /// on the business date (docs/methodology.md §11.1).
    package var finalSettlement: ExactDecimal?
    /// The settlement price of the previous business date; nil for a series listed since, and in a `MarketSnapshot`,
    /// where no price of that day enters a value.
    package var previousSettlement: ExactDecimal?

    package init(
        settlement: ExactDecimal? = nil, finalSettlement: ExactDecimal? = nil, previousSettlement: ExactDecimal? = nil
    ) {
        self.settlement = settlement
        self.finalSettlement = finalSettlement
        self.previousSettlement = previousSettlement
    }
}

/// What series are valued by on one business date: immutable, as a run has pinned it.
package struct MarketSnapshot: Sendable {
    package let businessDate: BusinessDate
    /// The house's business days.
    package let calendar: BusinessCalendar
    /// By the series' position in the clearing house's list.
    package let prices: [SeriesPrices]
    /// Series that have expired and are still in the book, because their final price has not come.
    package let unsettled: Set<SeriesCode>
    /// Spot and index levels by their own codes; a series as underlying is looked up in `prices`.
    package let underlyingPrices: [UnderlyingCode: ExactDecimal]
    /// Assigned volatilities by series or underlying: a yearly fraction, or price units under Bachelier.
    package let volatilities: [String: ExactDecimal]
    /// What the underlyings of average-price options have averaged since averaging began, in price units.
    package let realisedAverages: [SeriesCode: ExactDecimal]
    /// Continuously compounded yearly rates.
    package let rates: [RateCode: ExactDecimal]

    package init(
        businessDate: BusinessDate, calendar: BusinessCalendar, prices: [SeriesPrices],
        unsettled: Set<SeriesCode> = [], underlyingPrices: [UnderlyingCode: ExactDecimal],
        volatilities: [String: ExactDecimal], realisedAverages: [SeriesCode: ExactDecimal] = [:],
        rates: [RateCode: ExactDecimal]
    ) {
        self.businessDate = businessDate
        self.calendar = calendar
        self.prices = prices
        self.unsettled = unsettled
        self.underlyingPrices = underlyingPrices
        self.volatilities = volatilities
        self.realisedAverages = realisedAverages
        self.rates = rates
    }
}
