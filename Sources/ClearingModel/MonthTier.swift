import Quantities

/// One contract month's membership in one tier; a tier is all rows of its code. It may serve spread legs, scanning
/// apart, or both, and tiers may overlap (docs/methodology.md §5, §6.2).
package struct MonthTier: Hashable, Sendable {
    package let combinedCommodity: CombinedCommodityCode
    package let tier: TierCode
    package let contractMonth: ContractMonth
    /// The tier is a scan tier: its months are scanned apart from the others.
    package let isScannedApart: Bool

    package init(
        combinedCommodity: CombinedCommodityCode, tier: TierCode, contractMonth: ContractMonth,
        isScannedApart: Bool = false
    ) {
        self.combinedCommodity = combinedCommodity
        self.tier = tier
        self.contractMonth = contractMonth
        self.isScannedApart = isScannedApart
    }
}
