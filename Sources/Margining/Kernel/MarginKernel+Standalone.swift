import ClearingModel
import Quantities

extension MarginKernel {
    /// What a position would cost with nothing beside it: the largest loss of its array, 0 or more, rounded to the
    /// minor unit of the margin currency; nil of a series without an array. O(1).
    ///
    /// A gross account's long and short each count, any other's their difference.
    package func standaloneScan(of position: Position, _ terms: AccountTerms) -> Money? {
        let line = arrays.lines[Int(position.series)]
        guard line.offset >= 0 else { return nil }
        let commodity = book.combinedCommodities[book.series[Int(position.series)].combinedCommodity]
        let isGross = terms.marginingType == .grossOmnibus
        let net = Int128(position.long) - Int128(position.short)
        let (long, short) = isGross ? (Int128(position.long), Int128(position.short)) : (max(net, 0), max(-net, 0))
        let loss = long * Int128(max(line.largest, 0)) + short * Int128(max(-line.smallest, 0))
        return Money(
            rounding: ExactDecimal(mantissa: loss, scale: commodity.arrayDecimals), currency: commodity.currency)
    }
}
