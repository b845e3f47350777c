import Postgres
import Quantities

extension Row {
    /// A numeric column in its shortest plain text.
    func amount(_ column: Column) throws -> String { try decimalText(column) }

    /// A numeric column exactly.
    func exact(_ column: Column) throws -> ExactDecimal {
        let number = try numeric(column)
        return ExactDecimal(mantissa: number.unscaled, scale: number.scale)
    }

    func decimalText(_ column: Column) throws -> String {
        guard let number = try numericOrNull(column) else { return "none" }
        return ExactDecimal(mantissa: number.unscaled, scale: number.scale).description
    }
}
