import Postgres
import Quantities

/// What leaves the database for an archive, and comes back from one.
package struct ArchiveStore {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// How far the database can be archived before a date.
    package struct Bounds {
        /// The newest business date with a published run; nil where there is none.
        package let newestPublished: BusinessDate?
        /// Inputs dated before this day are needed by no date from the asked one on; nil without such a business day.
        package let inputsBefore: BusinessDate?
        /// An unpublished run dated before the asked date, as the operator reads it.
        package let unfinished: String?
        package let newest: Standing?
    }

    /// The newest archive that is out of the database.
    package struct Standing {
        package let archive: Int64
        package let runsBefore: BusinessDate
        package let folder: String
        /// SHA-256 of its manifest, 32 bytes.
        package let manifest: [UInt8]
    }

    /// What an archive takes of one table.
    package struct Part {
        package let table: String
        package let columns: [String]
        fileprivate let selection: String
    }

    /// What stands against an archive before a date, and the newest archive.
    package func bounds(before date: BusinessDate) throws -> Bounds {
        let row = try connection.one(.archiveBounds, [date.value])
        var newest: Standing?
        if let archive = try row.int64OrNull("archive") {
            newest = Standing(
                archive: archive, runsBefore: BusinessDate(dayNumber: try row.date("runs_before")),
                folder: try row.text("folder"),
                manifest: try row.bytes("manifest_sha256"))
        }
        return Bounds(
            newestPublished: try row.dateOrNull("newest_published").map { BusinessDate(dayNumber: $0) },
            inputsBefore: try row.dateOrNull("inputs_before").map { BusinessDate(dayNumber: $0) },
            unfinished: try row.textOrNull("unfinished"),
            newest: newest)
    }

    /// The newest archive, where it holds a date's results: the one to bring back first. Nil where they are here.
    package func archive(holding date: BusinessDate) throws -> Standing? {
        try newest().flatMap { date < $0.runsBefore ? $0 : nil }
    }

    /// The newest archive that is out of the database, which comes back first.
    private func newest() throws -> Standing? {
        try connection.optional(.standingArchive).map { row in
            Standing(
                archive: try row.int64("archive"), runsBefore: BusinessDate(dayNumber: try row.date("runs_before")),
                folder: try row.text("folder"), manifest: try row.bytes("manifest_sha256"))
        }
    }

    /// - Throws: `LoadRefusal` if a date is archived.
    func refuse(_ date: BusinessDate) throws {
        if let archive = try archive(holding: date) { throw LoadRefusal.archived("\(date)", folder: archive.folder) }
    }

    /// The tables an archive is of, in the order of their names.
    package func parts(runsBefore: BusinessDate, inputsBefore: BusinessDate) throws -> [Part] {
        try connection.rows(.archiveParts, [runsBefore.value, inputsBefore.value]).map { row in
            Part(
                table: try row.text("table_name"), columns: try row.textArray("column_names"),
                selection: try row.text("selection"))
        }
    }

    /// Hands the bytes of a part's rows as CSV with a header, ordered by key, to `body`. Returns the number of rows.
    package func export(_ part: Part, _ body: ([UInt8]) throws -> Void) throws -> Int64 {
        try Int64(connection.copyOutText("copy (\(part.selection)) to stdout (format csv, header)", body))
    }

    /// Stages the rows of one file, whose bytes `body` hands on in pieces. Returns how many there are.
    package func stage(
        _ table: String, columns: [String], _ body: (inout StagedRows) throws -> Void
    ) throws -> Int64 {
        _ = try connection.one(.archiveStage, [.text(table), .textArray(columns)])
        // Staging has refused every name that is no column of the table.
        let names = columns.joined(separator: ", ")
        let statement = "copy archived_row (\(names)) from stdin (format csv, header match)"
        return try Int64(connection.copyInText(statement, body))
    }

    /// How many rows only the table or only the staged ones have.
    package func differences(
        _ table: String, runsBefore: BusinessDate, inputsBefore: BusinessDate
    ) throws -> Int64 {
        try connection.one(.archiveDifferences, [.text(table), runsBefore.value, inputsBefore.value]).int64(
            "count_archived_differences")
    }

    /// Removes what an archive holds, within the caller's transaction. Returns the rows removed of each table.
    package func remove(
        runsBefore: BusinessDate, inputsBefore: BusinessDate, folder: String, manifest: [UInt8], rows: Int64
    ) throws -> [(table: String, rows: Int64)] {
        try connection.rows(
            .archiveRows, [runsBefore.value, inputsBefore.value, .text(folder), .bytea(manifest), .int64(rows)]
        ).map { (table: try $0.text("table_name"), rows: try $0.int64("removed")) }
    }

    /// Puts the staged rows back into their table. Returns how many.
    package func putBack(_ table: String) throws -> Int64 {
        try connection.one(.archiveRestoreRows, [.text(table)]).int64("restore_archived")
    }

    /// Enters that the archive, the newest one, is back.
    package func enterRestore(of archive: Int64) throws {
        _ = try connection.one(.archiveEnterRestore, [.int64(archive)])
    }
}

/// Where the bytes of a file go whose rows are staged.
package typealias StagedRows = TextCopyWriter

extension StagedRows {
    /// The next bytes; lines may be cut anywhere.
    package mutating func append(_ piece: [UInt8]) throws { try bytes(piece) }
}

extension SQLState {
    /// Raised by margin.refuse_archived_date: the business date is in an archive.
    package static let archivedDate = SQLState("MA001")
}
