import ClearingModel

/// Contracts bought or sold by one owner of an account.
package struct PositionTrade: Hashable, Sendable {
    /// Index into the account's owners.
    package let owner: Int
    /// Index into the book's series.
    package let series: Int
    /// Bought above 0, sold below.
    package let quantity: Int64

    package init(owner: Int, series: Int, quantity: Int64) {
        self.owner = owner
        self.series = series
        self.quantity = quantity
    }
}

extension Position {
    /// The position after a trade: what is bought closes shorts first, what is sold longs, and the rest opens. Nil
    /// where a side leaves 64 bits.
    func traded(_ quantity: Int64) -> Position? {
        let closed = quantity > 0 ? min(quantity, short) : -min(long, Int64(clamping: quantity.magnitude))
        let (opened, overflows) = (quantity - closed).magnitude.addingReportingOverflow(
            UInt64(quantity > 0 ? long : short))
        guard !overflows, let opened = Int64(exactly: opened) else { return nil }
        return quantity > 0
            ? Position(owner: owner, series: series, long: opened, short: short - closed)
            : Position(owner: owner, series: series, long: long + closed, short: opened)
    }
}
