import ClearingModel
import Quantities
import Runtime
import Storage

/// How much of the book something touches.
package struct Touches: Sendable, Encodable {
    package let series: Int64
    package let accounts: Int64
    package let members: Int64

    package init(_ affected: AffectedBook) {
        series = affected.series
        accounts = affected.accounts
        members = affected.members
    }

    /// `touches 1 series, 2 accounts, 2 members`.
    package var text: String {
        "touches \(series) series, \(plural(accounts, "account")), \(plural(members, "member"))"
    }
}

/// A correction or override as an approver must see it before approving it: the cells, until when, who, when, why and
/// what it touches.
package struct ShownCorrection: Sendable, Encodable {
    /// One cell, before and after.
    package struct Cell: Sendable, Encodable {
        package let row: String
        package let column: String
        package let before: String?
        package let after: String?

        package init(_ cell: CorrectedCell) {
            row = cell.rowKey
            column = cell.column
            before = cell.before
            after = cell.after
        }
    }

    package let correction: Int64
    package let table: String
    package let rows: Int64
    package let cells: [Cell]
    package let correctedBy: String
    package let correctedAt: String
    package let reason: String
    /// approved, to be approved, or needs no approval.
    package let state: String
    package let approvedBy: String?
    /// Of an override: its set, and the dates it holds for, both included.
    package let parameterSet: String?
    package let validFrom: String?
    package let expiresOn: String?
    /// The set that is in force on the date in the place of an override's own: the override does not hold then.
    package let endedBy: String?
    package let touches: Touches

    /// Reads a correction, with what it touches on a date; without one on the last date it is of.
    /// - Throws: `Failure` 66 if there is none.
    package static func load(
        _ number: Int64, on date: BusinessDate? = nil, from database: Database
    ) throws -> ShownCorrection {
        let store = CorrectionStore(database)
        guard let made = try store.correction(number) else {
            throw Failure(
                .inputMissing, "there is no correction \(number)", hint: "margin corrections --business-date D")
        }
        let day = date ?? made.dates.last.flatMap { BusinessDate($0) }
        let inForce = try day.flatMap { try RunLedger(database).parameterSet(inForceOn: $0, pin: .max)?.text }
        return ShownCorrection(
            correction: number, table: made.table, rows: made.rows, cells: made.cells.map(Cell.init),
            correctedBy: made.correctedBy, correctedAt: made.correctedAt, reason: made.reason, state: made.state,
            approvedBy: made.approvedBy, parameterSet: made.parameterSet, validFrom: made.validFrom,
            expiresOn: made.expiresOn, endedBy: made.parameterSet.flatMap { $0 == inForce ? nil : inForce },
            touches: Touches(try store.affectedBook(of: number, on: day)))
    }

    /// One line, and below it what was changed, until when, and what it touches.
    package var lines: [String] {
        let standing = approvedBy.map { "approved by \($0)" } ?? state
        var lines = [
            "\(correction) \(table), \(plural(rows, "row")), by \(correctedBy), \(standing): \(reason)",
            "  at \(correctedAt)" + (parameterSet.map { ", an override of parameter set \($0)" } ?? ""),
        ]
        lines += Self.lines(cells, table).map { "  \($0)" }
        if let validFrom, let expiresOn {
            lines.append("  holds from \(validFrom) to \(expiresOn); then the set's own row holds again")
        }
        if let endedBy {
            lines.append("  does not hold: parameter set \(endedBy) is in force, and overrides do not follow")
        }
        return lines + ["  \(touches.text)"]
    }

    /// Each row with its cells, before → after; at most forty cells.
    package static func lines(_ cells: [Cell], _ table: String) -> [String] {
        var lines: [String] = []
        var row: String?
        for cell in cells.prefix(40) {
            if cell.row != row { lines.append("\(table) \(cell.row)") }
            row = cell.row
            lines.append("  \(cell.column): \(cell.before ?? "nothing") → \(cell.after ?? "nothing")")
        }
        if cells.count > 40 { lines.append("  … and \(cells.count - 40) more; --json has all") }
        return lines
    }
}
