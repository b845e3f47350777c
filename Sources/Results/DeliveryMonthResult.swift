import ClearingModel
import Quantities

/// An owner's delivery charge of a run in one contract month.
package struct DeliveryMonthResult: Hashable, Sendable {
    package let owner: OwnerCode
    package let combinedCommodity: CombinedCommodityCode
    package let contractMonth: ContractMonth
    /// Delta that no spread took, a magnitude.
    package let remaining: Delta
    package let outrightRate: ExactDecimal
    package let consumed: Delta
    package let spreadRate: ExactDecimal
    /// 0 or more.
    package let charge: ExactDecimal

    package init(
        owner: OwnerCode, combinedCommodity: CombinedCommodityCode, contractMonth: ContractMonth, remaining: Delta,
        outrightRate: ExactDecimal, consumed: Delta, spreadRate: ExactDecimal, charge: ExactDecimal
    ) {
        self.owner = owner
        self.combinedCommodity = combinedCommodity
        self.contractMonth = contractMonth
        self.remaining = remaining
        self.outrightRate = outrightRate
        self.consumed = consumed
        self.spreadRate = spreadRate
        self.charge = charge
    }
}
