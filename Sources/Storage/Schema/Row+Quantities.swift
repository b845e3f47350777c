import ClearingModel
import Postgres
import Quantities

/// A value in the database that no domain should have let in: the schema and this binary disagree.
package struct UnreadableValue: Error, CustomStringConvertible {
    package let column: String
    package let value: String

    package init(column: String, value: String) {
        self.column = column
        self.value = value
    }
    package var description: String { "unreadable value \(value) in column \(column)" }
}

extension Row {
    func decimal(_ column: Column) throws -> ExactDecimal {
        let number = try numeric(column)
        return ExactDecimal(mantissa: number.unscaled, scale: number.scale)
    }

    func decimalOrNull(_ column: Column) throws -> ExactDecimal? {
        try numericOrNull(column).map { ExactDecimal(mantissa: $0.unscaled, scale: $0.scale) }
    }

    /// An amount that the database keeps in whole minor units of the currency.
    func money(_ column: Column, in currency: Currency) throws -> Money {
        Money(rounding: try decimal(column), currency: currency)
    }

    func compositeDelta(_ column: Column) throws -> CompositeDelta {
        let amount = try decimal(column)
        guard let delta = CompositeDelta(exactly: amount) else {
            throw UnreadableValue(column: "\(column)", value: amount.description)
        }
        return delta
    }

    func currency(_ column: Column) throws -> CurrencyCode {
        let text = try text(column)
        guard let code = CurrencyCode(text) else { throw UnreadableValue(column: "\(column)", value: text) }
        return code
    }

    func month(_ column: Column) throws -> ContractMonth {
        let text = try text(column)
        guard let month = ContractMonth(text) else { throw UnreadableValue(column: "\(column)", value: text) }
        return month
    }

    func code<Code: IdentifyingCode>(_ column: Column) throws -> Code { Code(try text(column)) }

    func codeOrNull<Code: IdentifyingCode>(_ column: Column) throws -> Code? { try textOrNull(column).map { Code($0) } }

    /// A value of a closed set, by its spelling in the database.
    func choice<Choice: RawRepresentable<String>>(_ column: Column) throws -> Choice {
        let text = try text(column)
        guard let choice = Choice(rawValue: text) else {
            throw UnreadableValue(column: "\(column)", value: text)
        }
        return choice
    }
}

extension BinaryCopyRow {
    mutating func month(_ column: String) throws -> ContractMonth {
        let text = try text()
        guard let month = ContractMonth(text) else { throw UnreadableValue(column: column, value: text) }
        return month
    }

    mutating func delta() throws -> Delta { Delta(units: try numericScaled(Delta.decimals)) }

    mutating func compositeDelta() throws -> CompositeDelta {
        let amount = try decimal()
        guard let delta = CompositeDelta(exactly: amount) else {
            throw UnreadableValue(column: "composite_delta", value: amount.description)
        }
        return delta
    }

    mutating func decimal() throws -> ExactDecimal {
        let number = try numeric()
        return ExactDecimal(mantissa: number.unscaled, scale: number.scale)
    }

    mutating func decimalOrNull() throws -> ExactDecimal? {
        try numericOrNull().map { ExactDecimal(mantissa: $0.unscaled, scale: $0.scale) }
    }
}

extension Cycle {
    /// The cycle as a bound parameter.
    package var value: Value { .text(rawValue) }
}

extension Stage {
    /// The stage as a bound parameter.
    package var value: Value { .text(rawValue) }
}
