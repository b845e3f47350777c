import Postgres
import Quantities

/// The dates an override of a parameter row holds for, both included.
package struct OverridePeriod: Sendable {
    package let validFrom: BusinessDate
    /// The last date; after it the parameter set's own row holds again. At most 366 days after the first.
    package let expiresOn: BusinessDate

    package init(validFrom: BusinessDate, expiresOn: BusinessDate) {
        self.validFrom = validFrom
        self.expiresOn = expiresOn
    }
}

/// What an operator asks to be corrected, and why.
package struct CorrectionRequest: Sendable {
    /// What is done with the rows.
    package enum Action: Sendable {
        /// Every row must be in force already.
        case change
        /// Rows that are not in force are added.
        case changeOrAdd
        /// The rows are taken back: readers see none from here on.
        case withdraw
    }

    /// The keys of the rows and the columns that change; the columns it lacks stay as they are.
    package let file: InputFile
    /// Cells that hold for every row and are not in the file.
    package let cells: [String: String]
    /// Why; the database refuses an empty one.
    package let reason: String
    package let action: Action
    /// Given for rows of a parameter set, and only for them.
    package let override: OverridePeriod?

    package init(
        file: InputFile, cells: [String: String] = [:], reason: String, action: Action = .change,
        override: OverridePeriod? = nil
    ) {
        self.file = file
        self.cells = cells
        self.reason = reason
        self.action = action
        self.override = override
    }
}

/// One cell that a correction changed.
package struct CorrectedCell: Sendable {
    package let rowKey: String
    package let column: String
    /// Nil where there was no row, or no value.
    package let before: String?
    package let after: String?
}

/// How much of the book a correction touches.
package struct AffectedBook: Sendable {
    package let series: Int64
    package let accounts: Int64
    package let members: Int64
}

/// A correction as the database has it.
package struct Correction: Sendable {
    /// Its load.
    package let number: Int64
    package let table: String
    /// Rows with a new revision.
    package let rows: Int64
    /// Rows of the request that were in force as asked for; they got no revision.
    package let unchangedRows: Int64
    package let cells: [CorrectedCell]
    /// The business dates of the rows, or the first date of an override; ascending.
    package let dates: [String]
    /// Who corrected: the login of the session.
    package let correctedBy: String
    /// UTC, as `2018-12-31T22:30:00Z`.
    package let correctedAt: String
    package let reason: String
    /// Of an override: its set and the dates it holds for, both included.
    package let parameterSet: String?
    package let validFrom: String?
    package let expiresOn: String?
    package let approvedBy: String?
    /// approved, to be approved, or needs no approval.
    package let state: String
    /// Whether a run that uses it is published only after another person has approved it.
    package let needsApproval: Bool
}

