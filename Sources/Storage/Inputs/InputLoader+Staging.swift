import Postgres
import TextFiles

/// Files whose rows are staged as text before they are cast: those that `PlainRows` does not take, and those with a
/// fault, which is put into words here.
extension InputLoader {
    /// Loads a file in the transaction that is open. Returns the number of rows.
    /// - Throws: `LoadRefusal` with every bad cell.
    func loadStaged(_ file: InputFile) throws -> Int64 {
        try createStaging(file.columns)
        let staged = try stage(file)
        // Before anything is cast: what the server would read in its own way must not get that far.
        guard
            try !connection.one(.hasMisspeltCell, [.text(file.table), .textArray(file.columns)]).bool(
                "has_misspelt_cell")
        else {
            throw LoadRefusal.rows(try rowErrors(file))
        }
        let scope = try LoadScope(file, counts: stagedCounts(of:))
        if let scope { try refuseArchived(scope) }
        let load = try register(file, rows: staged)
        try connection.script("savepoint insertion")
        do {
            if let scope { try makeMonths(of: scope, file) }
            let moved = try connection.one(
                .insertStaged,
                [
                    .text(file.table), .textArray(file.columns), .int64(load), .int64(Int64(file.headerLines ?? 0)),
                    .bool(false),
                ]
            ).int64("insert_staged")
            if let scope { try note(scope, load) }
            guard moved == staged else { throw LoadRefusal.rule("of \(staged) rows \(moved) would be loaded") }
            try dropStaging()
            return moved
        } catch let error as PostgresError where error.category == .data || error.category == .constraint {
            try connection.script("rollback to savepoint insertion")
            let errors = try rowErrors(file)
            throw errors.isEmpty ? LoadRefusal.rule(error.constraint.map(words) ?? error.message) : .rows(errors)
        }
    }

    /// Makes the place for a file's rows as text, until the transaction ends or `dropStaging`.
    func createStaging(_ columns: [String]) throws {
        _ = try connection.one(.createStaging, [.textArray(columns)])
    }

    func dropStaging() throws { try connection.script("drop table staged_row") }

    /// How many staged rows have each value of a column, as it is written; those without one are left out.
    func stagedCounts(of column: String) throws -> [(value: String, rows: Int)] {
        try connection.rows(.stagedCounts, [.text(column)]).map { row in
            (try row.text("value"), Int(try row.int64("row_count")))
        }
    }

    /// Copies the rows as text, empty cells as null whether or not they stand in quotes. Returns how many: as many as
    /// the file has.
    ///
    /// - Throws: `LoadRefusal` with the line of a row with too many or too few cells, of a quote that does not close,
    ///   of `\.` on a line of its own.
    func stage(_ file: InputFile) throws -> Int {
        let outline = CSVOutline(file.rows)
        if let line = outline.endMark {
            throw malformed(file, line, "\\. ends a file for the server: take the line away")
        }
        if let line = outline.openQuote { throw malformed(file, line, "a quote is opened and never closed") }
        let columns = file.columns.joined(separator: ", ")
        let copied: Int
        do {
            copied = try connection.copyInText(
                "copy staged_row (\(columns)) from stdin (format csv, force_null (\(columns)))"
            ) { writer in
                try writer.bytes(file.rows)
            }
        } catch let error as PostgresError where error.category == .data || error.category == .constraint {
            let line = error.context.flatMap(lineNumber) ?? 1
            throw malformed(file, Int(line), Self.words(ofMalformed: error.message))
        }
        guard copied == outline.rows else {
            throw malformed(
                file, nil,
                "it has \(outline.rows) rows, of which the server took \(copied): look for “\\.” on a line of a cell"
            )
        }
        return copied
    }

    /// A file refused as a whole, or for a line of its rows, the first being 1.
    private func malformed(_ file: InputFile, _ line: Int?, _ reason: String) -> LoadRefusal {
        let row = line.flatMap { line in file.headerLines.map { Int64(line + $0) } }
        return .rows([RowError(line: row, column: "", value: "", kind: .malformedFile, reason: reason)])
    }

    private func rowErrors(_ file: InputFile) throws -> [RowError] {
        let errors = try connection.rows(
            .stagedErrors,
            [
                .text(file.table), .textArray(file.columns), .int64(Int64(file.headerLines ?? 0)), .bool(false),
            ]
        ).map { try Self.rowError($0) }
        return file.withLines(errors)
    }

    /// Line, column, value, reason and words out of a query's row.
    static func rowError(_ row: Row) throws -> RowError {
        RowError(
            line: try row.int64OrNull("line"), column: try row.text("column_name"), value: try row.text("value"),
            kind: RejectReason(rawValue: try row.text("reason")) ?? .refusedByTheDatabase,
            reason: try row.text("message"))
    }

    /// What COPY says of a line, in the words of who wrote it.
    private static func words(ofMalformed message: String) -> String {
        if message.hasPrefix("extra data") { return "it has more cells than the header" }
        if message.hasPrefix("missing data for column") {
            return "it has too few cells: \(message.dropFirst("missing data for column ".count)) is missing"
        }
        if message.hasPrefix("unquoted carriage return") || message.hasPrefix("unquoted newline") {
            return "it does not end as the lines above do: every line with LF, or every line with CR LF"
        }
        if message.hasPrefix("invalid byte sequence") {
            return message.hasSuffix(" 0x00") ? "it has a byte 0" : "it is not UTF-8 text"
        }
        return message
    }

    /// The line in "COPY staged_row, line 3: …".
    private func lineNumber(_ context: String) -> Int64? {
        context.split(separator: " ").drop { $0 != "line" }.dropFirst().first
            .flatMap { Int64($0.prefix(while: \.isNumber)) }
    }

    /// A constraint's name read as a sentence.
    private func words(_ constraint: String) -> String { "must satisfy: " + constraint.replacing("_", with: " ") }
}
