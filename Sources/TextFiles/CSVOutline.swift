/// What CSV bytes show without their cells being read: rows and lines, by the rules of the server's COPY.
///
/// A quote toggles wherever it stands, as COPY takes it; a line ends with LF, CR LF or CR. The server parses the cells;
/// this counts what it must find and sees what it would lose. Cost: one pass over the bytes.
package struct CSVOutline: Sendable {
    /// Rows, an empty line being one; line ends in quotes do not end a row.
    package private(set) var rows = 0
    /// Whether a cell has a line end, so that rows and lines are numbered differently.
    package private(set) var hasCellsOfSeveralLines = false
    /// The line, the first being 1, of a quote that never closes.
    package private(set) var openQuote: Int?
    /// The first line that is `\.` and nothing else and stands in no quotes: servers before 18 take it for the end of
    /// the data and drop what follows.
    package private(set) var endMark: Int?
    /// The line on which each of the asked rows begins.
    package private(set) var lines: [Int: Int] = [:]

    /// Looks at rows without their header; `asked` are row numbers, the first being 1, whose lines are wanted.
    package init(_ bytes: [UInt8], linesOf asked: Set<Int> = []) {
        let (quote, feed, carriage) = (UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"))
        let count = bytes.count
        var (line, quotedFrom, start) = (1, 0, 0)
        var isQuoted = false
        var index = 0
        if asked.contains(1) { lines[1] = 1 }
        while index < count {
            let byte = bytes[index]
            index += 1
            if byte == quote {
                isQuoted.toggle()
                quotedFrom = line
            }
            guard byte == feed || byte == carriage else { continue }
            if !isQuoted, Self.isEndMark(bytes, start, index - 1), endMark == nil { endMark = line }
            if byte == carriage, index < count, bytes[index] == feed { index += 1 }
            line += 1
            if isQuoted {
                hasCellsOfSeveralLines = true
                continue
            }
            start = index
            rows += 1
            if asked.contains(rows + 1) { lines[rows + 1] = line }
        }
        if isQuoted { openQuote = quotedFrom }
        if !isQuoted, Self.isEndMark(bytes, start, count), endMark == nil { endMark = line }
        if start < count { rows += 1 }
    }

    /// Whether the row from `start` up to `end` is `\.`.
    private static func isEndMark(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
        end - start == 2 && bytes[start] == UInt8(ascii: "\\") && bytes[start + 1] == UInt8(ascii: ".")
    }
}
