import ClearingModel
import Commands
import Digests
import Foundation
import Operations
import Quantities
import Runtime
import Storage
import TextFiles

/// Runs one correction of the command line and prints it.
struct CorrectionSession {
    private let options: CorrectionOptions
    private let database: Database

    init(_ options: CorrectionOptions) async throws {
        self.options = options
        database = try await Session.open(as: options.login.person)
    }

    /// The named set, or the one in force on a date.
    /// - Throws: `Failure` 66 if none is in force.
    func parameterSet(named name: String?, on date: BusinessDate) throws -> ParameterSetCode {
        if let name { return ParameterSetCode(name) }
        guard let set = try RunLedger(database).parameterSet(inForceOn: date, pin: .max) else {
            throw Failure(
                .inputMissing, "no approved parameter set is in force on \(date)", hint: "margin parameters list")
        }
        return set
    }

    /// The last day an override of a set holds that was asked for until a day: the set that comes next ends it.
    /// - Throws: `Failure` 65 where another set is in force on its first day already, so that it would never hold.
    func overrideEnd(
        of set: ParameterSetCode, from first: BusinessDate, until asked: BusinessDate
    ) throws -> OverrideEnd {
        try OverrideEnd(of: set, from: first, until: asked, database)
    }

    /// Corrects what the cells or the file of the options say; `constants` hold for every row that does not say.
    func correct(
        table: String, cells: [(column: String, value: String?)], constants: [String: String], on date: BusinessDate?,
        override: OverridePeriod?, end: OverrideEnd? = nil, again: String? = nil
    ) throws {
        let file = try inputFile(table, cells)
        let request = CorrectionRequest(
            file: file, cells: constants, reason: options.reason, action: options.action, override: override)
        let shown = try InputCorrections(database).correct(request, on: date, isDryRun: options.dryRun) { shown in
            if !options.output.json {
                print(CorrectionText(shown, request, end, on: date).before.joined(separator: "\n").printable)
            }
        }
        if options.output.json {
            print(try JSONText.line(CorrectionDocument(shown, request, end, again, on: date)))
        } else {
            let after = CorrectionText(shown, request, end, on: date).after
            // The override of the next set comes before what follows from this one: it is what would be forgotten.
            print(
                (after + [again.map { "then, for \(end?.endedBy?.text ?? "it"): \($0)" }].compactMap(\.self))
                    .joined(separator: "\n").printable)
        }
    }

    /// The file that is named, or the cells as a file of one row.
    private func inputFile(_ table: String, _ cells: [(column: String, value: String?)]) throws -> InputFile {
        if let path = options.from { return try CSVImporter(InputLoader(database)).read(table: table, file: path) }
        let named = cells.compactMap { cell in cell.value.map { (column: cell.column, value: $0) } }
        var bytes: [UInt8] = []
        bytes.append(csvLine: named.map { $0.value.isEmpty ? nil : $0.value }, quoting: .always)
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

    init(
        _ shown: InputCorrections.Shown, _ request: CorrectionRequest, _ end: OverrideEnd?, on date: BusinessDate?
    ) {
        let correction = shown.correction
        // Rows without a business date hold for every one; the date that was named is the one they are looked at on.
        let dates = correction.dates.isEmpty ? [date?.description ?? "every one"] : correction.dates
        var lines = ["business date \(dates.joined(separator: ", "))"]
        lines += ShownCorrection.lines(correction.cells.map { ShownCorrection.Cell($0) }, correction.table)
        if correction.unchangedRows > 0 {
            lines.append("\(plural(correction.unchangedRows, "row")) already as asked for")
        }
        if let period = request.override {
            lines += end?.lines(period) ?? []
        }
        before = lines + [Touches(shown.affected).text]
        if shown.isDryRun {
            after = ["dry run: nothing is changed", "next: the same without --dry-run"]
            return
        }
        var ending = [
            "correction \(correction.number): \(plural(correction.rows, "row")), by \(correction.correctedBy): "
                + request.reason
        ]
        if correction.needsApproval {
            ending.append(
                "published once another person approves: margin approve correction \(correction.number) --reason R")
        }
        after = ending + CorrectionDocument.next(correction, on: date).map { "next: \($0)" }
    }
}

/// A correction as the one JSON object of `--json`.
private struct CorrectionDocument: Encodable {
    /// Nil for a dry run.
    let correction: Int64?
    let table: String
    let businessDates: [String]
    let cells: [ShownCorrection.Cell]
    let rows: Int64
    let unchangedRows: Int64
    let touches: Touches
    let reason: String
    let correctedBy: String
    let needsApproval: Bool
    let validFrom: String?
    let expiresOn: String?
    /// The approved set that ends the override before the day that was asked for.
    let endedBy: String?
    /// The command that overrides the row of that set.
    let overrideAgain: String?
    let isDryRun: Bool
    let next: [String]

    init(
        _ shown: InputCorrections.Shown, _ request: CorrectionRequest, _ end: OverrideEnd?, _ again: String?,
        on date: BusinessDate?
    ) {
        let made = shown.correction
        correction = shown.isDryRun ? nil : made.number
        table = made.table
        businessDates = made.dates
        cells = made.cells.map { ShownCorrection.Cell($0) }
        rows = made.rows
        unchangedRows = made.unchangedRows
        touches = Touches(shown.affected)
        reason = request.reason
        correctedBy = made.correctedBy
        needsApproval = made.needsApproval
        validFrom = request.override?.validFrom.description
        expiresOn = request.override?.expiresOn.description
        endedBy = end?.endedBy?.text
        overrideAgain = again
        isDryRun = shown.isDryRun
        next = Self.next(made, on: date)
    }

    /// The commands that go on; of rows without a business date those of the date that was named, if one was.
    static func next(_ correction: Correction, on named: BusinessDate?) -> [String] {
        let dates = correction.dates.compactMap { BusinessDate($0) }
        return (dates.isEmpty ? [named].compactMap(\.self) : dates).flatMap { date in
            cycles(correction).map { NextCommand.plan.line(date, $0) }
        }
    }

    /// The cycles whose inputs the rows are.
    private static func cycles(_ correction: Correction) -> [Cycle] {
        if correction.table.hasPrefix("intraday_") { return [.intraday] }
        guard correction.table == "position" else { return [.endOfDay] }
        return Cycle.allCases.filter { cycle in
            correction.cells.contains { $0.rowKey.contains(", \(cycle), ") }
        }
    }
}
