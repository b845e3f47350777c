import ClearingModel
import Quantities

/// When a spread forms; the raw value is the code in results.
package enum SpreadStep: String, Sendable {
    case `super`, intra, inter
}

/// One leg of a spread that an owner's positions have formed in a run.
package struct SpreadLegResult: Hashable, Sendable {
    package let owner: OwnerCode
    package let step: SpreadStep
    package let spread: SpreadCode
    /// 1, 2, …
    package let leg: Int16
    package let combinedCommodity: CombinedCommodityCode
    /// Code of the tier, or the month, whose delta it takes; empty for the whole combined commodity.
    package let pool: String
    package let side: SpreadSide
    /// Spreads formed.
    package let count: Delta
    /// Delta taken, a magnitude.
    package let consumed: Delta
    /// Nil where the rate is an amount.
    package let weightedPriceRisk: ExactDecimal?
    package let rate: ExactDecimal
    package let currency: CurrencyCode
    /// Of the whole spread, on its first leg; 0 or more.
    package let charge: ExactDecimal
    /// 0 or more.
    package let credit: ExactDecimal

    package init(
        owner: OwnerCode, step: SpreadStep, spread: SpreadCode, leg: Int16, combinedCommodity: CombinedCommodityCode,
        pool: String, side: SpreadSide, count: Delta, consumed: Delta, weightedPriceRisk: ExactDecimal?,
        rate: ExactDecimal, currency: CurrencyCode, charge: ExactDecimal, credit: ExactDecimal
    ) {
        self.owner = owner
        self.step = step
        self.spread = spread
        self.leg = leg
        self.combinedCommodity = combinedCommodity
        self.pool = pool
        self.side = side
        self.count = count
        self.consumed = consumed
        self.weightedPriceRisk = weightedPriceRisk
        self.rate = rate
        self.currency = currency
        self.charge = charge
        self.credit = credit
    }
}
