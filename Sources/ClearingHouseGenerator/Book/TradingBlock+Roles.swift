import ClearingModel
import Pricing

/// The positions that the first block's special accounts are there to show.
extension TradingBlock {
    /// Opens them on the previous date against ordinary accounts that trade the product.
    mutating func openSpecialPositions() {
        for (number, holder) in holders.enumerated() {
            switch holder.role {
            case .ordinary: break
            case .shortWings: sellWings(number)
            case .withinThreshold: openAgainstOrdinary(number, futures(0)[1], quantity: 10)
            case .longOptionsOnly: buyOptions(number)
            case .concentrated:
                for _ in 0..<12 { openAgainstOrdinary(number, futures(1)[1], quantity: 150) }
            }
        }
    }

    /// Short a hundred of each of the outermost options of the nearest crude chain: puts below, calls above.
    private mutating func sellWings(_ holder: Int) {
        let chain = listing.products[0].chains[0]
        for strike in 0..<3 {
            openAgainstOrdinary(holder, chain.number(strike: strike, .put), quantity: -100)
            openAgainstOrdinary(holder, chain.number(strike: chain.strikes.count - 1 - strike, .call), quantity: -100)
        }
    }

    /// Long twenty of calls and puts around the money in the first months of crude and gas.
    private mutating func buyOptions(_ holder: Int) {
        for product in 0...1 {
            for chain in listing.products[product].monthly.prefix(3) {
                let middle = chain.strikes.count / 2
                openAgainstOrdinary(holder, chain.number(strike: middle + 1, .call), quantity: 20)
                openAgainstOrdinary(holder, chain.number(strike: middle - 1, .put), quantity: 20)
            }
        }
    }

    private func futures(_ product: Int) -> [Int] { Array(listing.products[product].futures) }

    /// A position for `holder` (long where positive) with an ordinary account that trades the product, in turn.
    private mutating func openAgainstOrdinary(_ holder: Int, _ series: Int, quantity: Int64) {
        let others = interested[listing.series[series].product].filter {
            holders[$0].role == .ordinary && holders[$0].account != holders[holder].account
        }
        guard !others.isEmpty else { return }
        let other = others[draws.integer(below: others.count)]
        if quantity > 0 {
            open(series, buyer: holder, seller: other, quantity: quantity)
        } else {
            open(series, buyer: other, seller: holder, quantity: -quantity)
        }
    }
}
