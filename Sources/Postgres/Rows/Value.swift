/// A bound parameter of a statement. It travels in binary, with its type stated: nothing is quoted or parsed.
package enum Value: Hashable, Sendable {
    /// Null of the type the server infers from the statement.
    case null
    case bool(Bool)
    case int16(Int16)
    case int32(Int32)
    case int64(Int64)
    case double(Double)
    /// Text in UTF-8. The server refuses U+0000 (22021).
    case text(String)
    case bytea([UInt8])
    /// Days since 2000-01-01.
    case date(daysSince2000: Int32)
    /// Microseconds since 2000-01-01 00:00 UTC.
    case timestamp(microsecondsSince2000: Int64)
    /// `unscaled` · 10^-`scale`, exact. The scale is from 0 to 38; another is a programmer's error and stops.
    case numeric(unscaled: Int128, scale: Int)
    case int64Array([Int64])
    case textArray([String])

    /// `make(value)`, or null if there is no value.
    package static func orNull<T>(_ value: T?, _ make: (T) -> Value) -> Value {
        value.map(make) ?? .null
    }

    var dataType: DataType {
        switch self {
        case .null: .inferred
        case .bool: .bool
        case .int16: .int16
        case .int32: .int32
        case .int64: .int64
        case .double: .double
        case .text: .text
        case .bytea: .bytea
        case .date: .date
        case .timestamp: .timestampWithTimeZone
        case .numeric: .numeric
        case .int64Array: .int64Array
        case .textArray: .textArray
        }
    }

    /// Appends the binary form of everything but null to `bytes`.
    func appendBinary(to bytes: inout [UInt8]) {
        switch self {
        case .null: break
        case .bool(let value): bytes.append(value ? 1 : 0)
        case .int16(let value): bytes.appendBigEndian(value)
        case .int32(let value), .date(let value): bytes.appendBigEndian(value)
        case .int64(let value), .timestamp(let value): bytes.appendBigEndian(value)
        case .double(let value): bytes.appendBigEndian(value.bitPattern)
        case .text(let value): bytes.append(contentsOf: value.utf8)
        case .bytea(let value): bytes.append(contentsOf: value)
        case .numeric(let unscaled, let scale):
            let digits = NumericDigits(unscaled: unscaled, scale: scale)
            bytes.appendBigEndian(digits.count)
            bytes.appendBigEndian(digits.weight)
            bytes.appendBigEndian(digits.sign)
            bytes.appendBigEndian(digits.scale)
            for index in stride(from: digits.high, to: digits.low, by: -1) {
                bytes.appendBigEndian(digits.groups[index - 1])
            }
        case .int64Array(let values):
            appendArrayHeader(count: values.count, of: .int64, to: &bytes)
            for value in values {
                bytes.appendBigEndian(Int32(8))
                bytes.appendBigEndian(value)
            }
        case .textArray(let values):
            appendArrayHeader(count: values.count, of: .text, to: &bytes)
            for value in values {
                bytes.appendBigEndian(Int32(value.utf8.count))
                bytes.append(contentsOf: value.utf8)
            }
        }
    }

    /// Dimensions, "has nulls", element type and, unless the array is empty, its length and lower bound.
    private func appendArrayHeader(count: Int, of type: DataType, to bytes: inout [UInt8]) {
        bytes.appendBigEndian(Int32(count == 0 ? 0 : 1))
        bytes.appendBigEndian(Int32(0))
        bytes.appendBigEndian(type.objectIdentifier)
        if count > 0 {
            bytes.appendBigEndian(Int32(count))
            bytes.appendBigEndian(Int32(1))
        }
    }
}

extension [UInt8] {
    fileprivate mutating func appendBigEndian<T: FixedWidthInteger>(_ value: T) {
        for shift in stride(from: T.bitWidth - 8, through: 0, by: -8) {
            append(UInt8(truncatingIfNeeded: value >> T(shift)))
        }
    }
}
