/// The fields of a row, each for a column of exactly that type.
extension BinaryCopyWriter {
    /// Null, for a column of any type.
    @inlinable
    package mutating func null() {
        fieldsToCome &-= 1
        append(Int32(-1))
    }

    @inlinable
    package mutating func bool(_ value: Bool) { field(UInt8(value ? 1 : 0)) }

    @inlinable
    package mutating func int16(_ value: Int16) { field(value) }

    @inlinable
    package mutating func int32(_ value: Int32) { field(value) }

    @inlinable
    package mutating func int64(_ value: Int64) { field(value) }

    @inlinable
    package mutating func double(_ value: Double) { field(value.bitPattern) }

    /// Days since 2000-01-01.
    @inlinable
    package mutating func date(_ daysSince2000: Int32) { field(daysSince2000) }

    /// Microseconds since 2000-01-01 00:00 UTC.
    @inlinable
    package mutating func timestamp(_ microsecondsSince2000: Int64) { field(microsecondsSince2000) }

    /// Text. The server refuses U+0000 (22021).
    package mutating func text(_ value: String) {
        var value = value
        value.withUTF8 { bytes in unsafe variable(UnsafeRawBufferPointer(bytes)) }
    }

    /// Text that is UTF-8 already; the server refuses what is not (22021).
    package mutating func text(utf8 bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBytes { buffer in unsafe variable(buffer) }
    }

    /// Text that is UTF-8 already; the server refuses what is not (22021).
    package mutating func text(utf8 bytes: [UInt8]) {
        unsafe bytes.withUnsafeBytes { buffer in unsafe variable(buffer) }
    }

    package mutating func bytea(_ bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBytes { buffer in unsafe variable(buffer) }
    }

    package mutating func bytea(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBytes { buffer in unsafe variable(buffer) }
    }

    /// `unscaled` · 10^-`scale`, exact. Precondition: the scale is from 0 to 38.
    package mutating func numeric(unscaled: Int64, scale: Int) {
        numeric(NumericDigits(unscaled: unscaled, scale: scale))
    }

    /// `unscaled` · 10^-`scale`, exact. Precondition: the scale is from 0 to 38.
    package mutating func numeric(unscaled: Int128, scale: Int) {
        numeric(NumericDigits(unscaled: unscaled, scale: scale))
    }

    /// A bigint[] of one dimension.
    package mutating func int64Array(_ values: Span<Int64>) {
        fieldsToCome &-= 1
        let size = values.isEmpty ? 12 : 20 + 12 * values.count
        reserve(4 + size)
        store(Int32(truncatingIfNeeded: size))
        store(Int32(values.isEmpty ? 0 : 1))
        store(Int32(0))
        store(DataType.int64.objectIdentifier)
        if values.isEmpty { return }
        store(Int32(truncatingIfNeeded: values.count))
        store(Int32(1))
        for index in values.indices {
            store(Int32(8))
            store(values[index])
        }
    }

    /// A bigint[] of one dimension.
    package mutating func int64Array(_ values: [Int64]) { int64Array(values.span) }

    private mutating func numeric(_ digits: NumericDigits) {
        fieldsToCome &-= 1
        reserve(4 + 8 + 2 * 12)
        store(Int32(8 + 2 * (digits.high - digits.low)))
        store(digits.count)
        store(digits.weight)
        store(digits.sign)
        store(digits.scale)
        var index = digits.high
        while index > digits.low {
            index -= 1
            store(digits.groups[index])
        }
    }

    @unsafe
    private mutating func variable(_ bytes: UnsafeRawBufferPointer) {
        fieldsToCome &-= 1
        reserve(4 + bytes.count)
        store(Int32(bytes.count))
        if let start = bytes.baseAddress { unsafe (buffer + count).copyMemory(from: start, byteCount: bytes.count) }
        count += bytes.count
    }
}
