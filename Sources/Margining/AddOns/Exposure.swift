import ClearingModel
import Quantities

/// What one owner holds in one combined commodity, as the add-ons see it; amounts in the combined commodity's currency.
package struct Exposure: Sendable {
    package let owner: OwnerCode
    package let combinedCommodity: CombinedCommodityCode
    /// Net delta before spreads in contracts, long +.
    package let netDelta: Delta
    /// max(0, risk − net option value).
    package let base: Money
    /// With spreads, times the initial ratio.
    package let initialRisk: Money
    /// Without super- and inter-commodity spreads, times the initial ratio.
    package let standaloneInitialRisk: Money

    package init(
        owner: OwnerCode, combinedCommodity: CombinedCommodityCode, netDelta: Delta, base: Money, initialRisk: Money,
        standaloneInitialRisk: Money
    ) {
        self.owner = owner
        self.combinedCommodity = combinedCommodity
        self.netDelta = netDelta
        self.base = base
        self.initialRisk = initialRisk
        self.standaloneInitialRisk = standaloneInitialRisk
    }

    package var size: PositionSize { PositionSize(netDelta: netDelta) }
}

/// What the owners of one account hold.
package struct AccountExposures: Sendable {
    package let account: AccountCode
    /// In the order of owner and combined commodity.
    package var exposures: [Exposure]

    package init(account: AccountCode, exposures: [Exposure]) {
        self.account = account
        self.exposures = exposures
    }
}
