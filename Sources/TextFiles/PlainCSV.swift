/// CSV rows that split at commas and line feeds alone: no comma, quote or line end stands in a cell, quotes only around
/// a whole one, no backslash and no carriage return anywhere.
///
/// Most files of a clearing house are so; the others need a reader of CSV. Cost: one pass over the bytes each.
package struct PlainCSV: Sendable {
    /// Rows, an empty line being one.
    package let rowCount: Int
    private let bytes: [UInt8]

    /// Rows without their header; nil for bytes that certainly need a reader of CSV.
    package init?(_ bytes: [UInt8]) {
        var rows = 0
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\n"): rows += 1
            case UInt8(ascii: "\\"), UInt8(ascii: "\r"): return nil
            default: break
            }
        }
        if let last = bytes.last, last != UInt8(ascii: "\n") { rows += 1 }
        self.bytes = bytes
        rowCount = rows
    }

    /// Calls `body` for each row, in order, with the bytes and its cells' places in them, without quotes around a cell.
    ///
    /// Returns false, without the rows that are left, at a row that has not `columnCount` cells or does not split so.
    package func forEachRow(
        of columnCount: Int, _ body: (Span<UInt8>, [Range<Int>]) throws -> Void
    ) rethrows -> Bool {
        let bytes = bytes.span
        var cells = [Range<Int>](repeating: 0..<0, count: columnCount)
        var (found, start, isQuoted) = (0, 0, false)
        for index in 0..<bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                if index == start {
                    isQuoted = true
                } else if !isQuoted || !Self.isEnd(bytes, index + 1) {
                    return false
                }
                continue
            }
            guard byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") else { continue }
            guard found < columnCount, let cell = Self.cell(bytes, start..<index, isQuoted) else { return false }
            cells[found] = cell
            found += 1
            (start, isQuoted) = (index + 1, false)
            guard byte == UInt8(ascii: "\n") else { continue }
            guard found == columnCount else { return false }
            try body(bytes, cells)
            found = 0
        }
        guard start < bytes.count || found > 0 else { return true }
        guard found == columnCount - 1, let cell = Self.cell(bytes, start..<bytes.count, isQuoted) else { return false }
        cells[found] = cell
        try body(bytes, cells)
        return true
    }

    /// Whether a cell ends at `index`.
    private static func isEnd(_ bytes: Span<UInt8>, _ index: Int) -> Bool {
        index == bytes.count || bytes[index] == UInt8(ascii: ",") || bytes[index] == UInt8(ascii: "\n")
    }

    /// The cell without its quotes; nil where the opening one is not closed at its end.
    private static func cell(_ bytes: Span<UInt8>, _ range: Range<Int>, _ isQuoted: Bool) -> Range<Int>? {
        guard isQuoted else { return range }
        guard range.count >= 2, bytes[range.upperBound - 1] == UInt8(ascii: "\"") else { return nil }
        return range.lowerBound + 1..<range.upperBound - 1
    }
}
