import Quantities

/// Appending numbers and dates to bytes: no String, no locale, no Foundation.
extension [UInt8] {
    /// The bytes of `source` from `start` to before `end`.
    @inlinable @inline(__always)
    package mutating func append(_ source: borrowing [UInt8], from start: Int, to end: Int) {
        let bytes = source.span
        append(addingCapacity: end - start) { output in
            for index in start..<end { output.append(bytes[index]) }
        }
    }

    /// The bytes of `source` from `start` to before `end`, in quotes.
    @inlinable @inline(__always)
    package mutating func append(quoted source: borrowing [UInt8], from start: Int, to end: Int) {
        let bytes = source.span
        append(addingCapacity: end - start + 2) { output in
            output.append(UInt8(ascii: "\""))
            for index in start..<end { output.append(bytes[index]) }
            output.append(UInt8(ascii: "\""))
        }
    }

    /// `unscaled · 10^-scale` with exactly `scale` decimals: `-12.50`, `0.05`, `7`.
    package mutating func append(unscaled: Int128, scale: Int) {
        // 39 digits, sign and point; a scale beyond the digits adds zeros in front, 41 at most.
        var digits = InlineArray<48, UInt8>(repeating: 0)
        var position = 48
        var decimalsLeft = scale
        var rest = unscaled.magnitude
        while rest > UInt128(UInt64.max) {
            let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 10_000_000_000_000_000_000)
            var group = UInt64(remainder)
            for _ in 0..<19 { Self.put(&group, into: &digits, at: &position, decimalsLeft: &decimalsLeft) }
            rest = quotient
        }
        var group = UInt64(rest)
        while group > 0 || decimalsLeft >= 0 {
            Self.put(&group, into: &digits, at: &position, decimalsLeft: &decimalsLeft)
        }
        if unscaled < 0 {
            position -= 1
            digits[position] = UInt8(ascii: "-")
        }
        append(addingCapacity: 48 - position) { output in
            for index in position..<48 { output.append(digits[index]) }
        }
    }

    /// `2018-12-31`.
    package mutating func append(_ date: BusinessDate) {
        let (year, month, day) = date.civil
        append(number: year, width: 4)
        append(UInt8(ascii: "-"))
        append(number: month, width: 2)
        append(UInt8(ascii: "-"))
        append(number: day, width: 2)
    }

    private mutating func append(number: Int, width: Int) {
        var divisor = width == 4 ? 1000 : 10
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
    }

    /// Puts the last digit of `group` in front of what is placed, after the point where it stands there.
    @inline(__always)
    private static func put(
        _ group: inout UInt64, into digits: inout InlineArray<48, UInt8>, at position: inout Int,
        decimalsLeft: inout Int
    ) {
        let (quotient, digit) = group.quotientAndRemainder(dividingBy: 10)
        position -= 1
        digits[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
        group = quotient
        decimalsLeft -= 1
        if decimalsLeft == 0 {
            position -= 1
            digits[position] = UInt8(ascii: ".")
        }
    }
}
