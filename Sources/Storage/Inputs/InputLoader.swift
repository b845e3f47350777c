import ClearingModel
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
            let rows = try loadPlain(file) ?? loadStaged(file)
            try connection.script("release savepoint file")
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
    /// - Throws: the first refusal of `StudyRules`.
    package func together<T>(_ body: () throws -> T) throws -> T {
        try connection.transaction {
            try connection.execute("lock table margin.input_load in share row exclusive mode")
            let before = try connection.one(.lastLoad).int64OrNull("load_id") ?? 0
            let loaded = try body()
            try StudyRules(connection).hold(since: before)
            return loaded
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
        let parameters: [Value] = [.textArray(sets), .bool(isWhole), .int64(pin), day.value]
        var broken = try [Query.parameterRules, .stressRules].flatMap { query in
            try connection.rows(query, parameters)
        }.map { row in
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

    /// Sends the rows as the values they stand for. Nil where they are not spelled so or the server refuses them:
    /// nothing of the file is loaded then, and what is wrong is for `loadStaged` to say.
    private func loadPlain(_ file: InputFile) throws -> Int64? {
        guard let rows = try PlainRows(file, connection), let scope = LoadScope(file, counts: rows.counts(of:)) else {
            return nil
        }
        try refuseArchived(scope)
        try connection.script("savepoint plain_rows")
        do {
            let load = try register(file, rows: rows.count)
            let month = try monthToFill(scope, file)
            if month == nil { try makeMonths(of: scope, file) }
            let target = month.map { "margin_part.\($0)" } ?? "margin.\(file.table)"
            if let copied = try rows.copy(connection, to: target, load: load), copied == rows.count {
                if month != nil { try attachMonth(of: scope, file) }
                try note(scope, load)
                try connection.script("release savepoint plain_rows")
                return Int64(copied)
            }
        } catch let error as PostgresError where error.category == .data || error.category == .constraint {
            // `loadStaged` says what is wrong.
        }
        try connection.script("rollback to savepoint plain_rows; release savepoint plain_rows")
        return nil
    }

    // MARK: The register

    /// Registers a load. Returns its number.
    func register(_ file: InputFile, rows: Int) throws -> Int64 {
        try connection.one(
            .insertInputLoad,
            [.text(file.table), .text("load"), .text(file.source), .bytea(file.sha256), .int64(Int64(rows)), .null]
        ).int64("load_id")
    }

    /// The partition of a month that is made for these rows and stands aside: it is filled before it has indexes, which
    /// are then built once and not row by row. Nil where the rows have to go through the table.
    private func monthToFill(_ scope: LoadScope, _ file: InputFile) throws -> String? {
        guard !scope.businessDates.isEmpty else { return nil }
        return try connection.one(
            .makeMonthToFill, [.text(file.table), .textArray(scope.businessDates.map(\.value))]
        ).textOrNull("partition_name")
    }

    /// Makes the month that `monthToFill` made part of its table.
    private func attachMonth(of scope: LoadScope, _ file: InputFile) throws {
        _ = try connection.one(.attachMonth, [.text(file.table), .text(scope.businessDates[0].value)])
    }

    /// Makes the partitions that rows need.
    func makeMonths(of scope: LoadScope, _ file: InputFile) throws {
        guard !scope.businessDates.isEmpty else { return }
        _ = try connection.one(
            .makeMonths, [.text(file.table), .textArray(scope.businessDates.map(\.value))])
    }

    /// Records which dates and parameter sets a load touched.
    func note(_ scope: LoadScope, _ load: Int64) throws {
        for dates in [scope.businessDates, scope.levelDates] where !dates.isEmpty {
            try connection.execute(
                .insertLoadDates,
                [.int64(load), .textArray(dates.map(\.value)), .int64Array(dates.map { Int64($0.rows) })])
        }
        if !scope.parameterSets.isEmpty {
            try connection.execute(
                .insertLoadParameterSets, [.int64(load), .textArray(scope.parameterSets.map(\.value))])
        }
    }

    /// - Throws: `LoadRefusal` if a business date is archived.
    func refuseArchived(_ scope: LoadScope) throws {
        guard let first = scope.businessDates.compactMap({ BusinessDate($0.value) }).min() else { return }
        try ArchiveStore(connection).refuse(first)
    }
}

/// What the register says of a load beside its number: which dates and parameter sets its rows are of, as they are
/// written.
struct LoadScope {
    let businessDates: [(value: String, rows: Int)]
    let levelDates: [(value: String, rows: Int)]
    let parameterSets: [(value: String, rows: Int)]

    /// Nil where `counts`, which is asked for the columns that the file has, is nil for one of them.
    init?(_ file: InputFile, counts: (String) throws -> [(value: String, rows: Int)]?) rethrows {
        func found(_ column: String) throws -> [(value: String, rows: Int)]? {
            file.columns.contains(column) ? try counts(column) : []
        }
        guard let businessDates = try found("business_date"), let levelDates = try found("level_date"),
            let parameterSets = try found("parameter_set")
        else { return nil }
        self.businessDates = businessDates
        self.levelDates = levelDates
        self.parameterSets = parameterSets
    }
}
