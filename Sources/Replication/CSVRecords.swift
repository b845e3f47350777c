/// CSV cut into records: RFC 4180 with one kind of line end, LF, CR LF or CR, in a file.
struct CSVRecords {
    /// Each with the line it begins on, the file's first being 1. Comments and empty lines above the header are not
    /// among them.
    private(set) var records: [(line: Int, cells: [String])] = []
    private var cells: [String] = []
    private var cell: [UInt8] = []
    private var line = 1
    private var wasQuoted = false
    private var ending: LineEnd?

    private enum LineEnd { case feed, carriageReturn, both }

    /// - Throws: `ReplicationError` with the line of a quote that does not close or stands inside a cell, of a byte 0,
    ///   of a line that ends otherwise than those above it.
    init(_ bytes: [UInt8], path: String) throws(ReplicationError) {
        var rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        skipComments(&rest)
        var (start, quotedFrom) = (line, line)
        var isQuoted = false
        while let byte = rest.popFirst() {
            let end = Self.lineEnd(byte, rest)
            switch byte {
            case 0: throw .rejected("\(path), line \(line): it has a byte 0")
            case UInt8(ascii: "\"") where isQuoted && rest.first == UInt8(ascii: "\""):
                cell.append(byte)
                rest.removeFirst()
            case UInt8(ascii: "\"") where isQuoted || (cell.isEmpty && !wasQuoted):
                isQuoted.toggle()
                wasQuoted = true
                quotedFrom = line
            case UInt8(ascii: "\""): throw .rejected("\(path), line \(line): a quote inside a cell without quotes")
            case UInt8(ascii: ",") where !isQuoted: endCell()
            case _ where end != nil && !isQuoted:
                guard ending == nil || ending == end else {
                    throw .rejected(
                        "\(path), line \(line): it does not end as the lines above do",
                        hint: "end every line with LF, or every line with CR LF")
                }
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
        guard !isQuoted else { throw .rejected("\(path), line \(quotedFrom): a quote is opened and never closed") }
        if !cells.isEmpty || !cell.isEmpty || wasQuoted { endRecord(from: start) }
    }

    private static func lineEnd(_ byte: UInt8, _ rest: ArraySlice<UInt8>) -> LineEnd? {
        if byte == UInt8(ascii: "\n") { return .feed }
        guard byte == UInt8(ascii: "\r") else { return nil }
        return rest.first == UInt8(ascii: "\n") ? .both : .carriageReturn
    }

    /// Passes over lines that are empty or begin with `#`: no CSV is read in them.
    private mutating func skipComments(_ rest: inout ArraySlice<UInt8>) {
        while let first = rest.first, first == UInt8(ascii: "#") || Self.lineEnd(first, rest.dropFirst()) != nil {
            rest = rest.drop { Self.lineEnd($0, []) == nil }
            guard let byte = rest.popFirst() else { return }
            if Self.lineEnd(byte, rest) == .both { rest.removeFirst() }
            line += 1
        }
    }

    private mutating func endCell() {
        cells.append(String(decoding: cell, as: UTF8.self))
        cell = []
        wasQuoted = false
    }

    private mutating func endRecord(from start: Int) {
        endCell()
        records.append((start, cells))
        cells = []
    }
}
