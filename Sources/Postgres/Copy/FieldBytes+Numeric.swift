extension FieldBytes {
    /// The exact value as `unscaled` · 10^-`scale`, with the scale the server shows.
    func numeric() throws(FieldFault) -> (unscaled: Int128, scale: Int) {
        let header = unsafe try numericHeader()
        let magnitude = unsafe try magnitude(header, scale: header.scale)
        return unsafe (try signed(magnitude, isNegative: header.isNegative), header.scale)
    }

    /// The exact value times 10^`scale`; digits that are not zero beyond that scale are refused.
    func numeric(scale: Int) throws(FieldFault) -> Int128 {
        let header = unsafe try numericHeader()
        return try unsafe signed(magnitude(header, scale: scale), isNegative: header.isNegative)
    }

    /// As `numeric(scale:)`, for what fits 64 bits: a few nanoseconds for up to sixteen digits.
    func numericInt64(scale: Int) throws(FieldFault) -> Int64 {
        let header = unsafe try numericHeader()
        let exponent = 4 * (header.weight - header.groups + 1) + scale
        if header.groups <= 4, exponent > -16, exponent < 19 {
            var digits: UInt64 = 0
            for index in 0..<header.groups { digits = unsafe digits * 10_000 + (try group(index)) }
            if exponent >= 0 {
                let (product, overflow) = digits.multipliedReportingOverflow(by: powersOfTen[exponent])
                if !overflow, product <= UInt64(Int64.max) {
                    return header.isNegative ? -Int64(product) : Int64(product)
                }
            } else {
                let (quotient, remainder) = digits.quotientAndRemainder(dividingBy: powersOfTen[-exponent])
                guard remainder == 0 else { throw .inexact }
                return header.isNegative ? -Int64(quotient) : Int64(quotient)
            }
        }
        let wide = try unsafe signed(magnitude(header, scale: scale), isNegative: header.isNegative)
        guard let value = Int64(exactly: wide) else { throw .outOfRange }
        return value
    }

    private struct NumericHeader {
        let groups: Int
        let weight: Int
        let isNegative: Bool
        let scale: Int
    }

    private func numericHeader() throws(FieldFault) -> NumericHeader {
        guard unsafe count >= 8 else { throw .malformed }
        let groups = Int(unsafe load(0, as: UInt16.self))
        let sign = unsafe load(4, as: UInt16.self)
        guard sign == NumericDigits.positive || sign == NumericDigits.negative else { throw .notFinite }
        guard unsafe count == 8 + 2 * groups else { throw .malformed }
        return NumericHeader(
            groups: groups, weight: Int(unsafe load(2, as: Int16.self)), isNegative: sign == NumericDigits.negative,
            scale: Int(unsafe load(6, as: UInt16.self)))
    }

    /// The base-10000 digit at `index`, the most significant first.
    private func group(_ index: Int) throws(FieldFault) -> UInt64 {
        let value = unsafe load(8 + 2 * index, as: UInt16.self)
        guard value < 10_000 else { throw .malformed }
        return UInt64(value)
    }

    private func magnitude(_ header: NumericHeader, scale: Int) throws(FieldFault) -> UInt128 {
        let exponent = 4 * (header.weight - header.groups + 1) + scale
        // Decimal digits at the end that lie beyond the scale and must be zero.
        let excess = max(0, -exponent)
        var magnitude: UInt128 = 0
        for index in 0..<header.groups {
            let digits = unsafe try group(index)
            let cut = min(4, max(0, excess - 4 * (header.groups - 1 - index)))
            guard digits % powersOfTen[cut] == 0 else { throw .inexact }
            try unsafe append(digits / powersOfTen[cut], digits: 4 - cut, to: &magnitude)
        }
        if magnitude != 0, exponent > 0 {
            guard exponent < 39 else { throw .outOfRange }
            for _ in 0..<exponent { try unsafe append(0, digits: 1, to: &magnitude) }
        }
        return magnitude
    }

    private func append(_ value: UInt64, digits: Int, to magnitude: inout UInt128) throws(FieldFault) {
        let (product, tooLarge) = magnitude.multipliedReportingOverflow(by: UInt128(powersOfTen[digits]))
        let (sum, carry) = product.addingReportingOverflow(UInt128(value))
        guard !tooLarge, !carry else { throw .outOfRange }
        magnitude = sum
    }

    private func signed(_ magnitude: UInt128, isNegative: Bool) throws(FieldFault) -> Int128 {
        if isNegative, magnitude == Int128.min.magnitude { return .min }
        guard let value = Int128(exactly: magnitude) else { throw .outOfRange }
        return isNegative ? -value : value
    }
}
