/// A rule of validation that a backtest's rows or a night's figures break (docs/methodology.md §12); the raw value is
/// its name wherever it is told.
package enum ValidationRule: String, CaseIterable, Sendable {
    case backtestRange = "backtest_range"
    case hypotheticalKind = "hypothetical_kind"
    case hypotheticalLineUnfilled = "hypothetical_line_unfilled"
    case notMargined = "hypothetical_not_margined"
    case priceMissing = "price_missing"
    case shortfallNotPositive = "shortfall_not_positive"
    case marginNotPositive = "margin_not_positive"
    case rateMissing = "fx_rate_missing"
    case outOfRange = "validation_out_of_range"
}

/// What a rule refuses: its name, what it is about, and what is wrong there.
package struct ValidationRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    package let rule: ValidationRule
    /// A backtest, a portfolio, a series, a unit, by its code; with the night where one is meant.
    package let item: String
    /// The table whose row is at fault, or lacks.
    package let table: String
    /// The column at fault; empty where a whole row is.
    package let column: String
    /// In words, with the value found; lower case, no full stop.
    package let reason: String

    package init(_ rule: ValidationRule, _ item: String, table: String, column: String = "", _ reason: String) {
        self.rule = rule
        self.item = item
        self.table = table
        self.column = column
        self.reason = reason
    }

    package var description: String {
        let place = column.isEmpty ? table : "\(table).\(column)"
        return "\(rule.rawValue): \(item): \(reason) (\(place))"
    }
}
