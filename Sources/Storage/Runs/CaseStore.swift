import ClearingModel
import Postgres
import Quantities

/// What `margin case` asks a throw-away database.
package struct CaseStore {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// Makes an empty database on the session's server; `name` is of lower-case letters, digits and underscores.
    package func makeDatabase(_ name: String) throws { try connection.script("create database \(name)") }

    /// Drops it, whoever is connected to it; nothing if it is not there.
    package func dropDatabase(_ name: String) throws {
        try connection.script("drop database if exists \(name) with (force)")
    }

    /// Empties every table; nothing that this session writes from here on has to outlive a crash.
    package func empty() throws {
        try connection.script("set synchronous_commit = off; set jit = off")
        try connection.execute(.caseEmptyTables)
    }

    /// The newest date that positions were loaded for; nil where there are none.
    package func businessDate() throws -> BusinessDate? {
        try connection.one(.caseBusinessDate).dateOrNull("business_date").map { BusinessDate(dayNumber: $0) }
    }

    /// The columns of a result table with the names of their types; empty for what is none.
    package func columns(of table: String) throws -> [(name: String, type: String)] {
        try connection.rows(.caseResultColumns, [.text(table)]).map {
            (try $0.text("column_name"), try $0.text("type_name"))
        }
    }

    /// The run opened last; nil where there is none.
    package func newestRun() throws -> Int64? {
        try connection.optional(.caseNewestRun).map { try $0.int64("run_id") }
    }

    /// Every row of every result table of a run, in the order of table and key: its cells as text by column, an empty
    /// one left out.
    package func rows(ofRun run: Int64) throws -> [String: [[String: String]]] {
        var tables: [String: [[String: String]]] = [:]
        var cells: [String: String] = [:]
        var current: (table: String, number: Int64)?
        for row in try connection.rows(.caseResults, [.int64(run)]) {
            let (table, number) = (try row.text("table_name"), try row.int64("row_number"))
            if let before = current, before.table != table || before.number != number {
                tables[before.table, default: []].append(cells)
                cells = [:]
            }
            current = (table, number)
            cells[try row.text("column_name")] = try row.textOrNull("value")
        }
        if let current { tables[current.table, default: []].append(cells) }
        return tables
    }

    /// Net positions of a date by account and series, in contracts.
    package func closingPositions(_ date: BusinessDate) throws -> [String: [String: Int64]] {
        var positions: [String: [String: Int64]] = [:]
        for row in try connection.rows(.caseClosingPositions, [date.value]) {
            positions[try row.text("account"), default: [:]][try row.text("series")] = try row.int64("quantity")
        }
        return positions
    }
}
