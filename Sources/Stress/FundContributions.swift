import Margining
import Quantities

/// A member's share of a guaranty fund.
package struct FundContribution: Hashable, Sendable {
    /// Minor units, 0 or more.
    package let amount: Int64
    /// Whether it is the minimum, above what its weight comes to.
    package let isMinimum: Bool
}

/// `total` shared by weights, nobody paying less than `minimum`; all in minor units, 0 or more, exact.
///
/// Who would come below the minimum pays the minimum, and the others share the rest by their weights, until nobody
/// comes below it; then by largest remainder, equal remainders in the order of the weights, evenly where all weights
/// left are 0. The shares add up to `total`. Nil where the minimum of all is more than that, or where there is nobody
/// to share it. O(n²) at worst: a round a member that pays the minimum.
package func fundContributions(_ total: Int64, weights: [Int64], minimum: Int64) -> [FundContribution]? {
    guard !weights.isEmpty, Int128(minimum) * Int128(weights.count) <= Int128(total) else { return nil }
    var isMinimum = [Bool](repeating: false, count: weights.count)
    var rest = total
    while true {
        let sharing = weights.indices.filter { !isMinimum[$0] }
        let sum = sharing.reduce(Int128(0)) { $0 + Int128(weights[$1]) }
        let below = sharing.filter { sum > 0 && Int128(weights[$0]) * Int128(rest) < Int128(minimum) * sum }
        if below.isEmpty {
            let shares = sharedByLargestRemainder(rest, weights: sharing.map { weights[$0] })
            var contributions = weights.map { _ in FundContribution(amount: minimum, isMinimum: true) }
            for (index, share) in zip(sharing, shares) {
                contributions[index] = FundContribution(amount: share, isMinimum: false)
            }
            return contributions
        }
        for index in below { isMinimum[index] = true }
        rest -= minimum * Int64(below.count)
    }
}

/// A guaranty fund's size in units of its currency: the largest need with a buffer on top (a fraction), not below
/// `floor`, rounded up to a whole unit. All 0 or more, exact.
package func fundSize(largestNeed: ExactDecimal, buffer: ExactDecimal, floor: ExactDecimal) -> ExactDecimal {
    let size = max(floor, largestNeed * (.one + buffer))
    let whole = size.divided(by: .one, truncatedToScale: 0)
    return whole < size ? whole + .one : whole
}
