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
