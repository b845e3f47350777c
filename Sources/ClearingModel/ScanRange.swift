import Quantities

/// How far a price is moved: an amount a unit of price, or a share of the contract's own underlying price in absolute
/// value (docs/methodology.md §3). Never negative.
package enum PriceScanRange: Hashable, Sendable {
    case amount(ExactDecimal)
    /// A fraction: 0.10 is ten per cent.
    case percent(ExactDecimal)
}

/// How far a volatility is moved: in points, or as a factor of the volatility itself (docs/methodology.md §3).
package enum VolatilityScanRange: Hashable, Sendable {
    case absolute(ExactDecimal)
    case relative(ExactDecimal)
}

/// A price scan range for contract months `from` … `to`, both included, in place of the combined commodity's own.
package struct PriceScanRangeTier: Hashable, Sendable {
    package let combinedCommodity: CombinedCommodityCode
    package let fromMonth: ContractMonth
    package let toMonth: ContractMonth
    package let priceScanRange: PriceScanRange

    package init(
        combinedCommodity: CombinedCommodityCode, fromMonth: ContractMonth, toMonth: ContractMonth,
        priceScanRange: PriceScanRange
    ) {
        self.combinedCommodity = combinedCommodity
        self.fromMonth = fromMonth
        self.toMonth = toMonth
        self.priceScanRange = priceScanRange
    }
}
