import ClearingModel
import Quantities

/// Working memory that one thread reuses from account to account; its contents mean nothing between calls.
package struct KernelScratch: Sendable {
    /// Positions of one account where they came unsorted.
    var positions: [Position] = []
    /// Place of a listed month among the held ones; −1 where it is not held.
    var heldMonthIndices: [Int] = []
    /// Array and delta sums by held month.
    var monthArrays: [Int64] = []
    var monthDeltas: [Int64] = []
    /// Place of a combined commodity among the owner's; −1 where the owner does not hold it.
    var portfolioIndices: [Int] = []
    /// Inter-commodity spreads whose legs are all held.
    var candidates: [Int] = []

    package init() {}

    mutating func prepare(for book: MarginBook) {
        if portfolioIndices.count != book.combinedCommodities.count {
            portfolioIndices = [Int](repeating: -1, count: book.combinedCommodities.count)
        }
        let months = book.mostListedMonths
        if heldMonthIndices.count < months {
            heldMonthIndices = [Int](repeating: -1, count: months)
        }
    }
}
