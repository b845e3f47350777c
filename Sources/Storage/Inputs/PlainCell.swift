import Postgres
import Quantities

/// How a cell of a column is sent as the value it stands for.
///
/// Each type is written in one way alone, which `margin.spelling` says too: a date as 2018-12-28, a number without
/// exponent, space or plus sign, a truth value as true or false. Text is whatever stands there.
enum PlainCell: String, Sendable {
    case text, date, numeric, bool
    case int16 = "int2"
    case int32 = "int4"
    case int64 = "int8"

    /// Appends a field with the value of a cell that is not empty; false for a cell that is not written so, or whose
    /// value is too large for what is held here. Linear in the cell.
    func append(_ bytes: Span<UInt8>, _ cell: Range<Int>, to writer: inout BinaryCopyWriter) -> Bool {
        switch self {
        case .text:
            writer.text(utf8: bytes.extracting(cell))
        case .date:
            guard let day = BusinessDate(String(bytes, cell)) else { return false }
            writer.date(day.dayNumber)
        case .numeric:
            guard let (units, decimals) = Self.decimal(bytes, cell) else { return false }
            writer.numeric(unscaled: units, scale: decimals)
        case .bool:
            switch String(bytes, cell) {
            case "true": writer.bool(true)
            case "false": writer.bool(false)
            default: return false
            }
        case .int16:
            guard let value = Self.whole(bytes, cell, as: Int16.self) else { return false }
            writer.int16(value)
        case .int32:
            guard let value = Self.whole(bytes, cell, as: Int32.self) else { return false }
            writer.int32(value)
        case .int64:
            guard let value = Self.whole(bytes, cell, as: Int64.self) else { return false }
            writer.int64(value)
        }
        return true
    }

    private static func whole<T: FixedWidthInteger>(_ bytes: Span<UInt8>, _ cell: Range<Int>, as _: T.Type) -> T? {
        guard let (value, decimals) = decimal(bytes, cell), decimals == 0 else { return nil }
        return T(exactly: value)
    }

    /// At most 18 digits, so that 64 bits hold them.
    private static func decimal(_ bytes: Span<UInt8>, _ cell: Range<Int>) -> (units: Int64, decimals: Int)? {
        let isNegative = bytes[cell.lowerBound] == UInt8(ascii: "-")
        let digits = cell.dropFirst(isNegative ? 1 : 0)
        guard digits.count <= 18 else { return nil }
        var units: Int64 = 0
        var point: Int?
        for index in digits {
            let byte = bytes[index]
            if byte == UInt8(ascii: "."), point == nil, index > digits.startIndex {
                point = index
                continue
            }
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            units = units * 10 + Int64(byte &- UInt8(ascii: "0"))
        }
        let decimals = point.map { digits.endIndex - $0 - 1 } ?? 0
        guard !digits.isEmpty, point == nil || decimals > 0 else { return nil }
        return (isNegative ? -units : units, decimals)
    }
}

extension String {
    /// The text of bytes, what is not UTF-8 replaced.
    init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        var copy: [UInt8] = []
        copy.reserveCapacity(range.count)
        for index in range { copy.append(bytes[index]) }
        self.init(decoding: copy, as: UTF8.self)
    }
}
