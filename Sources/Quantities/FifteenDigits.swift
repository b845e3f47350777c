extension ExactDecimal {
    /// A Double at `scale` decimals, ties away from zero, by way of the decimal of fifteen significant digits that is
    /// nearest to it, as the database turns double precision into numeric; nil for what is not finite or leaves 128
    /// bits.
    ///
    /// `scale` is 0 to 4. A few nanoseconds, unless the fifteen digits decide which way a tie goes.
    package init?(fifteenDigitsOf value: Double, scale: Int) {
        precondition((0...4).contains(scale), "fifteen digits are rounded to 0 to 4 decimals")
        guard value.isFinite else { return nil }
        let scaled = value.magnitude * Self.powers[scale]
        let whole = scaled.rounded(.down)
        // Below 10^10 the fifteen digits and the product are together off by less than 0.0001.
        let (part, isSafe) = (scaled - whole, scaled < 1e10)
        let mantissa: Int128
        if isSafe, (part - 0.5).magnitude > 1e-4 {
            mantissa = Int128(Int64(whole)) + (part > 0.5 ? 1 : 0)
        } else {
            guard let exact = Self.mantissa(fifteenDigitsOf: value.magnitude, scale: scale) else { return nil }
            mantissa = exact
        }
        self.init(mantissa: value < 0 ? -mantissa : mantissa, scale: scale)
    }

    /// 10^0 … 10^22, which Doubles hold exactly.
    private static let powers: [Double] = (0...22).map(PowersOfTen.double)

    /// The same in whole numbers alone.
    private static func mantissa(fifteenDigitsOf magnitude: Double, scale: Int) -> Int128? {
        // The power of ten that leaves fifteen digits before the point.
        var power = 0
        while power < 20, magnitude * Self.powers[power] < 1e14 { power += 1 }
        while power > -22, magnitude / Self.powers[max(0, -power)] >= 1e15 { power -= 1 }
        guard var digits = digits(of: magnitude, power: power) else { return nil }
        // The products above are rounded, and may miss by one.
        if digits < 100_000_000_000_000, power < 20, let more = Self.digits(of: magnitude, power: power + 1) {
            (digits, power) = (more, power + 1)
        } else if digits > 1_000_000_000_000_000 {
            guard let fewer = Self.digits(of: magnitude, power: power - 1) else { return nil }
            (digits, power) = (fewer, power - 1)
        }
        if power > scale { return divideRoundingHalfAwayFromZero(digits, by: PowersOfTen.int128(power - scale)) }
        let (product, isTooLarge) = digits.multipliedReportingOverflow(by: PowersOfTen.int128(scale - power))
        return isTooLarge ? nil : product
    }

    /// `magnitude · 10^power`, exact and then rounded, ties to even.
    private static func digits(of magnitude: Double, power: Int) -> Int128? {
        let exponent = Int(magnitude.exponent) - 52
        let significand = UInt128(magnitude.significandBitPattern | 1 << 52)
        guard magnitude.isNormal, exponent < 74, exponent > -75 else { return magnitude == 0 ? 0 : nil }
        let numerator = (significand << UInt128(max(0, exponent))).multipliedReportingOverflow(
            by: UInt128(PowersOfTen.int128(max(0, power))))
        let denominator = UInt128(PowersOfTen.int128(max(0, -power))).multipliedReportingOverflow(
            by: 1 << UInt128(max(0, -exponent)))
        guard !numerator.overflow, !denominator.overflow else { return nil }
        let divisor = denominator.partialValue
        let (quotient, remainder) = numerator.partialValue.quotientAndRemainder(dividingBy: divisor)
        let isUp = remainder > divisor - remainder || (remainder == divisor - remainder && quotient % 2 == 1)
        return Int128(exactly: quotient + (isUp ? 1 : 0))
    }
}
