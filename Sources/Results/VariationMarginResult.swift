import ClearingModel
import MarginCalls
import Quantities

/// One line of an account's variation margin of a run, with the terms of its series.
package struct VariationMarginResult: Hashable, Sendable {
    package let kind: VariationMarginKind
    package let series: SeriesCode
    /// Contracts, + long, − short.
    package let quantity: Int64
    /// Marked from: the previous settlement, the trade's price, or 0.
    package let fromPrice: ExactDecimal
    package let toPrice: ExactDecimal
    package let currency: CurrencyCode
    /// + the account receives, rounded to the minor unit.
    package let amount: ExactDecimal
    /// Above 0.
    package let contractValueFactor: ExactDecimal
    package let isInverse: Bool

    package init(
        kind: VariationMarginKind, series: SeriesCode, quantity: Int64, fromPrice: ExactDecimal, toPrice: ExactDecimal,
        currency: CurrencyCode, amount: ExactDecimal, contractValueFactor: ExactDecimal, isInverse: Bool
    ) {
        self.kind = kind
        self.series = series
        self.quantity = quantity
        self.fromPrice = fromPrice
        self.toPrice = toPrice
        self.currency = currency
        self.amount = amount
        self.contractValueFactor = contractValueFactor
        self.isInverse = isInverse
    }
}

/// What one currency adds to an account's unpaid variation margin of a run.
package struct UnpaidVariationMarginResult: Hashable, Sendable {
    package let currency: CurrencyCode
    /// The day's, + the account receives.
    package let variationMargin: ExactDecimal
    /// From days before, 0 or more.
    package let stillOwed: ExactDecimal
    /// 0 or more.
    package let unpaid: ExactDecimal
    /// Call currency a unit; nil where nothing is unpaid.
    package let fxRate: ExactDecimal?
    package let callCurrency: CurrencyCode
    /// In the call currency.
    package let converted: ExactDecimal

    package init(
        currency: CurrencyCode, variationMargin: ExactDecimal, stillOwed: ExactDecimal, unpaid: ExactDecimal,
        fxRate: ExactDecimal?, callCurrency: CurrencyCode, converted: ExactDecimal
    ) {
        self.currency = currency
        self.variationMargin = variationMargin
        self.stillOwed = stillOwed
        self.unpaid = unpaid
        self.fxRate = fxRate
        self.callCurrency = callCurrency
        self.converted = converted
    }
}
