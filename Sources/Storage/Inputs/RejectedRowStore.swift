import Postgres

/// A fault of a refused file, as it is listed.
package struct RejectedRow: Sendable, Encodable {
    package let rejection: Int64
    package let table: String
    package let source: String
    package let line: Int64?
    package let column: String
    package let value: String
    package let reason: String
    package let message: String
    package let rejectedBy: String
    /// UTC, as 2018-12-31T23:59:59Z.
    package let rejectedAt: String
}

/// What was wrong with refused files. The refused load rolls back; this is kept in a transaction of its own.
package struct RejectedRowStore {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// Keeps the faults of one refused file; of each value the first 1,000 characters.
    package func save(table: String, source: String, sha256: [UInt8], _ faults: [RowError]) throws {
        guard !faults.isEmpty else { return }
        try connection.execute(
            .insertRejectedRows,
            [
                .text(table), .text(source), .bytea(sha256),
                .textArray(faults.map { $0.line.map(String.init) ?? "" }), .textArray(faults.map(\.column)),
                .textArray(faults.map { String($0.value.prefix(1000)) }), .textArray(faults.map(\.kind.rawValue)),
                .textArray(faults.map(\.reason)),
            ])
    }

    /// The faults of the latest `count` refusals, the latest first; of one table, if one is named.
    package func latest(_ count: Int64, table: String?) throws -> [RejectedRow] {
        try connection.rows(.rejectedRows, [.int64(count), .orNull(table) { .text($0) }]).map { row in
            RejectedRow(
                rejection: try row.int64("rejection"), table: try row.text("table_name"),
                source: try row.text("source"),
                line: try row.int64OrNull("source_line"), column: try row.text("column_name"),
                value: try row.text("value"),
                reason: try row.text("reason"), message: try row.text("message"),
                rejectedBy: try row.text("rejected_by"),
                rejectedAt: try row.text("rejected_at"))
        }
    }
}
