import Quantities

/// `total` shared over exact parts, in whole minor units: each its own floor, and one more for those with the largest
/// remainders; equal remainders in order (docs/methodology.md §7).
///
/// The parts add up to `total` before it was rounded to the nearest minor unit, so that the shares add up to it.
package func sharedByLargestRemainder(_ total: Money, over parts: [ExactFraction]) -> [Money] {
    let unit = PowersOfTen.int128(total.currency.decimals)
    var shares: [Int64] = []
    var remainders: [ExactFraction] = []
    for part in parts {
        let units = part * ExactFraction(unit, over: 1)
        let (quotient, remainder) = units.numerator.quotientAndRemainder(dividingBy: units.denominator)
        let floor = remainder < 0 ? quotient - 1 : quotient
        shares.append(Int64(floor))
        remainders.append(units - ExactFraction(floor, over: 1))
    }
    let missing = Int(total.minorUnits - shares.reduce(0, +))
    precondition((0...parts.count).contains(missing), "the parts do not add up to the total")
    let order = parts.indices.sorted {
        remainders[$0] != remainders[$1] ? remainders[$0] > remainders[$1] : $0 < $1
    }
    for index in order.prefix(missing) { shares[index] += 1 }
    return shares.map { Money(minorUnits: $0, currency: total.currency) }
}

/// `total` minor units, 0 or more, shared by weights of 0 or more: each its own floor, and one more for those with the
/// largest remainders; equal remainders in order; evenly where every weight is 0 (docs/methodology.md §8.3, §8.5).
///
/// The shares add up to `total`. Precondition: there is a weight, unless the total is 0.
package func sharedByLargestRemainder(_ total: Int64, weights: [Int64]) -> [Int64] {
    if total == 0 { return [Int64](repeating: 0, count: weights.count) }
    precondition(total > 0 && !weights.isEmpty, "an amount above 0 is shared among somebody")
    var whole: Int128 = weights.reduce(0) { (sum: Int128, weight: Int64) -> Int128 in sum + Int128(weight) }
    let isEven = whole == 0
    if isEven { whole = Int128(weights.count) }
    var shares: [Int64] = []
    var remainders: [Int128] = []
    for weight in weights {
        let product = Int128(total) * (isEven ? 1 : Int128(weight))
        let (share, remainder) = product.quotientAndRemainder(dividingBy: whole)
        shares.append(Int64(share))
        remainders.append(remainder)
    }
    let missing = Int(total - shares.reduce(0, +))
    let order = weights.indices.sorted { (left: Int, right: Int) -> Bool in
        remainders[left] != remainders[right] ? remainders[left] > remainders[right] : left < right
    }
    for index in order.prefix(missing) { shares[index] += 1 }
    return shares
}
