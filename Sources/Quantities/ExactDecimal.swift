/// A decimal number held exactly: `mantissa · 10^-scale`.
///
/// Sums, differences and products are exact; a product adds the scales. Overflow of the 128-bit mantissa traps: inputs
/// are bounded by the database (|x| < 1e15, at most 12 decimals) so that a product of three stays inside. Division
/// exists only together with the rounding it needs. Equality and order are by value: 18000 equals 18000.00.
package struct ExactDecimal: Sendable {
    /// The digits as one signed integer.
    package let mantissa: Int128
    /// Decimals: how many of the digits stand behind the point, 0 or more.
    package let scale: Int

    /// `mantissa · 10^-scale`; the scale must not be negative.
    @inlinable
    package init(mantissa: Int128, scale: Int) {
        precondition(scale >= 0, "a scale is never negative")
        self.mantissa = mantissa
        self.scale = scale
    }

    /// A whole number.
    @inlinable
    package init(_ whole: Int) {
        self.init(mantissa: Int128(whole), scale: 0)
    }

    /// Whether another has the same digits and the same scale: equal, and found so at once.
    @inlinable package func isAlike(_ other: ExactDecimal) -> Bool {
        mantissa == other.mantissa && scale == other.scale
    }

    package static let zero = ExactDecimal(0)
    package static let one = ExactDecimal(1)

    /// −1, 0 or 1.
    @inlinable package var signum: Int { Int(mantissa.signum()) }
    /// The absolute value, exact.
    @inlinable package var magnitude: ExactDecimal {
        ExactDecimal(mantissa: mantissa < 0 ? -mantissa : mantissa, scale: scale)
    }
    /// The nearest Double: the crossing into the kernels. Exact decimals of up to 15 digits survive a round trip.
    package var double: Double {
        scale <= 22
            ? Double(nearest: mantissa) / PowersOfTen.double(scale)
            : Double(nearest: mantissa) / PowersOfTen.double(22) / PowersOfTen.double(scale - 22)
    }
}

extension ExactDecimal: Comparable {
    package static func == (left: Self, right: Self) -> Bool {
        let (l, r, _) = aligned(left, right)
        return l == r
    }

    package static func < (left: Self, right: Self) -> Bool {
        let (l, r, _) = aligned(left, right)
        return l < r
    }

    @inlinable
    static func aligned(_ left: Self, _ right: Self) -> (Int128, Int128, scale: Int) {
        if left.scale == right.scale { return (left.mantissa, right.mantissa, left.scale) }
        if left.scale < right.scale {
            return (left.mantissa * PowersOfTen.int128(right.scale - left.scale), right.mantissa, right.scale)
        }
        return (left.mantissa, right.mantissa * PowersOfTen.int128(left.scale - right.scale), left.scale)
    }
}

extension ExactDecimal: Hashable {
    package func hash(into hasher: inout Hasher) {
        let plain = withoutTrailingZeros
        hasher.combine(plain.mantissa)
        hasher.combine(plain.scale)
    }

    /// The same value with the smallest scale.
    package var withoutTrailingZeros: ExactDecimal {
        var scale = scale
        // The processor divides 64 bits by itself.
        if var small = Int64(exactly: mantissa) {
            while scale >= 4, small % 10_000 == 0 {
                small /= 10_000
                scale -= 4
            }
            while scale > 0, small % 10 == 0 {
                small /= 10
                scale -= 1
            }
            return ExactDecimal(mantissa: Int128(small), scale: scale)
        }
        var mantissa = mantissa
        while scale > 0, mantissa % 10 == 0 {
            mantissa /= 10
            scale -= 1
        }
        return ExactDecimal(mantissa: mantissa, scale: scale)
    }
}

extension ExactDecimal {
    /// Whole units of 10^-decimals; nil where the value is finer or leaves 64 bits.
    package func units(decimals: Int) -> Int64? {
        guard withoutTrailingZeros.scale <= decimals else { return nil }
        return Int64(exactly: roundedMantissa(scale: decimals))
    }
}

extension ExactDecimal {
    @inlinable
    package static func + (left: Self, right: Self) -> Self {
        let (l, r, scale) = aligned(left, right)
        return ExactDecimal(mantissa: l + r, scale: scale)
    }

    @inlinable
    package static func - (left: Self, right: Self) -> Self {
        let (l, r, scale) = aligned(left, right)
        return ExactDecimal(mantissa: l - r, scale: scale)
    }

    @inlinable
    package static func * (left: Self, right: Self) -> Self {
        ExactDecimal(mantissa: left.mantissa * right.mantissa, scale: left.scale + right.scale)
    }

    @inlinable
    package static prefix func - (value: Self) -> Self {
        ExactDecimal(mantissa: -value.mantissa, scale: value.scale)
    }

    @inlinable
    package static func += (left: inout Self, right: Self) { left = left + right }
}

/// Powers of ten as table look-ups.
package enum PowersOfTen {
    /// 10^0 … 10^38, every power that fits 128 bits.
    @usableFromInline static let table: [Int128] = {
        var powers: [Int128] = [1]
        for _ in 1...38 { powers.append(powers[powers.count - 1] * 10) }
        return powers
    }()

    /// 10^exponent for 0 … 38; traps outside.
    @inlinable package static func int128(_ exponent: Int) -> Int128 { table[exponent] }
    private static let doubles = table.map { Double(nearest: $0) }
    /// 10^exponent as a Double, exact for 0 … 22.
    package static func double(_ exponent: Int) -> Double { doubles[exponent] }
}

extension Double {
    /// The Double nearest to a whole number, of two the even one; what `Double(_:)` gives too, but in generic code: 64
    /// bits, which most numbers fit, are converted by the processor.
    package init(nearest whole: Int128) {
        let low = Int64(truncatingIfNeeded: whole)
        self = Int128(low) == whole ? Double(low) : Double(whole)
    }
}
