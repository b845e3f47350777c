import Foundation
import TextFiles

/// A CSV file: RFC 4180, UTF-8, with lines that begin with `#` above the header as comments.
package struct CSVFile {
    package let header: [String]
    /// As long as the header each; an empty cell is null.
    package let rows: [TableRow]

    /// Reads a file whose header has every column of `required` and no other but those of `optional`, or any others.
    ///
    /// - Throws: `ReplicationError`: missing for a file that cannot be read; rejected for one that is not UTF-8, a
    ///   quote that does not close, another header, two columns of one name, a row that does not fit the header.
    ///   `whereElse` says what to do where there is none.
    package init(
        path: String, required: [String], optional: [String] = [], ignoresOthers: Bool = false,
        whereElse: String = takenFromRun
    ) throws(ReplicationError) {
        let bytes = try contents(of: path, whereElse: whereElse)
        guard bytes.first != UInt8(ascii: "{") else {
            throw .rejected("\(path) is JSON, and CSV is wanted", hint: otherFormat(of: path, "csv"))
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .rejected("\(path) is not valid utf-8", hint: "save it as utf-8")
        }
        var records = try Self.records(text, path: path)
        guard let first = records.first else {
            throw .rejected(
                "\(path) has no header: the file is empty",
                hint: "columns: \((required + optional).joined(separator: ", "))")
        }
        let header = first.cells
        let top = "\(path), line \(first.line)"
        for (index, column) in header.enumerated() {
            guard !column.isEmpty else { throw .rejected("\(top): cell \(index + 1) of the header is empty") }
            guard !header[..<index].contains(column) else {
                throw .rejected(
                    "\(top): the column \(column) stands twice in the header", hint: "leave one of the two out")
            }
        }
        records.removeFirst()
        try Self.check(header, required: required, optional: ignoresOthers ? header : optional, path: path)
        self.header = header
        var rows: [TableRow] = []
        for record in records where record.cells != [""] {
            let location = "\(path), line \(record.line)"
            guard record.cells.count == header.count else {
                let shown = record.cells.joined(separator: ",").prefix(60)
                throw .rejected(
                    "\(location): \(record.cells.count) cells where the header has \(header.count): “\(shown)”",
                    hint: shown == "\\." ? "take the line away: nothing ends a file but its end" : "mend the line")
            }
            var cells: [String: String] = [:]
            for (column, cell) in zip(header, record.cells) where !cell.isEmpty {
                cells[column] = CSVFormula.restored(cell)
            }
            rows.append(TableRow(location: location, cells: cells))
        }
        self.rows = rows
    }

    private static func check(
        _ header: [String], required: [String], optional: [String], path: String
    ) throws(ReplicationError) {
        let known = required + optional
        for column in required where !header.contains(column) {
            throw .rejected(
                "\(path): the column \(column) is missing", hint: "columns: \(known.joined(separator: ", "))")
        }
        for column in header where !known.contains(column) {
            throw .rejected("\(path): unknown column \(column)", hint: "columns: \(known.joined(separator: ", "))")
        }
    }

    private static func records(_ text: String, path: String) throws(ReplicationError) -> [CSVRecords.Record] {
        do {
            return try CSVRecords(Array(text.utf8)).records
        } catch {
            throw .rejected("\(path), \(error)", hint: error.hint)
        }
    }
}

/// What a report that cannot be read makes one do.
let takenFromRun = "take it from the run's report folder, or mend the path"

/// The bytes of a file.
func contents(of path: String, whereElse: String = takenFromRun) throws(ReplicationError) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
        throw .missing("\(path) cannot be read", hint: whereElse)
    }
    return Array(data)
}

/// Where a report named in one format is in the other, if it is there.
func otherFormat(of path: String, _ ending: String) -> String {
    let other =
        path.split(separator: ".", omittingEmptySubsequences: false).dropLast().joined(separator: ".") + "." + ending
    return FileManager.default.fileExists(atPath: other)
        ? "the report is there as \(ending.uppercased()) too: name \(other)"
        : "take it again from the run's report folder"
}
