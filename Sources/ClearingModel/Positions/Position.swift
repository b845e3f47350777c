/// What an owner holds of one series, by dense index: 24 bytes and no reference counting, because a run has a million.
package struct Position: Hashable, Sendable {
    /// Index into the account's owners; 0 where the account is not segregated.
    package let owner: Int32
    /// Index into the book's series.
    package let series: Int32
    /// Units long and units short, never negative. A net account's position is their difference.
    package let long: Int64
    package let short: Int64

    package init(owner: Int32 = 0, series: Int32, long: Int64, short: Int64) {
        precondition(long >= 0 && short >= 0, "a long or short quantity is never negative")
        self.owner = owner
        self.series = series
        self.long = long
        self.short = short
    }

    /// A net position: above 0 long, below 0 short.
    package init(owner: Int32 = 0, series: Int32, quantity: Int64) {
        self.init(owner: owner, series: series, long: max(quantity, 0), short: max(-quantity, 0))
    }
}
