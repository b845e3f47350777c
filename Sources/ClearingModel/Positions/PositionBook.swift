/// The positions of a date, account by account: one flat list and where each account's part lies.
package struct PositionBook: Sendable {
    /// In the order of the accounts; within one by owner and series position.
    package let positions: [Position]
    /// For each account of the house, in its order, the span of its positions.
    package let spans: [Range<Int>]

    package init(positions: [Position], spans: [Range<Int>]) {
        self.positions = positions
        self.spans = spans
    }

    /// No positions of any account.
    package static func empty(accountCount: Int) -> PositionBook {
        PositionBook(positions: [], spans: .init(repeating: 0..<0, count: accountCount))
    }

    /// The positions of the account at a place in the house's list.
    package func positions(ofAccount index: Int) -> ArraySlice<Position> { positions[spans[index]] }
}
