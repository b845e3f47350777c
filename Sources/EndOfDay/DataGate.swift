import Storage

/// What a hit of a data gate does: stop the night, or be shown.
package enum Severity: String, Sendable {
    case block, flag, off
}

/// A check of the inputs before anything is computed (docs/methodology.md §14): a query that returns one row a hit.
package struct DataGate: Sendable {
    /// The rule's name in findings, waivers and the data_gate parameter table.
    package let rule: String
    let query: Query
    /// What a hit does unless the parameter set says otherwise.
    package let severity: Severity

    /// Every gate, in the order they run: later ones may trust what earlier ones hold.
    package static let all: [DataGate] = [
        DataGate(rule: "calendar", query: .gateCalendar, severity: .block),
        DataGate(rule: "empty_positions", query: .gateEmptyPositions, severity: .block),
        DataGate(rule: "reference", query: .gateReference, severity: .block),
        DataGate(rule: "series_terms", query: .gateSeriesTerms, severity: .block),
        DataGate(rule: "scenario_set", query: .gateScenarioSet, severity: .block),
        DataGate(rule: "missing_parameters", query: .gateMissingParameters, severity: .block),
        DataGate(rule: "unknown_code", query: .gateUnknownCode, severity: .block),
        DataGate(rule: "owner", query: .gateOwner, severity: .block),
        DataGate(rule: "expired_series", query: .gateExpiredSeries, severity: .block),
        DataGate(rule: "quantity_bound", query: .gateQuantityBound, severity: .block),
        DataGate(rule: "missing_price", query: .gateMissingPrice, severity: .block),
        DataGate(rule: "missing_final_price", query: .gateMissingFinalPrice, severity: .block),
        DataGate(rule: "missing_previous_price", query: .gateMissingPreviousPrice, severity: .block),
        DataGate(rule: "price_currency", query: .gatePriceCurrency, severity: .block),
        DataGate(rule: "price_sign", query: .gatePriceSign, severity: .block),
        DataGate(rule: "slipped_price", query: .gateSlippedPrice, severity: .block),
        DataGate(rule: "option_bound", query: .gateOptionBound, severity: .block),
        DataGate(rule: "missing_volatility", query: .gateMissingVolatility, severity: .block),
        DataGate(rule: "missing_rate", query: .gateMissingRate, severity: .block),
        DataGate(rule: "missing_collateral_terms", query: .gateMissingCollateralTerms, severity: .block),
        DataGate(rule: "missing_fx", query: .gateMissingFx, severity: .block),
        DataGate(rule: "unpriced_series", query: .gateUnpricedSeries, severity: .flag),
        DataGate(rule: "price_move", query: .gatePriceMove, severity: .flag),
        DataGate(rule: "stale_price", query: .gateStalePrice, severity: .flag),
        DataGate(rule: "put_call_parity", query: .gatePutCallParity, severity: .flag),
        DataGate(rule: "call_monotonicity", query: .gateCallMonotonicity, severity: .flag),
        DataGate(rule: "long_short_balance", query: .gateLongShortBalance, severity: .flag),
        DataGate(rule: "position_roll", query: .gatePositionRoll, severity: .flag),
    ]
}
