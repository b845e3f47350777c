/// The reports of the whole run.
extension ReportCatalogue {
    /// Totals of the calls by member and for the house.
    package static let houseSummary = ReportLayout(
        "house-summary", for: .run,
        columns: [
            .init("scope", .text), .init("member", .text), .init("call_currency", .text),
            .init("accounts", .integer), .init("calls", .integer), .init("requirement", .decimal, isTotalled: true),
            .init("add_ons", .decimal, isTotalled: true), .init("unpaid_variation_margin", .decimal, isTotalled: true),
            .init("collateral_value", .decimal, isTotalled: true), .init("call_amount", .decimal, isTotalled: true),
            .init("return_amount", .decimal, isTotalled: true),
        ],
        totalledBy: "call_currency")

    /// The published arrays and deltas, volatilities and the rules fired, and the settlement prices of premium-style
    /// options, which enter net option values (methodology §4, §6.8).
    ///
    /// `scenarioCount` is the length of the run's longest array, at least 1; shorter arrays leave their last columns
    /// empty.
    package static func riskArrays(scenarioCount: Int) -> ReportLayout {
        ReportLayout(
            "risk-arrays", for: .run,
            columns: [
                .init("combined_commodity", .text), .init("is_synthetic", .flag), .init("currency", .text),
                .init("contract", .text), .init("series", .text), .init("contract_month", .text),
                .init("expiry_date", .date, isOptional: true), .init("option_right", .text, isOptional: true),
                .init("strike", .decimal, isOptional: true), .init("contract_value_factor", .decimal),
                .init("delta_scaling_factor", .decimal), .init("settlement_price", .decimal, isOptional: true),
                .init("composite_delta", .decimal),
                .init("price_scan_range", .decimal), .init("volatility", .decimal, isOptional: true),
                .init("volatility_rule", .text, isOptional: true), .init("scenario_set", .text),
                .init("array_decimals", .integer), .init("risk_array", .decimals(count: max(1, scenarioCount))),
            ])
    }

    /// Everything beside risk arrays, accounts and positions that a requirement depends on (methodology §5, §6): the
    /// rows of the parameter set and the reference data, prices and exchange rates that enter, whatever their table.
    package static let parameters = ReportLayout(
        "parameters", for: .run,
        columns: [.init("table_name", .text), .init("row_number", .integer), .init("cells", .object)])

    /// What the data gates found and ingest refused, and what monitoring tells, with waivers (methodology §8.8, §14).
    package static let findings = ReportLayout(
        "findings", for: .run,
        columns: [
            .init("number", .integer), .init("rule", .text), .init("severity", .text), .init("table_name", .text),
            .init("row_key", .text), .init("source", .text, isOptional: true),
            .init("source_line", .integer, isOptional: true), .init("column_name", .text), .init("value", .text),
            .init("message", .text), .init("waiver_reason", .text, isOptional: true),
            .init("waived_by", .text, isOptional: true),
        ])

    /// What members use of their limits (methodology §8.8).
    package static let limits = ReportLayout(
        "limits", for: .run,
        columns: [
            .init("member", .text), .init("member_group", .text), .init("measure", .text), .init("currency", .text),
            .exact("figure", isOptional: true), .exact("limit_amount"), .exact("utilisation", isOptional: true),
            .init("state", .text),
        ])

    /// Whether a report shows rows that the report stage itself writes: no other session sees them before it is done.
    package static func isOfItsOwnStage(_ layout: ReportLayout) -> Bool {
        [findings.name, limits.name].contains(layout.name) || isOfTomorrow(layout)
    }

    /// Every correction and override among the run's inputs, with how many accounts and members each touches.
    package static let houseCorrections = ReportLayout(
        "house-corrections", for: .run,
        columns: [
            .init("correction", .integer), .init("kind", .text), .init("table_name", .text),
            .init("row_key", .text), .init("column_name", .text), .init("before_value", .text, isOptional: true),
            .init("after_value", .text, isOptional: true), .init("valid_from", .date, isOptional: true),
            .init("expires_on", .date, isOptional: true), .init("reason", .text), .init("corrected_by", .text),
            .init("approved_by", .text, isOptional: true), .init("accounts", .integer),
            .init("members", .integer),
        ])

    /// Whether a report of the run is for every member too: what margins and stresses are computed again from, and what
    /// of it changed.
    static func isForAllMembers(_ report: String) -> Bool {
        ["parameters", "risk-arrays", "stress-arrays", attributionParameters].contains(report)
    }
}
