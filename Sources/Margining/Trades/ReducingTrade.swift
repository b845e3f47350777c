import ClearingModel
import Quantities

/// One contract bought or sold that lowers an account's requirement (docs/methodology.md §6.11).
package struct ReducingTrade: Hashable, Sendable {
    /// How many are told an account.
    package static let told = 3

    /// Of one contract.
    package let trade: PositionTrade
    /// What the requirement falls by, in the call currency, above 0.
    package let lowersBy: Money
}

extension TradedAccount {
    /// The trades of one contract that lower the requirement most, at most `count` of them, the most first; of equals
    /// the lower series, then the lower owner, then the purchase.
    ///
    /// Tried are purchase and sale of every series that has an array and whose combined commodity the owner holds, or
    /// that shares an inter-commodity spread with one it holds; a trade after which the account could not be margined
    /// is passed over. Cost: twice `requirement(after:)` a series tried.
    package func reducingTrades(_ count: Int, scratch: inout KernelScratch) -> [ReducingTrade] {
        var best: [ReducingTrade] = []
        for held in owners {
            for series in candidates(held) {
                for quantity in [Int64(1), -1] {
                    let trade = PositionTrade(owner: held.owner, series: series, quantity: quantity)
                    guard let lowersBy = try? lowered(by: trade, &scratch), lowersBy.minorUnits > 0 else { continue }
                    let found = ReducingTrade(trade: trade, lowersBy: lowersBy)
                    let place = best.firstIndex { found.precedes($0) } ?? best.endIndex
                    best.insert(found, at: place)
                    if best.count > count { best.removeLast() }
                }
            }
        }
        return best
    }

    /// Series that a trade could be in, ascending.
    private func candidates(_ held: HeldByOwner) -> [Int] {
        let own = Set(held.positions.map { kernel.book.series[Int($0.series)].combinedCommodity })
        var commodities = own
        if terms.marginingType != .grossOmnibus {
            for spread in kernel.book.interSpreads {
                let legs = spread.legs.map(\.combinedCommodity)
                if legs.contains(where: own.contains) { commodities.formUnion(legs) }
            }
        }
        return commodities.sorted().flatMap { kernel.book.combinedCommodities[$0].series }
            .filter { kernel.arrays.lines[$0].offset >= 0 }.sorted()
    }
}

extension ReducingTrade {
    fileprivate func precedes(_ other: ReducingTrade) -> Bool {
        if lowersBy.minorUnits != other.lowersBy.minorUnits { return lowersBy.minorUnits > other.lowersBy.minorUnits }
        if trade.series != other.trade.series { return trade.series < other.trade.series }
        if trade.owner != other.trade.owner { return trade.owner < other.trade.owner }
        return trade.quantity > other.trade.quantity
    }
}
