/// A day's trades, account by account.
package struct TradeBook: Sendable {
    package let trades: [BookTrade]
    /// For each account of the house, in its order, the span of its trades.
    package let spans: [Range<Int>]

    package init(trades: [BookTrade], spans: [Range<Int>]) {
        self.trades = trades
        self.spans = spans
    }

    /// The trades of the account at a place in the house's list, in trade order.
    package func trades(ofAccount index: Int) -> ArraySlice<BookTrade> { trades[spans[index]] }
}
