import InputRows
import Quantities

/// One row of an input table as text, with where it was read: the cells of a published row, a CSV line or what an XML
/// element says.
package struct TableRow: Sendable {
    /// Where the row stands: `parameters.….json, contract 3` or `positions.csv, line 12`.
    package let location: String
    /// The cells by column; a column that is null or not there has none.
    package let cells: [String: String]

    package init(location: String, cells: [String: String]) {
        self.location = location
        self.cells = cells
    }
}

/// Values read from text, strictly: what PostgreSQL would print and nothing else.
extension TableRow: InputRow {
    package func textOrNull(_ column: String) -> String? { cells[column] }

    package func integerOrNull(_ column: String) throws -> Int? {
        guard let text = cells[column] else { return nil }
        guard text.utf8.count <= 18, let number = Int(text), text.utf8.first != UInt8(ascii: "+") else {
            throw unreadable(column, text)
        }
        return number
    }

    package func flagOrNull(_ column: String) throws -> Bool? {
        guard let text = cells[column] else { return nil }
        switch text {
        case "true": return true
        case "false": return false
        default: throw unreadable(column, text)
        }
    }

    package func decimalOrNull(_ column: String) throws -> ExactDecimal? {
        guard let text = cells[column] else { return nil }
        guard let value = ExactDecimal(text) else { throw unreadable(column, text) }
        return value
    }

    /// A quantity: a whole number, 0 or more.
    func quantity(_ column: String) throws -> Int64 {
        let text = try text(column)
        guard let first = text.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-"),
            let number = Int64(text)
        else { throw unreadable(column, text) }
        return number
    }

    package func unreadable(_ column: String, _ value: String?) -> any Error {
        ReplicationError.rejected(
            value.map { "\(location): unreadable \(column) “\($0)”" } ?? "\(location): \(column) is missing",
            hint: "mend the file, or take it again from where it was published")
    }
}
