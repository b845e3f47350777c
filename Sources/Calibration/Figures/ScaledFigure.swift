import Margining
import Quantities

/// A decimal times a quotient, exact: a core with its buffer before it is rounded.
struct ScaledFigure: Hashable, Sendable {
    let base: ExactDecimal
    /// Above 0 both, without a common factor.
    let above: Int128
    let below: Int128

    init(_ base: ExactDecimal) { (self.base, above, below) = (base, 1, 1) }

    /// The base and a share of it.
    init(_ base: ExactDecimal, with share: ExactFraction) {
        self.base = base
        (above, below) = (share.numerator + share.denominator, share.denominator)
    }

    /// At 12 decimals, ties away from zero. Traps where it leaves 128 bits.
    var published: ExactDecimal {
        let digits =
            if base.scale <= publishedDecimals {
                roundedQuotient(base.roundedMantissa(scale: publishedDecimals), times: above, over: below)
            } else {
                roundedQuotient(
                    base.mantissa, times: above, over: below * PowersOfTen.int128(base.scale - publishedDecimals))
            }
        guard let digits else { preconditionFailure("a figure with 12 decimals stays within 128 bits") }
        return ExactDecimal(mantissa: digits, scale: publishedDecimals)
    }

    /// The figure in lowest terms.
    var fraction: ExactFraction { ExactFraction(base) * ExactFraction(above, over: below) }
}

extension ExactDecimal {
    /// Whether this is above a product, which is not rounded.
    /// - Throws: `outOfRange` where the product leaves 128 bits.
    func exceeds(_ left: ExactDecimal, times right: ExactDecimal) throws(FigureFault) -> Bool {
        let decimals = left.scale + right.scale - scale
        guard (0...18).contains(decimals), let own = Int64(exactly: mantissa),
            let left64 = Int64(exactly: left.mantissa),
            let right64 = Int64(exactly: right.mantissa)
        else { return self > (try left.product(right)) }
        return Int128(own) * PowersOfTen.int128(decimals) > Int128(left64) * Int128(right64)
    }
}
