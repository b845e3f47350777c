import TextFiles

/// A column an input table's CSV may bring.
package struct InputColumn: Sendable {
    package let name: String
    /// The database's type or domain.
    package let type: String
    package let isRequired: Bool
    package let isKey: Bool
    /// The SQL text of the value an empty cell takes, if it has one.
    package let defaultValue: String?
    /// What the column means, with unit and sign.
    package let meaning: String
}

/// A CSV on its way into an input table: its header, and its rows as bytes.
package struct InputFile: Sendable {
    package let table: String
    /// Where it came from, as the audit shall show it.
    package let source: String
    package let sha256: [UInt8]
    package let columns: [String]
    /// Lines before the first row, the header and the comments above it; nil for a row that came from no file.
    package let headerLines: Int?
    /// The rows, as CSV without header.
    package let rows: [UInt8]

    package init(
        table: String, source: String, sha256: [UInt8], columns: [String], headerLines: Int?, rows: [UInt8]
    ) {
        self.table = table
        self.source = source
        self.sha256 = sha256
        self.columns = columns
        self.headerLines = headerLines
        self.rows = rows
    }
}

extension InputFile {
    /// What is wrong with the header itself: no columns, one without a name, one that stands twice.
    var headerFaults: [RowError] {
        func fault(_ reason: String) -> RowError {
            RowError(
                line: headerLines.map { Int64($0) }, column: "", value: "", kind: .malformedFile, reason: reason)
        }
        if columns.isEmpty { return [fault("there is no header")] }
        if columns.count == 1, let other = ([";", "\t", "|"] as [Character]).first(where: columns[0].contains) {
            return [fault("cells are separated by commas, not by “\(other == "\t" ? "tab" : String(other))”")]
        }
        var seen: Set<String> = []
        return columns.enumerated().compactMap { index, column in
            if column.isEmpty { return fault("cell \(index + 1) of the header is empty: it names no column") }
            return seen.insert(column).inserted ? nil : fault("the column \(column) stands twice in the header")
        }
    }

    /// The same errors with the lines on which their rows begin: the database counts rows, and a cell may have several
    /// lines.
    func withLines(_ errors: [RowError]) -> [RowError] {
        guard let headerLines, CSVOutline(rows).hasCellsOfSeveralLines else { return errors }
        let numbers = Set(errors.compactMap { $0.line.map { Int($0) - headerLines } })
        let outline = CSVOutline(rows, linesOf: numbers)
        return errors.map { error in
            guard let line = error.line, let row = outline.lines[Int(line) - headerLines] else { return error }
            return RowError(
                line: Int64(row + headerLines), column: error.column, value: error.value, kind: error.kind,
                reason: error.reason)
        }
    }
}
