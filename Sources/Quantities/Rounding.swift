extension ExactDecimal {
    /// The mantissa of this value at `scale` decimals, ties away from zero (methodology §1.4). Traps on overflow.
    package func roundedMantissa(scale target: Int) -> Int128 {
        if scale <= target { return mantissa * PowersOfTen.int128(target - scale) }
        return divideRoundingHalfAwayFromZero(mantissa, by: PowersOfTen.int128(scale - target))
    }

    /// This value at `scale` decimals, ties away from zero (methodology §1.4).
    package func rounded(toScale target: Int) -> ExactDecimal {
        ExactDecimal(mantissa: roundedMantissa(scale: target), scale: target)
    }

    /// `self / divisor`, cut off towards zero at `target` decimals. The divisor must not be zero.
    package func divided(by divisor: ExactDecimal, truncatedToScale target: Int) -> ExactDecimal {
        let (numerator, denominator) = quotientTerms(divisor, scale: target)
        return ExactDecimal(mantissa: numerator / denominator, scale: target)
    }

    /// `self / divisor` at `target` decimals, ties away from zero. The divisor must not be zero.
    package func divided(by divisor: ExactDecimal, roundedToScale target: Int) -> ExactDecimal {
        let (numerator, denominator) = quotientTerms(divisor, scale: target)
        return ExactDecimal(
            mantissa: divideRoundingHalfAwayFromZero(numerator, by: denominator), scale: target)
    }

    /// Numerator and denominator of `self / divisor · 10^target` as whole numbers.
    private func quotientTerms(_ divisor: ExactDecimal, scale target: Int) -> (Int128, Int128) {
        precondition(divisor.mantissa != 0, "division by zero")
        let shift = target + divisor.scale - scale
        return shift >= 0
            ? (mantissa * PowersOfTen.int128(shift), divisor.mantissa)
            : (mantissa, divisor.mantissa * PowersOfTen.int128(-shift))
    }

    /// This value in whole minor units of a currency with `decimals` decimals, ties away from zero: the one crossing
    /// from exact decimals to money (methodology §1.4). Traps if the amount does not fit 64 bits.
    package func minorUnits(decimals: Int) -> Int64 {
        Int64(roundedMantissa(scale: decimals))
    }

    /// An amount of `minorUnits` in a currency with `decimals` decimals.
    package init(minorUnits: Int64, decimals: Int) {
        self.init(mantissa: Int128(minorUnits), scale: decimals)
    }
}

/// `numerator / denominator` to the nearest whole number, ties away from zero. The denominator must not be zero.
package func divideRoundingHalfAwayFromZero(_ numerator: Int128, by denominator: Int128) -> Int128 {
    // The processor divides 64 bits by itself.
    if denominator > 0, let above = Int64(exactly: numerator), let below = Int64(exactly: denominator) {
        let (quotient, remainder) = above.quotientAndRemainder(dividingBy: below)
        guard remainder.magnitude >= below.magnitude - remainder.magnitude else { return Int128(quotient) }
        return Int128(quotient) + (above < 0 ? -1 : 1)
    }
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    guard remainder.magnitude >= denominator.magnitude - remainder.magnitude else { return quotient }
    return (numerator < 0) == (denominator < 0) ? quotient + 1 : quotient - 1
}

/// A kernel's Double in array units, ties away from zero: the one crossing from Double to integers (methodology §1.4,
/// §4).
///
/// Throws nothing and traps when the value is not finite or leaves 64 bits: a caller checks its inputs first.
package func arrayUnits(rounding value: Double, decimals: Int) -> Int64 {
    arrayUnits(rounding: value, scale: PowersOfTen.double(decimals))
}

/// The same, where `scale` is the power of ten of the decimals: for who rounds a thousand losses of one series.
@inlinable package func arrayUnits(rounding value: Double, scale: Double) -> Int64 {
    let scaled = value * scale
    // Cut off after half a unit is added, less its last place: a whole half would carry 0.49999999999999994 over.
    return Int64(scaled + Double(signOf: scaled, magnitudeOf: 0x1.fffffffffffffp-2))
}
