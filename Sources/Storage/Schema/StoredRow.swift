import InputRows
import Postgres
import Quantities

/// A row of a query's result as the row-to-model mapping reads it: by the names of the columns.
struct StoredRow: InputRow {
    private let row: Row

    func textOrNull(_ column: String) throws -> String? { try row.textOrNull(Row.Column(column)) }
    func integerOrNull(_ column: String) throws -> Int? { try row.integerOrNull(Row.Column(column)).map(Int.init) }
    func flagOrNull(_ column: String) throws -> Bool? { try row.boolOrNull(Row.Column(column)) }
    func decimalOrNull(_ column: String) throws -> ExactDecimal? { try row.decimalOrNull(Row.Column(column)) }

    func unreadable(_ column: String, _ value: String?) -> any Error {
        UnreadableValue(column: column, value: value ?? "null")
    }

    /// A query's rows.
    static func rows(_ query: Query, _ parameters: [Value], from connection: Connection) throws -> [StoredRow] {
        try connection.rows(query, parameters).map { StoredRow(row: $0) }
    }
}
