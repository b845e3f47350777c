import Postgres
import Quantities
import TextFiles

/// Brings files into the input tables: all rows of a file or none, each bad cell named.
package struct InputLoader {
    let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// The tables that take data, by name.
    package func tables() throws -> [String] {
        try connection.rows(.inputTables).map { try $0.text("table_name") }
    }

    /// The columns of one table; empty for a table that does not exist.
    package func columns(of table: String) throws -> [InputColumn] {
        try connection.rows(.inputColumns, [.text(table)]).map { row in
            InputColumn(
                name: try row.text("column_name"), type: try row.text("type_name"),
                isRequired: try row.bool("is_required"), isKey: try row.bool("is_key"),
                defaultValue: try row.textOrNull("default_value"), meaning: try row.textOrNull("meaning") ?? "")
        }
    }

    /// Loads one file and returns the number of rows: in a transaction of its own, or in that of `together`.
    ///
    /// Loads wait for each other and for an ingest that is pinning versions: load ids are in the order of their
    /// commits.
    /// - Throws: `LoadRefusal` with every bad cell; nothing of the file is loaded then.
    package func load(_ file: InputFile) throws -> Int64 {
        guard connection.isInTransaction else { return try together { try load(file) } }
        try checkColumns(of: file, isWhole: true)
        try connection.script("savepoint file")
        do {
            let rows = try loadInTransaction(file)
            try connection.script("drop table staged_row; release savepoint file")
            _ = try connection.one(.analyzeLoaded, [.text(file.table)])
            return rows
        } catch {
            // Where the connection is gone, the server has undone more than this.
            try? connection.script("rollback to savepoint file")
            throw error
        }
    }

    /// The number of the load that brought a file as it is, byte for byte; nil where none did.
    package func load(of file: InputFile) throws -> Int64? {
        try connection.optional(.loadOfFile, [.text(file.table), .bytea(file.sha256)])?.int64("load_id")
    }

    /// Loads the files of `body` in one transaction: all of them if it returns, none if it throws.
    package func together<T>(_ body: () throws -> T) throws -> T {
        try connection.transaction {
            try connection.execute("lock table margin.input_load in share row exclusive mode")
            return try body()
        }
    }

    /// Like `together`, for files whose parameter sets must hold the rules of sets: `isWhole` where all rows of the
    /// sets are among them, so that what is missing is wrong too.
    ///
    /// - Throws: `LoadRefusal.parameters` with every broken rule; nothing is loaded then.
    package func togetherHoldingParameterRules<T>(isWhole: Bool, _ body: () throws -> T) throws -> T {
        try together {
            let before = try connection.one(.lastLoad).int64OrNull("load_id") ?? 0
            let loaded = try body()
            let touched = try connection.rows(.parameterSetsSince, [.int64(before)])
            let sets = try touched.map { try $0.text("parameter_set") }
            guard !sets.isEmpty else { return loaded }
            let extended = try touched.filter { try $0.bool("was_approved") }.map { row in
                BrokenParameterRule(
                    parameterSet: try row.text("parameter_set"), table: "parameter_set",
                    rowKey: try row.text("parameter_set"),
                    rule: "it is approved, and an approved set never changes: load a new set with all its rows")
            }
            let broken = try extended + parameterRulesBroken(by: sets, isWhole: isWhole)
            if !broken.isEmpty { throw LoadRefusal.parameters(broken) }
            return loaded
        }
    }

    /// The rules that sets break, as a run sees their rows that pinned `pin` and margins `date`; without a date, as
    /// they were loaded.
    package func parameterRulesBroken(
        by sets: [String], isWhole: Bool, pin: Int64 = .max, on date: BusinessDate? = nil
    ) throws -> [BrokenParameterRule] {
        let day = date ?? .beforeAllHistory
        var broken = try connection.rows(
            .parameterRules, [.textArray(sets), .bool(isWhole), .int64(pin), day.value]
        ).map { row in
            BrokenParameterRule(
                parameterSet: try row.text("parameter_set"), table: try row.text("table_name"),
                rowKey: try row.text("row_key"), rule: try row.text("rule"))
        }
        guard !broken.isEmpty else { return [] }
        let rows = try connection.rows(
            .parameterRowPlaces,
            [
                .textArray(broken.map(\.parameterSet)), .textArray(broken.map(\.table)),
                .textArray(broken.map(\.rowKey)),
            ])
        for row in rows {
            let number = Int(try row.int64("number")) - 1
            broken[number].source = try row.textOrNull("source")
            broken[number].line = try row.int64OrNull("line")
        }
        return broken
    }

    /// Throws unless the table is there and has the file's columns and, where rows are whole, the file all it needs.
    func checkColumns(of file: InputFile, isWhole: Bool) throws {
        let known = try columns(of: file.table)
        guard !known.isEmpty else { throw LoadRefusal.unknownTable(file.table, known: try tables()) }
        let faults = file.headerFaults
        guard faults.isEmpty else { throw LoadRefusal.rows(faults) }
        for column in file.columns where !known.contains(where: { $0.name == column }) {
            throw LoadRefusal.unknownColumn(column, known: known.map(\.name))
        }
        for column in known where isWhole && column.isRequired && !file.columns.contains(column.name) {
            throw LoadRefusal.missingColumn(column.name, table: file.table)
        }
    }

    private func loadInTransaction(_ file: InputFile) throws -> Int64 {
        _ = try connection.one(.createStaging, [.textArray(file.columns)])
        let staged = try stage(file)
        // Before anything is cast: what the server would read in its own way must not get that far.
        guard
            try !connection.one(.hasMisspeltCell, [.text(file.table), .textArray(file.columns)]).bool(
                "has_misspelt_cell")
        else {
            throw LoadRefusal.rows(try rowErrors(file))
        }
        if file.columns.contains("business_date") { try ArchiveStore(connection).refuseStaged() }
        let load = try connection.one(
            .insertInputLoad,
            [
                .text(file.table), .text("load"), .text(file.source), .bytea(file.sha256), .int64(Int64(staged)), .null,
            ]
        ).int64("load_id")
        try connection.script("savepoint insertion")
        do {
            if file.columns.contains("business_date") {
                _ = try connection.one(.makeMonths, [.text(file.table)])
            }
            let moved = try connection.one(
                .insertStaged,
                [
                    .text(file.table), .textArray(file.columns), .int64(load), .int64(Int64(file.headerLines ?? 0)),
                    .bool(false),
                ]
            ).int64("insert_staged")
            if file.columns.contains("business_date") { try connection.execute(.insertLoadDates, [.int64(load)]) }
            if file.columns.contains("level_date") { try connection.execute(.insertLoadLevelDates, [.int64(load)]) }
            if file.columns.contains("parameter_set") {
                try connection.execute(.insertLoadParameterSets, [.int64(load)])
            }
            guard moved == staged else { throw LoadRefusal.rule("of \(staged) rows \(moved) would be loaded") }
            return moved
        } catch let error as PostgresError where error.category == .data || error.category == .constraint {
            try connection.script("rollback to savepoint insertion")
            let errors = try rowErrors(file)
            throw errors.isEmpty ? LoadRefusal.rule(error.constraint.map(words) ?? error.message) : .rows(errors)
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
