import ClearingModel
import Quantities

/// One account's call with the lines it is made of.
package struct AccountCall: Sendable {
    package let account: Account
    package let owners: [OwnerCode]
    package let call: MarginCall
    package let variationMargin: [VariationMarginLine]
    /// The price each line starts and ends at, parallel to the lines.
    package let linePrices: [(from: ExactDecimal, to: ExactDecimal)]
    /// By currency code.
    package let unpaid: [UnpaidVariationMargin]
    package let collateral: [CollateralValue]
    /// Parallel to `collateral`.
    package let assets: [String]
    package let dueDate: BusinessDate
    /// Whether an intraday trigger decided it.
    package let isIntraday: Bool

    package init(
        account: Account, owners: [OwnerCode], call: MarginCall, variationMargin: [VariationMarginLine],
        linePrices: [(from: ExactDecimal, to: ExactDecimal)], unpaid: [UnpaidVariationMargin],
        collateral: [CollateralValue], assets: [String], dueDate: BusinessDate, isIntraday: Bool
    ) {
        self.account = account
        self.owners = owners
        self.call = call
        self.variationMargin = variationMargin
        self.linePrices = linePrices
        self.unpaid = unpaid
        self.collateral = collateral
        self.assets = assets
        self.dueDate = dueDate
        self.isIntraday = isIntraday
    }
}
