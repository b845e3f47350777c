/// The bytes of one field that is not null, borrowed from libpq for as long as its message or result lives.
///
/// Never leaves this module. Every decoder checks the length before it reads.
@usableFromInline
@unsafe
struct FieldBytes {
    @usableFromInline let start: UnsafeRawPointer
    @usableFromInline let count: Int

    @inlinable
    init(start: UnsafeRawPointer, count: Int) {
        unsafe self.start = unsafe start
        unsafe self.count = count
    }

    /// The big-endian integer at `offset`, which the caller has checked to lie inside.
    @inlinable
    func load<T: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, as type: T.Type) -> T {
        unsafe T(bigEndian: start.loadUnaligned(fromByteOffset: offset, as: T.self))
    }

    /// The field as one integer of exactly this width.
    @inlinable
    func integer<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type) throws(FieldFault) -> T {
        guard unsafe count == MemoryLayout<T>.size else {
            throw unsafe .length(expected: MemoryLayout<T>.size, found: count)
        }
        return unsafe load(0, as: T.self)
    }

    @inlinable
    func double() throws(FieldFault) -> Double {
        unsafe Double(bitPattern: try integer(UInt64.self))
    }

    @inlinable
    func bool() throws(FieldFault) -> Bool {
        switch unsafe try integer(UInt8.self) {
        case 0: return false
        case 1: return true
        default: throw .notBoolean
        }
    }

    /// Days since 2000-01-01; the dates 'infinity' and '-infinity' are refused.
    @inlinable
    func date() throws(FieldFault) -> Int32 {
        let days = unsafe try integer(Int32.self)
        guard days != .max, days != .min else { throw .notFinite }
        return days
    }

    /// Microseconds since 2000-01-01 00:00 UTC; 'infinity' and '-infinity' are refused.
    func timestamp() throws(FieldFault) -> Int64 {
        let microseconds = unsafe try integer(Int64.self)
        guard microseconds != .max, microseconds != .min else { throw .notFinite }
        return microseconds
    }

    func text() throws(FieldFault) -> String {
        let bytes = unsafe UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: count)
        guard let text = unsafe String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
        return text
    }

    func bytes() -> [UInt8] {
        unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }
}

// MARK: - Arrays

extension FieldBytes {
    /// Appends the elements of a bigint[]; a null element or a second dimension is refused.
    func appendInt64Array(to values: inout [Int64]) throws(FieldFault) {
        let elements = unsafe try arrayCount(of: .int64)
        guard unsafe count == (elements == 0 ? 12 : 20 + 12 * elements) else {
            throw unsafe hasNullFlag ? .nullElement : .malformed
        }
        values.reserveCapacity(values.count + elements)
        for index in 0..<elements {
            let offset = 20 + 12 * index
            guard unsafe load(offset, as: Int32.self) == 8 else { throw .nullElement }
            values.append(unsafe load(offset + 4, as: Int64.self))
        }
    }

    /// The elements of a text[]; a null element or a second dimension is refused.
    func textArray() throws(FieldFault) -> [String] {
        let elements = unsafe try arrayCount(of: .text)
        var values: [String] = []
        var offset = 20
        for _ in 0..<elements {
            guard unsafe offset + 4 <= count else { throw .malformed }
            let length = Int(unsafe load(offset, as: Int32.self))
            offset += 4
            guard length >= 0 else { throw .nullElement }
            guard unsafe length <= count - offset else { throw .malformed }
            values.append(unsafe try FieldBytes(start: start + offset, count: length).text())
            offset += length
        }
        guard unsafe offset == count || elements == 0 else { throw .malformed }
        return values
    }

    private var hasNullFlag: Bool { unsafe load(4, as: Int32.self) != 0 }

    /// The number of elements, from a header that has been checked.
    private func arrayCount(of type: DataType) throws(FieldFault) -> Int {
        guard unsafe count >= 12 else { throw .malformed }
        let element = unsafe load(8, as: UInt32.self)
        guard element == type.objectIdentifier else { throw .elementType(found: element) }
        switch unsafe load(0, as: Int32.self) {
        case 0: return 0
        case 1:
            guard unsafe count >= 20 else { throw .malformed }
            let elements = Int(unsafe load(12, as: Int32.self))
            guard elements >= 0 else { throw .malformed }
            return elements
        default: throw .dimensions
        }
    }
}
