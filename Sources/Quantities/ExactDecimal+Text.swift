extension ExactDecimal: CustomStringConvertible {
    /// Reads `-12.50`: an optional sign, digits, an optional point with digits; no exponent, space or group mark. At
    /// most 15 digits before the point and 12 behind it, as in the database. Nil for anything else.
    package init?(_ text: some StringProtocol) {
        self.init(utf8: text.utf8)
    }

    init?(utf8 text: some Collection<UInt8>) {
        var digits = text[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative { digits = digits.dropFirst() }
        var mantissa: Int128 = 0
        var wholeDigits = 0
        var decimals: Int?
        for byte in digits {
            if byte == UInt8(ascii: "."), decimals == nil, wholeDigits > 0 {
                decimals = 0
                continue
            }
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            mantissa = mantissa * 10 + Int128(byte - UInt8(ascii: "0"))
            if let count = decimals { decimals = count + 1 } else { wholeDigits += 1 }
            guard wholeDigits <= 15, decimals ?? 0 <= 12 else { return nil }
        }
        guard wholeDigits > 0, decimals != 0 else { return nil }
        self.init(mantissa: isNegative ? -mantissa : mantissa, scale: decimals ?? 0)
    }

    /// The shortest plain text of the value: no exponent, no trailing zeros.
    package var description: String {
        let plain = withoutTrailingZeros
        return plain.text(decimals: plain.scale)
    }

    /// The value with exactly `decimals` decimals, rounded half away from zero where it has more.
    package func text(decimals: Int) -> String {
        let units = roundedMantissa(scale: decimals)
        var digits = Array(String(units.magnitude).utf8)
        if decimals > 0 {
            while digits.count <= decimals { digits.insert(UInt8(ascii: "0"), at: 0) }
            digits.insert(UInt8(ascii: "."), at: digits.count - decimals)
        }
        return (units < 0 ? "-" : "") + String(decoding: digits, as: UTF8.self)
    }
}
