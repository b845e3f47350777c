import ClearingModel
import Quantities

/// The half bid-ask spread paid on closing a position (methodology §9).
package struct HalfSpreadCharge: Sendable {
    package let combinedCommodity: CombinedCommodityCode
    /// Price units, 0 or more.
    package let halfSpread: ExactDecimal
    /// Currency units for one unit of price and one contract.
    package let contractValueFactor: ExactDecimal
    /// Multiple of the half-spread for this tier of liquidity, 0 or more; 1 where tiers are not used.
    package let tierFactor: ExactDecimal

    package init(
        combinedCommodity: CombinedCommodityCode, halfSpread: ExactDecimal, contractValueFactor: ExactDecimal,
        tierFactor: ExactDecimal = .one
    ) {
        self.combinedCommodity = combinedCommodity
        self.halfSpread = halfSpread
        self.contractValueFactor = contractValueFactor
        self.tierFactor = tierFactor
    }

    /// Half-spread · |X| · contract value factor · tier factor, exact, then half away from zero to the minor unit of
    /// `currency`, which is the combined commodity's.
    package func line(size: PositionSize, currency: Currency) throws(AddOnError) -> AddOnLine {
        let item = AddOnItemCode(combinedCommodity.text)
        try item.requireNotNegative(halfSpread, "half-spread")
        try item.requireAbove(zero: contractValueFactor, "contract value factor")
        try item.requireNotNegative(tierFactor, "tier factor")
        let amount = try item.product(halfSpread, size.contracts, contractValueFactor, tierFactor)
        return AddOnLine(
            kind: .halfSpread, item: item, base: .zero(currency), size: size,
            driver: "\(size.contracts) contracts at half-spread \(halfSpread), tier factor \(tierFactor)",
            multiplier: tierFactor, amount: try item.money(amount, currency))
    }
}
