/// `left · right / divisor` to the nearest whole number, ties away from zero, with the product held in 256 bits.
///
/// The divisor must be positive. Nil where the quotient leaves 128 bits; exact otherwise (methodology §1.4).
package func roundedQuotient(_ left: Int128, times right: Int128, over divisor: Int128) -> Int128? {
    precondition(divisor > 0, "a rounded quotient has a positive divisor")
    // The processor multiplies and divides 64 bits by itself.
    if let left = Int64(exactly: left), let right = Int64(exactly: right), let divisor = Int64(exactly: divisor),
        let quotient = roundedQuotient(left, times: right, over: divisor)
    {
        return Int128(quotient)
    }
    let product = left.magnitude.multipliedFullWidth(by: right.magnitude)
    guard product.high < divisor.magnitude else { return nil }
    let (quotient, remainder) = divisor.magnitude.dividingFullWidth((product.high, product.low))
    guard let whole = Int128(exactly: quotient) else { return nil }
    let roundsUp = remainder >= divisor.magnitude - remainder
    guard !roundsUp || whole < Int128.max else { return nil }
    let magnitude = roundsUp ? whole + 1 : whole
    return (left < 0) == (right < 0) ? magnitude : -magnitude
}

/// The same of numbers of 64 bits, with the product held in 128: a multiplication and a division.
@inlinable @inline(__always)
package func roundedQuotient(_ left: Int64, times right: Int64, over divisor: Int64) -> Int64? {
    precondition(divisor > 0, "a rounded quotient has a positive divisor")
    let product = left.magnitude.multipliedFullWidth(by: right.magnitude)
    let divisor = divisor.magnitude
    guard product.high < divisor else { return nil }
    let (quotient, remainder) =
        product.high == 0
        ? product.low.quotientAndRemainder(dividingBy: divisor) : divisor.dividingFullWidth((product.high, product.low))
    guard let whole = Int64(exactly: quotient) else { return nil }
    let roundsUp = remainder >= divisor - remainder
    guard !roundsUp || whole < Int64.max else { return nil }
    let magnitude = roundsUp ? whole + 1 : whole
    return (left < 0) == (right < 0) ? magnitude : -magnitude
}

extension ExactDecimal {
    /// `self · other`, exact and without trailing zeros; nil where the digits leave 128 bits.
    package func checkedProduct(_ other: ExactDecimal) -> ExactDecimal? {
        let (digits, isBeyond) = mantissa.multipliedReportingOverflow(by: other.mantissa)
        if !isBeyond { return ExactDecimal(mantissa: digits, scale: scale + other.scale).withoutTrailingZeros }
        let left = withoutTrailingZeros
        let right = other.withoutTrailingZeros
        let (mantissa, overflows) = left.mantissa.multipliedReportingOverflow(by: right.mantissa)
        return overflows ? nil : ExactDecimal(mantissa: mantissa, scale: left.scale + right.scale).withoutTrailingZeros
    }

    /// `self · factor` in whole minor units of a currency with `decimals` decimals, ties away from zero, rounded once
    /// (methodology §1.4). Nil where the amount leaves 64 bits or the factors have more than 38 decimals together.
    package func minorUnits(times factor: ExactDecimal, decimals: Int) -> Int64? {
        let left = withoutTrailingZeros
        let right = factor.withoutTrailingZeros
        let shift = left.scale + right.scale - decimals
        let units: Int128?
        if shift > 38 { return nil }
        if shift >= 0 {
            units = roundedQuotient(left.mantissa, times: right.mantissa, over: PowersOfTen.int128(shift))
        } else {
            units = left.checkedProduct(right).flatMap {
                roundedQuotient($0.mantissa, times: PowersOfTen.int128(decimals), over: PowersOfTen.int128($0.scale))
            }
        }
        return units.flatMap(Int64.init(exactly:))
    }
}

extension ExactDecimal {
    /// `self + other`, exact; nil where the digits leave 128 bits.
    package func checkedSum(_ other: ExactDecimal) -> ExactDecimal? {
        let left = withoutTrailingZeros
        let right = other.withoutTrailingZeros
        let scale = max(left.scale, right.scale)
        guard scale - min(left.scale, right.scale) <= 38 else { return nil }
        let (above, aboveOverflows) = left.mantissa.multipliedReportingOverflow(
            by: PowersOfTen.int128(scale - left.scale))
        let (below, belowOverflows) = right.mantissa.multipliedReportingOverflow(
            by: PowersOfTen.int128(scale - right.scale))
        let (sum, overflows) = above.addingReportingOverflow(below)
        return aboveOverflows || belowOverflows || overflows ? nil : ExactDecimal(mantissa: sum, scale: scale)
    }
}
