import ClearingModel
import Quantities

/// One row of an input table, its values found by the names of their columns: a row of the database, of a published
/// file or of a CSV.
///
/// The mapping from rows to the model is written once, on this (docs/decisions/0013). A value that a column may not
/// hold is an error that the row makes, because only it knows where it came from.
package protocol InputRow {
    /// The text in a column; nil for null.
    func textOrNull(_ column: String) throws -> String?
    /// The whole number in a column; nil for null.
    func integerOrNull(_ column: String) throws -> Int?
    /// The flag in a column; nil for null.
    func flagOrNull(_ column: String) throws -> Bool?
    /// The exact decimal in a column; nil for null.
    func decimalOrNull(_ column: String) throws -> ExactDecimal?
    /// The error that names a column of this row and what stands there; nil for null.
    func unreadable(_ column: String, _ value: String?) -> any Error
}

/// The same for columns that are never null, and for values of the model.
extension InputRow {
    package func text(_ column: String) throws -> String { try require(textOrNull(column), column) }
    package func integer(_ column: String) throws -> Int { try require(integerOrNull(column), column) }
    package func flag(_ column: String) throws -> Bool { try require(flagOrNull(column), column) }
    package func decimal(_ column: String) throws -> ExactDecimal { try require(decimalOrNull(column), column) }

    package func code<Code: IdentifyingCode>(_ column: String) throws -> Code { Code(try text(column)) }

    package func codeOrNull<Code: IdentifyingCode>(_ column: String) throws -> Code? {
        try textOrNull(column).map { Code($0) }
    }

    package func currency(_ column: String) throws -> CurrencyCode {
        let text = try text(column)
        guard let code = CurrencyCode(text) else { throw unreadable(column, text) }
        return code
    }

    package func month(_ column: String) throws -> ContractMonth {
        let text = try text(column)
        guard let month = ContractMonth(text) else { throw unreadable(column, text) }
        return month
    }

    package func monthOrNull(_ column: String) throws -> ContractMonth? {
        try textOrNull(column) == nil ? nil : month(column)
    }

    package func date(_ column: String) throws -> BusinessDate {
        let text = try text(column)
        guard let date = BusinessDate(text) else { throw unreadable(column, text) }
        return date
    }

    package func dateOrNull(_ column: String) throws -> BusinessDate? {
        try textOrNull(column) == nil ? nil : date(column)
    }

    /// A value of a closed set, by its spelling in the database.
    package func choice<Choice: RawRepresentable<String>>(_ column: String) throws -> Choice {
        let text = try text(column)
        guard let choice = Choice(rawValue: text) else { throw unreadable(column, text) }
        return choice
    }

    /// One of two spellings; true for the first.
    func isFirst(of spellings: (String, String), in column: String) throws -> Bool {
        let text = try text(column)
        guard text == spellings.0 || text == spellings.1 else { throw unreadable(column, text) }
        return text == spellings.0
    }

    private func require<Value>(_ value: Value?, _ column: String) throws -> Value {
        guard let value else { throw unreadable(column, nil) }
        return value
    }
}
