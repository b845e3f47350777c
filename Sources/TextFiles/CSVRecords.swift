/// CSV cut into records: RFC 4180 with one kind of line end, LF, CR LF or CR, in a file.
package struct CSVRecords: Sendable {
    /// One row, or the header.
    package struct Record: Sendable {
        /// The line it begins on, the file's first being 1.
        package let line: Int
        package let cells: [String]
    }

    /// In the order of the file. Comments and empty lines above the header are not among them; an empty line below it
    /// is a record of one empty cell.
    package private(set) var records: [Record] = []
    private var cells: [String] = []
    private var cell: [UInt8] = []
    private var line: Int
    private var wasQuoted = false
    private var ending: CSVLineEnd?

    /// Reads bytes; those that are not UTF-8 are replaced, for a caller that has not looked.
    ///
    /// - Throws: `CSVFault` with the line of a quote that does not close or stands inside a cell, of a byte 0, of a
    ///   line that ends otherwise than those above it.
    package init(_ bytes: [UInt8]) throws(CSVFault) {
        var lines = CSVLines(bytes)
        while let comment = lines.next, CSVLines.isComment(comment) { lines.take(comment) }
        var rest = lines.rest
        line = lines.count + 1
        var (start, quotedFrom) = (line, line)
        var isQuoted = false
        while let byte = rest.popFirst() {
            let end = CSVLineEnd(byte, before: rest)
            switch byte {
            case 0: throw CSVFault(line: line, reason: .byteZero)
            case UInt8(ascii: "\"") where isQuoted && rest.first == UInt8(ascii: "\""):
                cell.append(byte)
                rest.removeFirst()
            case UInt8(ascii: "\"") where isQuoted || (cell.isEmpty && !wasQuoted):
                isQuoted.toggle()
                wasQuoted = true
                quotedFrom = line
            case UInt8(ascii: "\""): throw CSVFault(line: line, reason: .quoteInsideCell)
            case UInt8(ascii: ",") where !isQuoted: endCell()
            case _ where end != nil && !isQuoted:
                guard ending == nil || ending == end else { throw CSVFault(line: line, reason: .otherLineEnd) }
                ending = end
                if end == .both { rest.removeFirst() }
                line += 1
                endRecord(from: start)
                start = line
            default:
                cell.append(byte)
                if end == .feed || end == .carriageReturn { line += 1 }
            }
        }
        guard !isQuoted else { throw CSVFault(line: quotedFrom, reason: .openQuote) }
        if !cells.isEmpty || !cell.isEmpty || wasQuoted { endRecord(from: start) }
    }

    private mutating func endCell() {
        cells.append(String(decoding: cell, as: UTF8.self))
        cell = []
        wasQuoted = false
    }

    private mutating func endRecord(from start: Int) {
        endCell()
        records.append(Record(line: start, cells: cells))
        cells = []
    }
}
