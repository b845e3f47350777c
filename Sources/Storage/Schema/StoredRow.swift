import InputRows
import Postgres
import Quantities

/// A row of a query's result as the row-to-model mapping reads it: by the names of the columns.
struct StoredRow: InputRow {
    private let row: Row
    private let places: [String: Int]

    func textOrNull(_ column: String) throws -> String? { try row.textOrNull(place(of: column)) }
    func integerOrNull(_ column: String) throws -> Int? { try row.integerOrNull(place(of: column)).map(Int.init) }
    func flagOrNull(_ column: String) throws -> Bool? { try row.boolOrNull(place(of: column)) }
    func decimalOrNull(_ column: String) throws -> ExactDecimal? { try row.decimalOrNull(place(of: column)) }

    func unreadable(_ column: String, _ value: String?) -> any Error {
        UnreadableValue(column: column, value: value ?? "null")
    }

    private func place(of column: String) throws -> Int {
        guard let place = places[column] else { throw unreadable(column, nil) }
        return place
    }

    /// A query's rows.
    static func rows(_ query: Query, _ parameters: [Value], from connection: Connection) throws -> [StoredRow] {
        var places: [String: Int] = [:]
        return try connection.rows(query, parameters).map { row in
            if places.isEmpty { for place in 0..<row.columnCount { places[row.columnName(place)] = place } }
            return StoredRow(row: row, places: places)
        }
    }
}
