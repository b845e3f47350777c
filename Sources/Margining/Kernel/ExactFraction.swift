import Quantities

/// A quotient held exactly: whole numerator over whole denominator, reduced.
///
/// Liquidation days and the ratios under a square root stay in it until the root is taken (methodology §9). Where a sum
/// leaves 128 bits (volumes with many decimals in one group) it is rounded to 18 decimals, and so is a product:
/// contracts, days and minor units are then held finer than the Double that follows.
package struct ExactFraction: Hashable, Sendable {
    package let numerator: Int128
    /// Above 0.
    package let denominator: Int128

    /// Reduces to lowest terms; the denominator must be above zero.
    package init(_ numerator: Int128, over denominator: Int128) {
        precondition(denominator > 0, "a fraction's denominator is above zero")
        let divisor = Int128(Self.greatestCommonDivisor(numerator.magnitude, denominator.magnitude))
        self.numerator = divisor == 1 ? numerator : numerator / divisor
        self.denominator = divisor == 1 ? denominator : denominator / divisor
    }

    private init(reduced numerator: Int128, over denominator: Int128) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// The decimal, in lowest terms.
    package init(_ decimal: ExactDecimal) {
        let plain = decimal.withoutTrailingZeros
        // Without trailing zeros it has nothing in common with ten but twos or fives, never both.
        let twos = min(plain.mantissa.trailingZeroBitCount, plain.scale)
        var (numerator, denominator) = (plain.mantissa >> twos, PowersOfTen.int128(plain.scale) >> twos)
        if twos == 0 {
            for _ in 0..<plain.scale {
                let (fifth, rest) = numerator.quotientAndRemainder(dividingBy: 5)
                guard rest == 0 else { break }
                (numerator, denominator) = (fifth, denominator / 5)
            }
        }
        self.init(reduced: numerator, over: denominator)
    }

    /// `numerator / denominator`; the denominator must be above zero. Traps where a term leaves 128 bits.
    package init(_ numerator: ExactDecimal, over denominator: ExactDecimal) {
        let (above, below) = (numerator.withoutTrailingZeros, denominator.withoutTrailingZeros)
        let scale = max(above.scale, below.scale)
        self.init(above.roundedMantissa(scale: scale), over: below.roundedMantissa(scale: scale))
    }

    package static let zero = ExactFraction(0, over: 1)
    package static let one = ExactFraction(1, over: 1)

    package static func + (left: Self, right: Self) -> Self {
        exactSum(left, right) ?? ExactFraction(left.coarseNumerator + right.coarseNumerator, over: coarseUnit)
    }

    package static func * (left: Self, right: Self) -> Self {
        if let exact = exactProduct(left, right) { return exact }
        guard let coarse = roundedQuotient(left.coarseNumerator, times: right.numerator, over: right.denominator) else {
            preconditionFailure("a product of fractions exceeds 128 bits")
        }
        return ExactFraction(coarse, over: coarseUnit)
    }

    /// Traps where `right` is not above zero.
    package static func / (left: Self, right: Self) -> Self {
        precondition(right.numerator > 0, "a divisor is above zero")
        return left * ExactFraction(right.denominator, over: right.numerator)
    }

    /// The value at `scale` decimals, ties away from zero; for reports. Traps where it leaves 128 bits.
    package func rounded(toScale scale: Int) -> ExactDecimal {
        guard let digits = roundedQuotient(numerator, times: PowersOfTen.int128(scale), over: denominator) else {
            preconditionFailure("a fraction with \(scale) decimals exceeds 128 bits")
        }
        return ExactDecimal(mantissa: digits, scale: scale)
    }

    private static let coarseScale = 18
    private static let coarseUnit = PowersOfTen.int128(coarseScale)

    /// This value in units of 10^-18.
    private var coarseNumerator: Int128 { rounded(toScale: Self.coarseScale).mantissa }

    private static func exactSum(_ left: Self, _ right: Self) -> Self? {
        let divisor = Int128(greatestCommonDivisor(left.denominator.magnitude, right.denominator.magnitude))
        let (l, lOverflows) = left.numerator.multipliedReportingOverflow(by: right.denominator / divisor)
        let (r, rOverflows) = right.numerator.multipliedReportingOverflow(by: left.denominator / divisor)
        let (below, belowOverflows) = (left.denominator / divisor).multipliedReportingOverflow(by: right.denominator)
        let (above, aboveOverflows) = l.addingReportingOverflow(r)
        guard !lOverflows, !rOverflows, !belowOverflows, !aboveOverflows else { return nil }
        return ExactFraction(above, over: below)
    }

    private static func exactProduct(_ left: Self, _ right: Self) -> Self? {
        let first = ExactFraction(left.numerator, over: right.denominator)
        let second = ExactFraction(right.numerator, over: left.denominator)
        let (above, aboveOverflows) = first.numerator.multipliedReportingOverflow(by: second.numerator)
        let (below, belowOverflows) = first.denominator.multipliedReportingOverflow(by: second.denominator)
        // What is left over and under has nothing in common with its own other term, nor now with the other's.
        return aboveOverflows || belowOverflows ? nil : ExactFraction(reduced: above, over: below)
    }

    private static func greatestCommonDivisor(_ left: UInt128, _ right: UInt128) -> UInt128 {
        var (larger, smaller) = (left, right)
        while smaller > UInt128(UInt64.max) { (larger, smaller) = (smaller, larger % smaller) }
        guard smaller > 0 else { return larger }
        if larger > UInt128(UInt64.max) { (larger, smaller) = (smaller, larger % smaller) }
        // From here on both fit 64 bits, which the processor divides by itself.
        var (divisor, rest) = (UInt64(truncatingIfNeeded: larger), UInt64(truncatingIfNeeded: smaller))
        while rest > 0 { (divisor, rest) = (rest, divisor % rest) }
        return UInt128(divisor)
    }
}