/// Corrections and their journal.
package struct CorrectionStore {
    private let connection: Connection
    private let loader: InputLoader

    package init(_ connection: Connection) {
        self.connection = connection
        loader = InputLoader(connection)
    }

    /// Corrects in the transaction that is open; waits for other loads and corrections first, and sees theirs.
    ///
    /// The rows come from the request's CSV, as `margin load` reads it; what is staged here goes to the one function of
    /// the database that may correct.
    /// - Throws: `LoadRefusal` with every fault; nothing is changed then.
    package func correct(_ request: CorrectionRequest) throws -> Correction {
        let file = request.file
        try loader.checkColumns(of: file, isWhole: false)
        let known = Set(try loader.columns(of: file.table).map(\.name))
        try refuse(file.table, known, request.override)
        let constants = request.cells.filter { known.contains($0.key) && !file.columns.contains($0.key) }
        try loader.createStaging(file.columns)
        _ = try loader.stage(file)
        if let scope = try LoadScope(file, counts: loader.stagedCounts(of:)) { try loader.refuseArchived(scope) }
        let day = constants["business_date"].flatMap { BusinessDate($0) } ?? request.override?.validFrom
        if let day { try ArchiveStore(connection).refuse(day) }
        let names = constants.keys.sorted()
        let cells = try connection.one(
            .jsonObject, [.textArray(names), .textArray(names.map { constants[$0] ?? "" })]
        ).text("object")
        let rows = try connection.one(.stagedRows, [.text(cells)]).text("staged_rows")
        try loader.dropStaging()
        let answers = try connection.rows(
            .correctRows,
            [
                .text(file.table), .textArray(file.columns + names), .text(rows), .text(file.source),
                .bytea(file.sha256), .text(request.reason), .orNull(file.headerLines) { .int64(Int64($0)) },
                .bool(request.action == .changeOrAdd), .bool(request.action == .withdraw),
                .orNull(request.override) { $0.validFrom.value }, .orNull(request.override) { $0.expiresOn.value },
            ])
        let faults = try answers.filter { try $0.isNull("load_id") }.map { try InputLoader.rowError($0) }
        guard faults.isEmpty, let answer = answers.first else { throw LoadRefusal.rows(file.withLines(faults)) }
        let number = try answer.int64("load_id")
        guard let found = try correction(number, unchangedRows: try answer.int64("line")) else {
            throw LoadRefusal.rule("the correction cannot be read back")
        }
        return found
    }

    /// Rows of parameter sets hold for every date of the set: they are overridden until a date, not corrected.
    private func refuse(_ table: String, _ columns: Set<String>, _ period: OverridePeriod?) throws(LoadRefusal) {
        if table == "parameter_set" { throw .rule("a parameter set never changes: margin parameters propose") }
        let isParameter = columns.contains("parameter_set")
        if isParameter, period == nil {
            throw .rule("rows of a parameter set are overridden until a date: margin correct parameter \(table)")
        }
        if !isParameter, period != nil {
            throw .rule("\(table) is no table of parameters: margin correct row \(table)")
        }
    }

    /// A correction by its number; nil if there is none.
    package func correction(_ number: Int64, unchangedRows: Int64 = 0) throws -> Correction? {
        guard let row = try connection.optional(.correctionByLoad, [.int64(number)]) else { return nil }
        let cells = try connection.rows(.correctedCells, [.int64(number)]).map { cell in
            CorrectedCell(
                rowKey: try cell.text("row_key"), column: try cell.text("column_name"),
                before: try cell.textOrNull("before_value"),
                after: try cell.textOrNull("after_value"))
        }
        return Correction(
            number: number, table: try row.text("table_name"), rows: try row.int64("row_count"),
            unchangedRows: unchangedRows, cells: cells,
            dates: try row.textArray("dates"), correctedBy: try row.text("loaded_by"),
            correctedAt: try row.text("corrected_at"),
            reason: try row.text("reason"), parameterSet: try row.textOrNull("parameter_set"),
            validFrom: try row.textOrNull("valid_from"),
            expiresOn: try row.textOrNull("expires_on"), approvedBy: try row.textOrNull("approved_by"),
            state: try row.text("state"),
            needsApproval: try row.bool("needs_approval"))
    }

    /// The series, accounts and members that a correction touches on a business date; without one, on the newest that
    /// positions were loaded for.
    package func affectedBook(of number: Int64, on date: BusinessDate?) throws -> AffectedBook {
        let row = try connection.one(.correctionAffectedBook, [.int64(number), .orNull(date) { $0.value }])
        return AffectedBook(
            series: try row.int64("series"), accounts: try row.int64("accounts"), members: try row.int64("members"))
    }

    /// Approves a correction as the session's login.
    /// - Throws: `GovernanceRefusal` for who made it, and for one that is approved.
    package func approve(_ number: Int64, reason: String) throws {
        _ = try GovernanceRefusal.naming { try connection.one(.approveCorrection, [.int64(number), .text(reason)]) }
    }

    /// The numbers of the corrections of a business date, of tables without date, and of the overrides valid on it.
    package func corrections(of date: BusinessDate) throws -> [Int64] {
        try connection.rows(.correctionsOfDate, [date.value]).map { try $0.int64("load_id") }
    }

    /// The corrections among a run's inputs that another person must approve first, as `57 of settlement_price by …`.
    package func unapproved(run: Int64) throws -> [(number: Int64, table: String, correctedBy: String)] {
        try connection.rows(.unapprovedCorrections, [.int64(run)]).map { row in
            (try row.int64("load_id"), try row.text("table_name"), try row.text("loaded_by"))
        }
    }
}
