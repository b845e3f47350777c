import ClearingModel
import Commands
import Digests
import EndOfDay
import Foundation
import Postgres
import Quantities
import Storage

/// Runs one correction of the command line and prints it.
struct CorrectionSession {
    private let options: CorrectionOptions
    private let connection: Connection

    init(_ options: CorrectionOptions) async throws {
        self.options = options
        connection = try await Session.start().connect(as: options.person)
        try SchemaInstaller(connection).requireCurrent()
    }

    /// The named set, or the one in force on a date.
    /// - Throws: `Failure` 66 if none is in force.
    func parameterSet(named name: String?, on date: BusinessDate) throws -> ParameterSetCode {
        if let name { return ParameterSetCode(name) }
        guard let set = try RunLedger(connection).parameterSet(inForceOn: date, pin: .max) else {
            throw Failure(
                .inputMissing, "no approved parameter set is in force on \(date)", hint: "margin parameters list")
        }
        return set
    }

    /// Corrects what the cells or the file of the options say; `constants` hold for every row that does not say.
    func correct(
        table: String, cells: [(column: String, value: String?)], constants: [String: String], on date: BusinessDate?,
        override: OverridePeriod?
    ) throws {
        let file = try inputFile(table, cells)
        let request = CorrectionRequest(
            file: file, cells: constants, reason: options.reason, action: options.action, override: override)
        let shown = try CorrectionDesk(connection).correct(request, on: date, isDryRun: options.dryRun) { shown in
            if !options.json { print(CorrectionText(shown, request).before.joined(separator: "\n").printable) }
        }
        if options.json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            encoder.keyEncodingStrategy = .convertToSnakeCase
            print(String(decoding: try encoder.encode(CorrectionDocument(shown, request)), as: UTF8.self))
        } else {
            print(CorrectionText(shown, request).after.joined(separator: "\n").printable)
        }
    }

    /// The file that is named, or the cells as a file of one row.
    private func inputFile(_ table: String, _ cells: [(column: String, value: String?)]) throws -> InputFile {
        if let path = options.from { return try CSVImporter(InputLoader(connection)).read(table: table, file: path) }
        let named = cells.compactMap { cell in cell.value.map { (column: cell.column, value: $0) } }
        let row =
            named.map { cell in
                cell.value.isEmpty ? "" : "\"\(cell.value.replacing("\"", with: "\"\""))\""
            }.joined(separator: ",") + "\n"
        let bytes = Array(row.utf8)
        return InputFile(
            table: table, source: "margin correct", sha256: try SHA256Digest(of: bytes).bytes,
            columns: named.map(\.column), headerLines: nil, rows: bytes)
    }
}

/// A correction as lines of text.
private struct CorrectionText {
    /// Printed before anything is committed.
    let before: [String]
    /// Printed once it is.
    let after: [String]

    init(_ shown: CorrectionDesk.Shown, _ request: CorrectionRequest) {
        let correction = shown.correction
        var lines = ["business date \(correction.dates.isEmpty ? "–" : correction.dates.joined(separator: ", "))"]
        var row: String?
        for cell in correction.cells.prefix(40) {
            if cell.rowKey != row { lines.append("\(correction.table) \(cell.rowKey)") }
            row = cell.rowKey
            lines.append("  \(cell.column): \(cell.before ?? "nothing") → \(cell.after ?? "nothing")")
        }
        if correction.cells.count > 40 { lines.append("  … and \(correction.cells.count - 40) more; --json has all") }
        if correction.unchangedRows > 0 {
            lines.append("\(counted(correction.unchangedRows, "row")) already as asked for")
        }
        if let period = request.override {
            lines.append("holds from \(period.validFrom) to \(period.expiresOn); then the set's own row holds again")
        }
        let reach = shown.reach
        lines.append(
            "touches \(reach.series) series, \(counted(reach.accounts, "account")), \(counted(reach.members, "member"))"
        )
        before = lines
        if shown.isDryRun {
            after = ["dry run: nothing is changed", "next: the same without --dry-run"]
            return
        }
        var ending = [
            "correction \(correction.number): \(counted(correction.rows, "row")), by \(correction.correctedBy): "
                + request.reason
        ]
        if correction.needsApproval {
            ending.append(
                "published once another person approves: margin approve correction \(correction.number) --reason R")
        }
        after = ending + CorrectionDocument.next(correction).map { "next: \($0)" }
    }
}

/// A correction as the one JSON object of `--json`.
private struct CorrectionDocument: Encodable {
    struct Cell: Encodable {
        let row: String
        let column: String
        let before: String?
        let after: String?
    }

    struct Touches: Encodable {
        let series: Int64
        let accounts: Int64
        let members: Int64
    }

    /// Nil for a dry run.
    let correction: Int64?
    let table: String
    let businessDates: [String]
    let cells: [Cell]
    let rows: Int64
    let unchangedRows: Int64
    let touches: Touches
    let reason: String
    let correctedBy: String
    let needsApproval: Bool
    let validFrom: String?
    let expiresOn: String?
    let isDryRun: Bool
    let next: [String]

    init(_ shown: CorrectionDesk.Shown, _ request: CorrectionRequest) {
        let made = shown.correction
        correction = shown.isDryRun ? nil : made.number
        table = made.table
        businessDates = made.dates
        cells = made.cells.map { Cell(row: $0.rowKey, column: $0.column, before: $0.before, after: $0.after) }
        rows = made.rows
        unchangedRows = made.unchangedRows
        touches = Touches(
            series: shown.reach.series, accounts: shown.reach.accounts, members: shown.reach.members)
        reason = request.reason
        correctedBy = made.correctedBy
        needsApproval = made.needsApproval
        validFrom = request.override?.validFrom.description
        expiresOn = request.override?.expiresOn.description
        isDryRun = shown.isDryRun
        next = Self.next(made)
    }

    static func next(_ correction: Correction) -> [String] {
        correction.dates.map { "margin plan --business-date \($0)" }
    }
}
