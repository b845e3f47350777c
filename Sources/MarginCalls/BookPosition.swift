import Quantities

/// A series as its rank in a `SettlementBook`; the order of ranks is the order of series codes.
package struct SeriesIndex: Hashable, Comparable, Sendable {
    package let rank: Int32
    package init(rank: Int32) { self.rank = rank }
    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}

/// A beneficial owner as its rank in the caller's own list; `none` in an account that is not segregated.
package struct OwnerIndex: Hashable, Comparable, Sendable {
    package let rank: Int32
    package init(rank: Int32) { self.rank = rank }
    package static let none = OwnerIndex(rank: 0)
    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}

/// A position of one account and owner in one series at the end of a business date.
package struct BookPosition: Hashable, Sendable {
    package let series: SeriesIndex
    package let owner: OwnerIndex
    /// Contracts held long, 0 or more.
    package let longQuantity: Int64
    /// Contracts held short, 0 or more.
    package let shortQuantity: Int64

    package init(series: SeriesIndex, owner: OwnerIndex = .none, longQuantity: Int64, shortQuantity: Int64) {
        precondition(longQuantity >= 0 && shortQuantity >= 0, "a side of a position is never negative")
        self.series = series
        self.owner = owner
        self.longQuantity = longQuantity
        self.shortQuantity = shortQuantity
    }

    /// Long − short: what variation margin is paid on, gross positions too.
    package var netQuantity: Int64 { longQuantity - shortQuantity }
}

/// A trade of the business date.
package struct BookTrade: Hashable, Sendable {
    package let series: SeriesIndex
    package let owner: OwnerIndex
    /// Contracts: bought +, sold −.
    package let quantity: Int64
    package let price: ExactDecimal

    package init(series: SeriesIndex, owner: OwnerIndex = .none, quantity: Int64, price: ExactDecimal) {
        self.series = series
        self.owner = owner
        self.quantity = quantity
        self.price = price
    }
}
