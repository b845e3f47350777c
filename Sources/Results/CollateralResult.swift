import MarginCalls
import Quantities

/// What one collateral item of an account is worth in a run.
package struct CollateralResult: Hashable, Sendable {
    package let item: CollateralItemCode
    /// The asset's code.
    package let asset: String
    package let quantity: ExactDecimal
    package let price: ExactDecimal
    /// 0 … 1, as the next one on currency.
    package let haircut: ExactDecimal
    package let fxRate: ExactDecimal
    package let fxHaircut: ExactDecimal
    /// In the call currency, as the next one.
    package let valueBeforeLimits: ExactDecimal
    package let accepted: ExactDecimal
    /// Why not all of it counts.
    package let excluded: CollateralExclusion

    package init(
        item: CollateralItemCode, asset: String, quantity: ExactDecimal, price: ExactDecimal, haircut: ExactDecimal,
        fxRate: ExactDecimal, fxHaircut: ExactDecimal, valueBeforeLimits: ExactDecimal, accepted: ExactDecimal,
        excluded: CollateralExclusion
    ) {
        self.item = item
        self.asset = asset
        self.quantity = quantity
        self.price = price
        self.haircut = haircut
        self.fxRate = fxRate
        self.fxHaircut = fxHaircut
        self.valueBeforeLimits = valueBeforeLimits
        self.accepted = accepted
        self.excluded = excluded
    }
}
