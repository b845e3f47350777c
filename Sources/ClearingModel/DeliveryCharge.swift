import Quantities

/// Which side of a delivery month pays the charge.
package enum DeliverySide: String, Sendable {
    case both, long, short
}

/// The charge for one contract month in its delivery period (docs/methodology.md §6.3).
package struct DeliveryCharge: Hashable, Sendable {
    package let combinedCommodity: CombinedCommodityCode
    package let contractMonth: ContractMonth
    /// Money a unit of delta that no spread has consumed.
    package let outrightRate: ExactDecimal
    /// Money a unit of delta that super-inter-commodity or calendar spreads have consumed.
    package let spreadRate: ExactDecimal
    package let appliesTo: DeliverySide

    package init(
        combinedCommodity: CombinedCommodityCode, contractMonth: ContractMonth, outrightRate: ExactDecimal,
        spreadRate: ExactDecimal, appliesTo: DeliverySide = .both
    ) {
        self.combinedCommodity = combinedCommodity
        self.contractMonth = contractMonth
        self.outrightRate = outrightRate
        self.spreadRate = spreadRate
        self.appliesTo = appliesTo
    }
}
