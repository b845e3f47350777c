import Postgres

/// One bad cell of a file: the whole load is refused and the file is untouched.
package struct RowError: Sendable {
    /// The line in the file, the first being 1.
    package let line: Int64
    package let column: String
    package let value: String
    package let reason: String
}

/// Why a file was not loaded.
package enum LoadRefusal: Error {
    case unknownTable(String, known: [String])
    case unknownColumn(String, known: [String])
    case missingColumn(String)
    /// At most 100 errors, in the order of their lines.
    case rows([RowError])
    /// A rule of the whole row, with the server's words.
    case rule(String)
    /// Rules between the rows of parameter sets, at most 100.
    case parameters([BrokenParameterRule])
}

/// A row of a parameter set that contradicts others of it, or that lacks one.
package struct BrokenParameterRule: Sendable {
    package let parameterSet: String
    package let table: String
    package let rowKey: String
    package let rule: String
}

/// A column an input table's CSV may bring.
package struct InputColumn: Sendable {
    package let name: String
    /// The database's type or domain.
    package let type: String
    package let isRequired: Bool
    package let isKey: Bool
    /// The SQL text of the value an empty cell takes, if it has one.
    package let defaultValue: String?
}

/// A CSV on its way into an input table: its header, and its rows as bytes.
package struct InputFile {
    package let table: String
    /// Where it came from, as the audit shall show it.
    package let source: String
    package let sha256: [UInt8]
    package let columns: [String]
    /// Lines before the first row: the header and the comments above it.
    package let headerLines: Int
    /// The rows, as CSV without header.
    package let rows: [UInt8]
    /// Given for a correction: rows whose key is there already get a new revision.
    package let correctionReason: String?

    package init(
        table: String, source: String, sha256: [UInt8], columns: [String], headerLines: Int, rows: [UInt8],
        correctionReason: String? = nil
    ) {
        self.table = table
        self.source = source
        self.sha256 = sha256
        self.columns = columns
        self.headerLines = headerLines
        self.rows = rows
        self.correctionReason = correctionReason
    }
}

