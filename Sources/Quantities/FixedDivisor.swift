/// A whole number above 0 that many others are divided by: by a multiplication and a shift.
///
/// Source: Granlund and Montgomery 1994, division by invariant integers using multiplication.
@usableFromInline package struct FixedDivisor: Sendable {
    /// At least 1, below 2⁶³.
    @usableFromInline package let divisor: UInt64
    /// ⌊2^(63 + l)/divisor⌋ + 1 with 2^(l − 1) < divisor ≤ 2^l; unused of 1.
    @usableFromInline let multiplier: UInt64
    /// l − 1.
    @usableFromInline let shift: UInt64

    /// Precondition: above 0.
    package init(_ divisor: Int64) {
        precondition(divisor > 0, "a divisor is above 0")
        self.divisor = divisor.magnitude
        let digits = divisor == 1 ? 0 : 64 - (divisor.magnitude - 1).leadingZeroBitCount
        shift = UInt64(max(digits, 1) - 1)
        // 2^(63 + l) is 2^(l − 1) in the upper of two words.
        multiplier =
            digits == 0 ? 0 : self.divisor.dividingFullWidth((high: 1 << (digits - 1), low: 0)).quotient &+ 1
    }

    /// The quotient, rounded down, of a number below 2⁶³.
    @inlinable @inline(__always)
    package func quotient(of number: UInt64) -> UInt64 {
        divisor == 1 ? number : number.multipliedFullWidth(by: multiplier).high &>> shift
    }
}

/// `left · right / divisor` to the nearest whole number, ties away from zero; nil where the product is 2⁶² or more.
@inlinable @inline(__always)
package func roundedQuotient(_ left: Int64, times right: UInt64, over divisor: FixedDivisor) -> Int64? {
    let (product, overflows) = left.magnitude.multipliedReportingOverflow(by: right)
    guard !overflows, product < 1 << 62, divisor.divisor < 1 << 62 else { return nil }
    // Half a divisor more, rounded down, is the nearest: of an odd one a half does not occur.
    let quotient = Int64(bitPattern: divisor.quotient(of: product &+ divisor.divisor >> 1))
    return left < 0 ? -quotient : quotient
}
