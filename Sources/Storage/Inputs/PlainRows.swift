import Postgres
import TextFiles

/// The rows of a file that are spelled as the types of their columns want them: sent as the values they stand for.
///
/// The server checks each value as it would have checked the text. For what is spelled otherwise, and for what the
/// server refuses, there are no words here: such a file is staged as text.
struct PlainRows {
    /// A column of the file.
    struct Column {
        let name: String
        let cell: PlainCell
        let isNotNull: Bool
        /// What an empty cell stands for; nil where it stands for null.
        let defaultValue: [UInt8]?
    }

    let file: InputFile
    private let csv: PlainCSV
    private let columns: [Column]
    private let isVersioned: Bool

    /// Nil for a file that needs a reader of CSV, or has a column of a type that has several spellings.
    init?(_ file: InputFile, _ connection: Connection) throws {
        guard let csv = PlainCSV(file.rows) else { return nil }
        let rows = try connection.rows(.plainColumns, [.text(file.table), .textArray(file.columns)])
        var columns: [Column] = []
        for row in rows {
            guard let cell = PlainCell(rawValue: try row.text("base_type")) else { return nil }
            columns.append(
                Column(
                    name: try row.text("column_name"), cell: cell, isNotNull: try row.bool("is_not_null"),
                    defaultValue: try row.textOrNull("default_cell").map { Array($0.utf8) }))
        }
        guard columns.map(\.name) == file.columns, let first = rows.first else { return nil }
        isVersioned = try first.bool("is_versioned")
        self.file = file
        self.csv = csv
        self.columns = columns
    }

    var count: Int { csv.rowCount }

    /// How many rows have each of a column's values, as they are written; in the order in which they first appear.
    ///
    /// Nil where the file lacks the column, or a row has not its cells.
    func counts(of name: String) -> [(value: String, rows: Int)]? {
        guard let column = columns.firstIndex(where: { $0.name == name }) else { return nil }
        var counts: [(value: String, rows: Int)] = []
        var places: [String: Int] = [:]
        var last: Range<Int>?
        var place = 0
        let isWhole = csv.forEachRow(of: columns.count) { bytes, cells in
            let cell = cells[column]
            if let last, bytes.hasSameBytes(last, cell) {
                counts[place].rows += 1
                return
            }
            let value = String(bytes, cell)
            place = places[value] ?? counts.count
            if place == counts.count {
                counts.append((value, 0))
                places[value] = place
            }
            counts[place].rows += 1
            last = cell
        }
        return isWhole ? counts : nil
    }

    /// Sends the rows as those of a load, to their table or a partition that is to be its. Returns how many; nil where
    /// a row is not spelled so, and then none is there.
    ///
    /// The caller rolls back to a savepoint after an error of the server.
    func copy(_ connection: Connection, to table: String, load: Int64) throws -> Int? {
        let names = columns.map(\.name) + ["load_id"] + (isVersioned ? ["source_line", "revision"] : [])
        let target = "\(table) (\(names.joined(separator: ", ")))"
        var line = Int64(file.headerLines ?? 0)
        do {
            return try connection.copyIn("copy \(target) from stdin (format binary)") { writer in
                let isWhole = try csv.forEachRow(of: columns.count) { bytes, cells in
                    line += 1
                    try writer.row(names.count)
                    for (column, cell) in zip(columns, cells) where !column.append(bytes, cell, to: &writer) {
                        throw OtherSpelling()
                    }
                    writer.int64(load)
                    if isVersioned {
                        writer.int64(line)
                        writer.int32(1)
                    }
                }
                if !isWhole { throw OtherSpelling() }
            }
        } catch is OtherSpelling {
            return nil
        }
    }

    /// A row is not spelled as it would have to be here.
    private struct OtherSpelling: Error {}
}

extension PlainRows.Column {
    fileprivate func append(_ bytes: Span<UInt8>, _ cell: Range<Int>, to writer: inout BinaryCopyWriter) -> Bool {
        if !cell.isEmpty { return self.cell.append(bytes, cell, to: &writer) }
        if let defaultValue {
            return self.cell.append(defaultValue.span, 0..<defaultValue.count, to: &writer)
        }
        if isNotNull { return false }
        writer.null()
        return true
    }
}

extension Span<UInt8> {
    fileprivate func hasSameBytes(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
        guard one.count == other.count else { return false }
        for offset in 0..<one.count where self[one.lowerBound + offset] != self[other.lowerBound + offset] {
            return false
        }
        return true
    }
}
