import Digests
import Storage
import TextFiles

/// Rows of input tables under construction, on their way through the same loader as any house's files.
struct CaseTables {
    private var order: [String] = []
    private var columns: [String: [String]] = [:]
    private var rows: [String: [[String: String]]] = [:]

    /// Adds a row; cells that are nil stay empty. A table's rows must follow the rows they refer to in other tables.
    mutating func add(_ table: String, _ cells: KeyValuePairs<String, String?>) {
        if rows[table] == nil { order.append(table) }
        var row: [String: String] = [:]
        for (column, value) in cells {
            if columns[table]?.contains(column) != true { columns[table, default: []].append(column) }
            row[column] = value
        }
        rows[table, default: []].append(row)
    }

    /// One file a table, in the order in which the tables got their first row.
    func files(source: String) throws -> [InputFile] {
        try order.map { table in
            let columns = columns[table] ?? []
            var bytes: [UInt8] = []
            for row in rows[table] ?? [] {
                bytes.append(csvLine: columns.map { row[$0] }, quoting: .always)
            }
            return InputFile(
                table: table, source: source, sha256: try SHA256Digest(of: bytes).bytes, columns: columns,
                headerLines: 0,
                rows: bytes)
        }
    }
}