/// Brings files into the input tables: all rows of a file or none, each bad cell named.
package struct InputLoader {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// The tables that take data, by name.
    package func tables() throws -> [String] {
        try connection.rows(.inputTables).map { try $0.text(0) }
    }

    /// The columns of one table; empty for a table that does not exist.
    package func columns(of table: String) throws -> [InputColumn] {
        try connection.rows(.inputColumns, [.text(table)]).map { row in
            InputColumn(
                name: try row.text(0), type: try row.text(1), isRequired: try row.bool(2), isKey: try row.bool(3),
                defaultValue: try row.textOrNull(4))
        }
    }

    /// Loads one file and returns the number of rows: in a transaction of its own, or in that of `together`.
    ///
    /// Loads wait for each other and for an ingest that is pinning versions: load ids are in the order of their
    /// commits.
    /// - Throws: `LoadRefusal` with every bad cell; nothing of the file is loaded then.
    package func load(_ file: InputFile) throws -> Int64 {
        guard connection.isInTransaction else { return try together { try load(file) } }
        try checkColumns(of: file)
        try connection.script("savepoint file")
        do {
            let rows = try loadInTransaction(file)
            try connection.script("drop table staged_row; release savepoint file")
            try connection.execute("analyze margin.\(file.table)")
            return rows
        } catch {
            // Where the connection is gone, the server has undone more than this.
            try? connection.script("rollback to savepoint file")
            throw error
        }
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
            let before = try connection.one(.lastLoad).int64OrNull(0) ?? 0
            let loaded = try body()
            let touched = try connection.rows(.parameterSetsSince, [.int64(before)])
            let sets = try touched.map { try $0.text(0) }
            guard !sets.isEmpty else { return loaded }
            let extended = try touched.filter { try $0.bool(1) }.map { row in
                BrokenParameterRule(
                    parameterSet: try row.text(0), table: "parameter_set", rowKey: try row.text(0),
                    rule: "it is approved, and an approved set never changes: load a new set with all its rows")
            }
            let contradicting = try connection.rows(.parameterRules, [.textArray(sets), .bool(isWhole)]).map { row in
                BrokenParameterRule(
                    parameterSet: try row.text(0), table: try row.text(1), rowKey: try row.text(2),
                    rule: try row.text(3))
            }
            let broken = extended + contradicting
            if !broken.isEmpty { throw LoadRefusal.parameters(broken) }
            return loaded
        }
    }

    private func checkColumns(of file: InputFile) throws {
        let known = try columns(of: file.table)
        guard !known.isEmpty else { throw LoadRefusal.unknownTable(file.table, known: try tables()) }
        for column in file.columns where !known.contains(where: { $0.name == column }) {
            throw LoadRefusal.unknownColumn(column, known: known.map(\.name))
        }
        for column in known where column.isRequired && !file.columns.contains(column.name) {
            throw LoadRefusal.missingColumn(column.name)
        }
    }

    private func loadInTransaction(_ file: InputFile) throws -> Int64 {
        _ = try connection.one(.createStaging, [.textArray(file.columns)])
        let list = file.columns.joined(separator: ", ")
        let staged = try stage(file, columns: list)
        let isCorrection = file.correctionReason != nil
        let load = try connection.one(
            .insertInputLoad,
            [
                .text(file.table), .text(isCorrection ? "correction" : "load"), .text(file.source),
                .bytea(file.sha256), .int64(Int64(staged)), .orNull(file.correctionReason) { .text($0) },
            ]
        ).int64(0)
        try connection.script("savepoint insertion")
        do {
            let moved = try connection.one(
                .insertStaged,
                [
                    .text(file.table), .textArray(file.columns), .int64(load), .int64(Int64(file.headerLines)),
                    .bool(isCorrection),
                ]
            ).int64(0)
            if file.columns.contains("business_date") { try connection.execute(.insertLoadDates, [.int64(load)]) }
            if file.columns.contains("level_date") { try connection.execute(.insertLoadLevelDates, [.int64(load)]) }
            if file.columns.contains("parameter_set") {
                try connection.execute(.insertLoadParameterSets, [.int64(load)])
            }
            return moved
        } catch {
            guard error.category == .data || error.category == .constraint else { throw error }
            try connection.script("rollback to savepoint insertion")
            let errors = try rowErrors(file)
            throw errors.isEmpty ? LoadRefusal.rule(error.constraint.map(words) ?? error.message) : .rows(errors)
        }
    }

    /// Copies the rows as text; a row with too many or too few cells is refused by its line.
    private func stage(_ file: InputFile, columns: String) throws -> Int {
        do {
            return try connection.copyInText("copy staged_row (\(columns)) from stdin (format csv)") { writer in
                try writer.bytes(file.rows)
            }
        } catch let error as PostgresError where error.category == .data || error.category == .constraint {
            let line = error.context.flatMap(lineNumber) ?? 1
            throw LoadRefusal.rows([
                RowError(line: line + Int64(file.headerLines), column: "", value: "", reason: error.message)
            ])
        }
    }

    private func rowErrors(_ file: InputFile) throws -> [RowError] {
        try connection.rows(
            .stagedErrors,
            [
                .text(file.table), .textArray(file.columns), .int64(Int64(file.headerLines)),
                .bool(file.correctionReason != nil),
            ]
        ).map { row in
            RowError(
                line: try row.int64(0), column: try row.text(1), value: try row.text(2), reason: try row.text(3))
        }
    }

    /// The line in "COPY staged_row, line 3: …".
    private func lineNumber(_ context: String) -> Int64? {
        context.split(separator: " ").drop { $0 != "line" }.dropFirst().first
            .flatMap { Int64($0.prefix(while: \.isNumber)) }
    }

    /// A constraint's name read as a sentence.
    private func words(_ constraint: String) -> String { "must satisfy: " + constraint.replacing("_", with: " ") }
}
