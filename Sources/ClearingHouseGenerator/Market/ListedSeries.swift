import ClearingModel
import Pricing
import Quantities

/// Which of a combined commodity's contracts a series belongs to.
enum ContractSlot: UInt8 { case future, option, weekly }

/// One series of the house. Series are numbered in the order of their listing, all of a product together.
struct ListedSeries {
    let code: String
    /// Number of the product in the catalogue.
    let product: Int
    let slot: ContractSlot
    /// The future's delivery month, an option's underlying future's, or its own expiry month on a spot.
    let month: ContractMonth
    let expiry: BusinessDate
    /// Nil for a future.
    let right: OptionRight?
    /// In units of 10^-decimals of the product; 0 for a future.
    let strike: Int64
    /// Number of the underlying future's series; nil where the series stands on a spot or is a future.
    let underlying: Int?
}

/// The options of one expiry: strikes ascending, each a call and then a put.
struct OptionChain {
    let slot: ContractSlot
    /// What stands in the series codes: the option month or the expiry date.
    let label: String
    let month: ContractMonth
    let expiry: BusinessDate
    let underlying: Int?
    let strikes: [Int64]
    /// Number of the first strike's call.
    let first: Int

    var series: Range<Int> { first..<(first + 2 * strikes.count) }

    /// The number of a series by the position of its strike.
    func number(strike: Int, _ right: OptionRight) -> Int { first + 2 * strike + (right == .call ? 0 : 1) }
}

/// Which series numbers are a product's futures, and its chains in order of listing: monthly first, then weekly.
struct ProductListing {
    let futures: Range<Int>
    let chains: [OptionChain]
    /// How many of the chains, from the first, are of the monthly cycle.
    let monthlyCount: Int
    /// Ticks in units of 10^-decimals.
    let futureTick: Int64
    let optionTick: Int64

    var monthly: ArraySlice<OptionChain> { chains.prefix(monthlyCount) }
    var series: Range<Int> { futures.lowerBound..<(chains.last?.series.upperBound ?? futures.upperBound) }
}
