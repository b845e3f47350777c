extension Row {
    /// Which column of a row: by its name, which a literal gives, as in `row.text("account")`.
    package struct Column: ExpressibleByStringLiteral, CustomStringConvertible, Sendable {
        private enum Reference {
            case name(String)
            case number(Int)
        }

        private let reference: Reference

        /// The column of this name, spelt as the result spells it.
        package init(_ name: String) { reference = .name(name) }

        package init(stringLiteral name: String) { self.init(name) }

        private init(number: Int) { reference = .number(number) }

        /// The column at a position, from 0: for results whose columns nobody knows by name.
        package static func at(_ number: Int) -> Column { Column(number: number) }

        package var description: String {
            switch reference {
            case .name(let name): name
            case .number(let number): "\(number)"
            }
        }

        /// The position in a result.
        /// - Throws: 42703 where the result has no such column, 42702 where two have the name.
        func index(in result: QueryResult) throws(PostgresError) -> Int {
            switch reference {
            case .number(let number):
                precondition(number >= 0 && number < result.columnCount, "a column outside the row")
                return number
            case .name(let name):
                guard let index = result.indices[name] else {
                    let known = (0..<result.columnCount).map { result.name(column: $0) }.joined(separator: ", ")
                    throw PostgresError(
                        sqlState: .undefinedColumn, message: "the result has no column \(name), but \(known)",
                        statement: result.statement)
                }
                guard let index else {
                    throw PostgresError(
                        sqlState: .ambiguousColumn, message: "the result has two columns \(name)",
                        statement: result.statement)
                }
                return index
            }
        }
    }
}
