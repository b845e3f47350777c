import ClearingModel

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
    case coverageNotReached = "coverage_not_reached"
    case notSimulated = "not_simulated"
    case arrayMissing = "array_missing"
    case yearNotReached = "year_not_reached"
    case rateMissing = "fx_rate_missing"
    case outOfRange = "validation_out_of_range"
}

/// What a rule of validation refuses. The item is a backtest, a portfolio, a series or a unit, by its code; with the
/// night where one is meant.
package typealias ValidationRefusal = RuleRefusal<ValidationRule>
