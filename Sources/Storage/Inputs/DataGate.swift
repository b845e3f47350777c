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
    /// Whether no figure can be right while it hits: neither a waiver nor the parameter set lets the night pass.
    package let isEssential: Bool

    /// The tables whose rows decide about its findings.
    package var reads: [String] { query.reads }
    /// Whether another value of a settlement price that was there can move its hits; such a gate does not look at the
    /// book.
    package var hangsOnPriceValues: Bool { query.hangsOnPriceValues }
    /// Whether it can look at some combined commodities alone.
    package var isWithinCombinedCommodities: Bool { query.isWithinCombinedCommodities }
    /// Whether it looks at tables that gates share.
    package var needsTables: Bool { !query.needs.isEmpty }
    /// Whether it knows hits among its own that no waiver lets pass.
    package var marksEssentialHits: Bool { query.marksEssentialHits }

    private init(rule: String, query: Query, severity: Severity, isEssential: Bool = false) {
        self.rule = rule
        self.query = query
        self.severity = severity
        self.isEssential = isEssential
    }

    /// Numbers of findings are kept apart by gate, so that those of a base and those of a run sort as if found at once.
    package static let mostHits: Int64 = 1_000_000_000

    /// Every gate, in the order they run: later ones may trust what earlier ones hold.
    package static let all: [DataGate] = [
        DataGate(rule: "calendar", query: .gateCalendar, severity: .block, isEssential: true),
        DataGate(rule: "empty_positions", query: .gateEmptyPositions, severity: .block),
        DataGate(rule: "reference", query: .gateReference, severity: .block, isEssential: true),
        DataGate(rule: "series_terms", query: .gateSeriesTerms, severity: .block, isEssential: true),
        DataGate(rule: "scenario_set", query: .gateScenarioSet, severity: .block, isEssential: true),
        DataGate(rule: "missing_parameters", query: .gateMissingParameters, severity: .block, isEssential: true),
        DataGate(rule: "call_rule_decimals", query: .gateCallRuleDecimals, severity: .block, isEssential: true),
        DataGate(rule: "unknown_code", query: .gateUnknownCode, severity: .block, isEssential: true),
        DataGate(rule: "owner", query: .gateOwner, severity: .block, isEssential: true),
        DataGate(rule: "expired_series", query: .gateExpiredSeries, severity: .block, isEssential: true),
        DataGate(rule: "quantity_bound", query: .gateQuantityBound, severity: .block, isEssential: true),
        DataGate(rule: "missing_price", query: .gateMissingPrice, severity: .block, isEssential: true),
        DataGate(rule: "missing_final_price", query: .gateMissingFinalPrice, severity: .block),
        DataGate(rule: "missing_previous_price", query: .gateMissingPreviousPrice, severity: .block, isEssential: true),
        DataGate(rule: "price_currency", query: .gatePriceCurrency, severity: .block),
        DataGate(rule: "price_sign", query: .gatePriceSign, severity: .block),
        DataGate(rule: "slipped_price", query: .gateSlippedPrice, severity: .block),
        DataGate(rule: "value_bound", query: .gateValueBound, severity: .block, isEssential: true),
        DataGate(rule: "option_model", query: .gateOptionModel, severity: .block, isEssential: true),
        DataGate(rule: "option_bound", query: .gateOptionBound, severity: .block),
        DataGate(rule: "missing_volatility", query: .gateMissingVolatility, severity: .block, isEssential: true),
        DataGate(rule: "missing_rate", query: .gateMissingRate, severity: .block, isEssential: true),
        DataGate(
            rule: "missing_collateral_terms", query: .gateMissingCollateralTerms, severity: .block, isEssential: true),
        DataGate(rule: "missing_fx", query: .gateMissingFx, severity: .block, isEssential: true),
        DataGate(rule: "missing_liquidity", query: .gateMissingLiquidity, severity: .block, isEssential: true),
        DataGate(rule: "missing_history", query: .gateMissingHistory, severity: .block, isEssential: true),
        DataGate(rule: "gross_simulation", query: .gateGrossSimulation, severity: .block),
        DataGate(rule: "stale_history", query: .gateStaleHistory, severity: .flag),
        DataGate(rule: "missing_previous_positions", query: .gateMissingPreviousPositions, severity: .flag),
        DataGate(rule: "settled_position", query: .gateSettledPosition, severity: .flag),
        DataGate(rule: "early_final_price", query: .gateEarlyFinalPrice, severity: .flag),
        DataGate(rule: "price_on_closed_day", query: .gatePriceOnClosedDay, severity: .flag),
        DataGate(rule: "scan_range_zero", query: .gateScanRangeZero, severity: .flag),
        DataGate(rule: "unpriced_series", query: .gateUnpricedSeries, severity: .flag),
        DataGate(rule: "price_move", query: .gatePriceMove, severity: .flag),
        DataGate(rule: "robust_move", query: .gateRobustMove, severity: .flag),
        DataGate(rule: "price_jump", query: .gatePriceJump, severity: .off),
        DataGate(rule: "stale_price", query: .gateStalePrice, severity: .flag),
        DataGate(rule: "put_call_parity", query: .gatePutCallParity, severity: .flag),
        DataGate(rule: "call_monotonicity", query: .gateCallMonotonicity, severity: .flag),
        DataGate(rule: "long_short_balance", query: .gateLongShortBalance, severity: .flag),
        DataGate(rule: "position_roll", query: .gatePositionRoll, severity: .flag),
        DataGate(rule: "override_ended", query: .gateOverrideEnded, severity: .flag),
        DataGate(rule: "mangled_code", query: .gateMangledCode, severity: .flag),
    ]
}
