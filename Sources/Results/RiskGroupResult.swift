import ClearingModel
import Margining

/// A risk group of one owner as a run keeps it.
package struct RiskGroupResult: Sendable {
    package let account: AccountCode
    package let owner: OwnerCode
    package let riskGroup: RiskGroupCode
    package let outcome: RiskGroupOutcome
    package let tail: TailRisk
    /// In units of 10^-decimals, oldest first.
    package let losses: [Int64]
    package let stressedLosses: [Int64]
    package let decimals: Int
    /// In the order of the tail's components.
    package let positions: [(series: SeriesCode, quantity: Int64)]
    /// Codes of the outcome's shares, in their order.
    package let combinedCommodities: [CombinedCommodityCode]

    package init(
        account: AccountCode, owner: OwnerCode, riskGroup: RiskGroupCode, outcome: RiskGroupOutcome, tail: TailRisk,
        losses: [Int64], stressedLosses: [Int64], decimals: Int, positions: [(series: SeriesCode, quantity: Int64)],
        combinedCommodities: [CombinedCommodityCode]
    ) {
        self.account = account
        self.owner = owner
        self.riskGroup = riskGroup
        self.outcome = outcome
        self.tail = tail
        self.losses = losses
        self.stressedLosses = stressedLosses
        self.decimals = decimals
        self.positions = positions
        self.combinedCommodities = combinedCommodities
    }
}
