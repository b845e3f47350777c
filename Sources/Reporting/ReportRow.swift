import Quantities

/// One row of a report, filled cell by cell in the order of the layout's columns and then written to every format.
///
/// Kept and filled again for each row, so that a row allocates nothing once the largest has been seen. Texts are
/// checked when they are appended, once for all formats.
package struct ReportRow: Sendable {
    enum Cell {
        case null
        /// Bytes `start ..< end` of `text`; plain: no byte that CSV or JSON must look at.
        case text(start: Int, end: Int, isPlain: Bool)
        case integer(Int64)
        case decimal(unscaled: Int128, scale: Int)
        case date(BusinessDate)
        case flag(Bool)
        /// Bytes `start ..< end` of `text`, one JSON object.
        case object(start: Int, end: Int)
        /// Values `start ..< end` of `values`.
        case decimals(start: Int, end: Int, scale: Int)
    }

    let layout: ReportLayout
    private(set) var cells: [Cell] = []
    private(set) var text: [UInt8] = []
    private(set) var values: [Int64] = []

    /// An empty row of `layout`.
    package init(_ layout: ReportLayout) {
        self.layout = layout
        cells.reserveCapacity(layout.columns.count)
    }

    /// Forgets the cells and keeps their room.
    package mutating func removeAll() {
        cells.removeAll(keepingCapacity: true)
        text.removeAll(keepingCapacity: true)
        values.removeAll(keepingCapacity: true)
    }

    /// Whether every column has its cell.
    package var isComplete: Bool { cells.count == layout.columns.count }

    /// The column the next cell belongs to, which a stage chooses its decoder by; traps when the row is complete.
    package var nextColumn: ReportColumn { layout.columns[cells.count] }

    /// Hands the text of a cell to `body`; another kind is a programmer's error and stops.
    package func withText<T>(of column: Int, _ body: (Span<UInt8>) -> T) -> T {
        guard case .text(let start, let end, _) = cells[column] else {
            preconditionFailure("column \(layout.columns[column].name) is not a text")
        }
        return body(text.span.extracting(start..<end))
    }

    /// Null, in a column that may be.
    package mutating func appendNull() throws(ReportError) {
        guard nextColumn.isOptional else { throw .valueIsMissing(column: nextColumn.name) }
        cells.append(.null)
    }

    /// Text, as bytes that must be valid UTF-8 without NUL. O(length).
    package mutating func append(text bytes: Span<UInt8>) throws(ReportError) {
        expect(.text)
        let isPlain = try check(bytes)
        let start = text.count
        text.append(addingCapacity: bytes.count) { output in
            for index in bytes.indices { output.append(bytes[index]) }
        }
        cells.append(.text(start: start, end: text.count, isPlain: isPlain))
    }

    /// A JSON object, as the bytes of its text; that they are one is the caller's promise. O(length).
    package mutating func append(object bytes: Span<UInt8>) throws(ReportError) {
        expect(.object)
        _ = try check(bytes)
        let start = text.count
        text.append(addingCapacity: bytes.count) { output in
            for index in bytes.indices { output.append(bytes[index]) }
        }
        cells.append(.object(start: start, end: text.count))
    }

    /// Text without NUL.
    package mutating func append(text string: String) throws(ReportError) {
        try append(text: Array(string.utf8).span)
    }

    /// A whole number: in an integer column, or in a decimal column as one without decimals.
    package mutating func append(integer: Int64) {
        if nextColumn.kind == .decimal {
            cells.append(.decimal(unscaled: Int128(integer), scale: 0))
        } else {
            expect(.integer)
            cells.append(.integer(integer))
        }
    }

    /// `unscaled · 10^-scale`, written with exactly `scale` decimals, 0 to 38.
    package mutating func append(unscaled: Int128, scale: Int) {
        expect(.decimal)
        precondition((0...38).contains(scale), "a decimal has 0 to 38 decimals")
        cells.append(.decimal(unscaled: unscaled, scale: scale))
    }

    /// A decimal with the decimals it carries.
    package mutating func append(decimal: ExactDecimal) { append(unscaled: decimal.mantissa, scale: decimal.scale) }

    /// A date, where the layout has one; another kind is a programmer's error and stops.
    package mutating func append(date: BusinessDate) {
        expect(.date)
        cells.append(.date(date))
    }

    /// A flag, where the layout has one; another kind is a programmer's error and stops.
    package mutating func append(flag: Bool) {
        expect(.flag)
        cells.append(.flag(flag))
    }

    /// Decimals `value · 10^-scale`, at most as many as the column has room for; the scale, 0 to 38, is the integer
    /// cell before.
    package mutating func append(decimals list: Span<Int64>) {
        guard case .decimals(let count) = nextColumn.kind, case .integer(let wide)? = cells.last else {
            preconditionFailure(misplaced)
        }
        precondition(list.count <= count, "column \(nextColumn.name) has room for \(count) values")
        let scale = Int(wide)
        precondition((0...38).contains(scale), "a decimal has 0 to 38 decimals")
        let start = values.count
        for index in list.indices { values.append(list[index]) }
        cells.append(.decimals(start: start, end: values.count, scale: scale))
    }

    private func expect(_ kind: ReportColumn.Kind) { precondition(nextColumn.kind == kind, misplaced) }

    private var misplaced: String { "a cell of another kind was appended to column \(nextColumn.name)" }

    /// Whether no byte of `bytes` needs a second look; throws where the text is refused.
    private func check(_ bytes: Span<UInt8>) throws(ReportError) -> Bool {
        var isSpecial = false
        var union: UInt8 = 0
        var lowest: UInt8 = .max
        for index in bytes.indices {
            let byte = bytes[index]
            union |= byte
            lowest = min(lowest, byte)
            isSpecial = isSpecial || needsLook(byte)
        }
        guard lowest > 0 || bytes.isEmpty else { throw .textHoldsNUL(column: nextColumn.name) }
        guard union >= 0x80 else { return !isSpecial && !(bytes.count > 0 && startsFormula(bytes[0])) }
        do {
            _ = try UTF8Span(validating: bytes)
        } catch {
            throw .textIsNotUTF8(column: nextColumn.name)
        }
        return false
    }
}

/// Whether CSV must quote or JSON must escape because of this byte, wherever it stands.
private func needsLook(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte >= 0x7F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: ",")
        || byte == UInt8(ascii: "\\")
}

/// Whether a text that begins with this byte may have to be neutralised in CSV.
private func startsFormula(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "'"): true
    default: false
    }
}
