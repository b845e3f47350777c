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
