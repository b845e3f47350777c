/// The net position of an owner in a series, not zero.
package struct NetPosition: Hashable, Sendable {
    package let series: SeriesIndex
    package let owner: OwnerIndex
    /// Contracts, long +.
    package let quantity: Int64

    package init(series: SeriesIndex, owner: OwnerIndex = .none, quantity: Int64) {
        self.series = series
        self.owner = owner
        self.quantity = quantity
    }

    static func isBefore(_ left: NetPosition, _ right: NetPosition) -> Bool {
        left.series == right.series ? left.owner < right.owner : left.series < right.series
    }
}

/// A series in which an account's positions are not the previous ones plus the trades.
package struct PositionBreak: Hashable, Sendable {
    package let series: SeriesIndex
    package let owner: OwnerIndex
    /// Contracts, long +: previous + trades, 0 after expiry.
    package let rolledForward: Int64
    /// Contracts, long +, as the positions of the date say.
    package let reported: Int64
}

extension SettlementBook {
    /// An account's closing positions: previous + trades, without the series that expire on the date, ascending by
    /// series, then owner, zeros left out (methodology §11). Net: a trade does not say which side of a gross position
    /// it closes. O(n log n) in positions + trades; traps where a quantity leaves 64 bits.
    package func closingPositions(
        previousPositions: ArraySlice<BookPosition>, trades: ArraySlice<BookTrade>
    ) -> [NetPosition] {
        let carried = previousPositions.map {
            NetPosition(series: $0.series, owner: $0.owner, quantity: $0.netQuantity)
        }
        let traded = trades.map { NetPosition(series: $0.series, owner: $0.owner, quantity: $0.quantity) }
        return Self.netted(carried + traded).filter { !rule($0.series).expires }
    }

    /// Where today's positions differ from `closing`, ascending by series, then owner; empty where they agree.
    package func positionBreaks(closing: [NetPosition], reported: ArraySlice<BookPosition>) -> [PositionBreak] {
        let today = Self.netted(
            reported.map { NetPosition(series: $0.series, owner: $0.owner, quantity: $0.netQuantity) })
        var breaks: [PositionBreak] = []
        var (c, t) = (0, 0)
        while c < closing.count || t < today.count {
            let takesClosing = t == today.count || (c < closing.count && !NetPosition.isBefore(today[t], closing[c]))
            let takesToday = c == closing.count || (t < today.count && !NetPosition.isBefore(closing[c], today[t]))
            let key = takesClosing ? closing[c] : today[t]
            let expected = takesClosing ? closing[c].quantity : 0
            let found = takesToday ? today[t].quantity : 0
            if expected != found {
                breaks.append(
                    PositionBreak(series: key.series, owner: key.owner, rolledForward: expected, reported: found))
            }
            c += takesClosing ? 1 : 0
            t += takesToday ? 1 : 0
        }
        return breaks
    }

    private static func netted(_ parts: [NetPosition]) -> [NetPosition] {
        var sums: [NetPosition] = []
        for part in parts.sorted(by: NetPosition.isBefore) {
            if let last = sums.last, last.series == part.series, last.owner == part.owner {
                sums[sums.count - 1] = NetPosition(
                    series: part.series, owner: part.owner, quantity: last.quantity + part.quantity)
            } else {
                sums.append(part)
            }
        }
        return sums.filter { $0.quantity != 0 }
    }
}
