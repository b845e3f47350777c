import ClearingModel
import Postgres
import Quantities

/// One waiver of a load of waivers, with who asked for it and who approved it.
package struct Waiver: Sendable, Encodable {
    package let businessDate: String
    package let cycle: Cycle
    package let rule: String
    package let table: String
    package let rowKey: String
    package let column: String
    /// The value it is for; a finding with another one is not waived.
    package let value: String
    package let reason: String
    package let waivedBy: String
    /// Who loaded it: a login.
    package let loadedBy: String
    /// UTC, as `2018-12-31T22:30:00Z`.
    package let loadedAt: String
    package let approvedBy: String?
}

/// Waivers of findings, and their approvals.
package struct WaiverStore {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// A column of a table with the value that is waived in it.
    package struct Cell: Sendable, Hashable {
        let table: String
        let column: String
        let value: String

        package init(table: String, column: String, value: String) {
            self.table = table
            self.column = column
            self.value = value
        }
    }

    /// Waives the findings of a rule about a row, each at its value, as the session's login; returns the load, which is
    /// the waiver's number.
    /// - Throws: `GovernanceRefusal.waivedAlready` where one is.
    package func waive(
        _ date: BusinessDate, cycle: Cycle, rule: String, rowKey: String, at cells: [Cell], reason: String
    ) throws -> Int64 {
        let parameters: [Value] = [
            date.value, cycle.value, .text(rule), .text(rowKey), .textArray(cells.map(\.table)),
            .textArray(cells.map(\.column)), .textArray(cells.map(\.value)), .text(reason),
        ]
        let row: Row
        do { row = try connection.one(.waiveFinding, parameters) } catch {
            guard error.constraint == "finding_is_waived_once" else { throw error }
            throw GovernanceRefusal.waivedAlready(error.message)
        }
        return try row.int64("load_id")
    }

    /// Approves the waivers of a load as the session's login.
    /// - Throws: `GovernanceRefusal` for who brought them, and for those that are approved.
    package func approve(_ number: Int64, reason: String) throws {
        _ = try GovernanceRefusal.naming { try connection.one(.approveWaiver, [.int64(number), .text(reason)]) }
    }

    /// The waivers that a load brought; empty for a load of anything else.
    package func waivers(of number: Int64) throws -> [Waiver] {
        try connection.rows(.waiversOfLoad, [.int64(number)]).map { row in
            Waiver(
                businessDate: try row.text("business_date"), cycle: try row.choice("cycle"), rule: try row.text("rule"),
                table: try row.text("table_name"),
                rowKey: try row.text("row_key"), column: try row.text("column_name"), value: try row.text("value"),
                reason: try row.text("reason"),
                waivedBy: try row.text("waived_by"), loadedBy: try row.text("loaded_by"),
                loadedAt: try row.text("loaded_at"),
                approvedBy: try row.textOrNull("approved_by"))
        }
    }

    /// The waivers that let a run pass its data gates, which another person must approve and has not.
    package func unapproved(run: Int64) throws -> [(number: Int64, loadedBy: String)] {
        try connection.rows(.unapprovedWaivers, [.int64(run)]).map {
            (try $0.int64("load_id"), try $0.text("loaded_by"))
        }
    }
}
