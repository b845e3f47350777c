/// Every report there is, as layouts: the columns of `sql/queries/report-<name>.sql` in their order.
///
/// The queries give one type a kind: text, bigint for integers, numeric for decimals, date, boolean, bigint[].
/// docs/reports.md says what each column means, its unit and its sign.
package enum ReportCatalogue {
    /// All reports; `scenarioCount` is the length of the run's longest published array, at least 1.
    package static func all(scenarioCount: Int) -> [ReportLayout] {
        [
            marginCall, requirement, requirementByOwner, components, valueAtRisk, componentShortfall, spreads, addOns,
            memberConcentration, creditCuts,
            variationMargin, collateral, greeks, houseSummary, riskArrays(scenarioCount: scenarioCount), parameters,
            accounts, findings, corrections, houseCorrections,
        ]
    }

    /// Each account's call or return with its components.
    package static let marginCall = ReportLayout(
        "margin-call", for: .member,
        columns: [
            .init("member", .text), .init("account", .text), .init("origin", .text), .init("call_currency", .text),
            .init("requirement", .decimal, isTotalled: true), .init("add_ons", .decimal, isTotalled: true),
            .init("unpaid_variation_margin", .decimal, isTotalled: true),
            .init("collateral_value", .decimal, isTotalled: true),
            .init("intraday_collected", .decimal, isTotalled: true), .init("deficit", .decimal, isTotalled: true),
            .init("threshold", .decimal, isOptional: true),
            .init("minimum_transfer_amount", .decimal, isOptional: true), .init("lot", .decimal, isOptional: true),
            .init("intraday_trigger", .decimal, isOptional: true),
            .init("call_amount", .decimal, isTotalled: true), .init("return_amount", .decimal, isTotalled: true),
            .init("reason_code", .text), .init("due_date", .date), .init("includes_synthetic", .flag),
            .init("run_number", .integer, isRunIdentity: true),
        ],
        totalledBy: "call_currency")

    /// Each account's requirement by currency and its conversion into the call currency.
    package static let requirement = ReportLayout(
        "requirement", for: .member,
        columns: [
            .init("member", .text), .init("account", .text), .init("currency", .text), .init("owners", .integer),
            .init("initial_risk", .decimal), .init("net_option_value", .decimal), .init("offset_add_back", .decimal),
            .init("requirement", .decimal), .init("fx_rate", .decimal), .init("fx_haircut", .decimal),
            .init("call_currency", .text), .init("converted_requirement", .decimal, isTotalled: true),
            .init("includes_synthetic", .flag),
        ],
        totalledBy: "call_currency")

    /// Each beneficial owner's requirement by currency; an account's is the sum of its owners'.
    package static let requirementByOwner = ReportLayout(
        "requirement-by-owner", for: .member,
        columns: [
            .init("member", .text), .init("account", .text), .init("owner", .text), .init("currency", .text),
            .init("initial_risk", .decimal, isTotalled: true), .init("net_option_value", .decimal, isTotalled: true),
            .init("offset_add_back", .decimal, isTotalled: true), .init("requirement", .decimal, isTotalled: true),
            .init("includes_synthetic", .flag),
        ],
        totalledBy: "currency")

    /// The components of each combined commodity's risk (methodology §5, §6).
    package static let components = ReportLayout(
        "components", for: .member,
        columns: [
            .init("member", .text), .init("account", .text), .init("owner", .text),
            .init("combined_commodity", .text), .init("is_synthetic", .flag), .init("currency", .text),
            .init("scan", .decimal, isTotalled: true), .init("active_scenario", .integer, isOptional: true),
            .init("time_risk", .decimal, isOptional: true), .init("volatility_risk", .decimal, isOptional: true),
            .init("price_risk", .decimal, isOptional: true), .init("net_delta", .decimal),
            .init("weighted_price_risk", .decimal, isOptional: true),
            .init("intra_charge", .decimal, isTotalled: true), .init("delivery_charge", .decimal, isTotalled: true),
            .init("inter_credit", .decimal), .init("applied_credit", .decimal, isTotalled: true),
            .init("scan_spread", .text), .init("short_option_minimum", .decimal), .init("risk", .decimal),
            .init("initial_risk", .decimal, isTotalled: true), .init("standalone_initial_risk", .decimal),
            .init("net_option_value", .decimal, isTotalled: true),
        ],
        totalledBy: "currency")

    /// Each risk group by simulation and by scanning: what counts and what is the challenger (methodology §7).
    package static let valueAtRisk = ReportLayout(
        "value-at-risk", for: .member,
        columns: [
            .init("member", .text), .init("account", .text), .init("owner", .text), .init("risk_group", .text),
            .init("simulation", .text), .init("measure", .text), .init("is_synthetic", .flag),
            .init("currency", .text), .init("confidence", .decimal), .init("convention", .text),
            .init("mpor_days", .integer), .init("scenarios", .integer), .init("value_at_risk", .decimal),
            .init("expected_shortfall", .decimal, isTotalled: true), .init("stressed_scenarios", .integer),
            .init("stressed_expected_shortfall", .decimal, isOptional: true),
            .init("core", .decimal, isTotalled: true), .init("scan_risk", .decimal, isTotalled: true),
            .init("risk", .decimal, isTotalled: true), .init("challenger", .decimal, isTotalled: true),
            .init("initial_risk", .decimal), .init("break_excess", .decimal, isOptional: true),
            .init("break_add_on", .decimal, isOptional: true),
        ],
        totalledBy: "currency")

    /// What each position adds to its group's expected shortfall (methodology §7).
    package static let componentShortfall = ReportLayout(
        "component-shortfall", for: .member,
        columns: [
            .init("member", .text), .init("account", .text), .init("owner", .text), .init("risk_group", .text),
            .init("series", .text), .init("combined_commodity", .text), .init("is_synthetic", .flag),
            .init("quantity", .integer), .init("currency", .text),
            .init("component_shortfall", .decimal, isTotalled: true),
        ],
        totalledBy: "currency")

    /// Every spread leg formed, with what it consumed and charged or credited (methodology §6).
    package static let spreads = ReportLayout(
        "spreads", for: .member,
        columns: [
            .init("member", .text), .init("account", .text), .init("owner", .text), .init("step", .text),
            .init("sequence", .integer), .init("leg", .integer), .init("spread", .text),
            .init("priority", .integer),
            .init("combined_commodity", .text), .init("is_synthetic", .flag), .init("pool", .text),
            .init("side", .text), .init("a_side", .text), .init("spread_count", .decimal),
            .init("delta_before", .decimal, isOptional: true), .init("consumed", .decimal),
            .init("consumed_by_month", .text), .init("weighted_price_risk", .decimal, isOptional: true),
            .init("rate", .decimal), .init("currency", .text), .init("charge", .decimal, isTotalled: true),
            .init("credit", .decimal, isTotalled: true),
        ],
        totalledBy: "currency")

    /// Each add-on line with its driver (methodology §9).
    package static let addOns = ReportLayout(
        "add-ons", for: .member,
        columns: [
            .init("member", .text), .init("account", .text), .init("owner", .text), .init("level", .text),
            .init("add_on", .text), .init("item", .text),
            .init("is_synthetic", .flag), .init("currency", .text), .init("base", .decimal),
            .init("position_size", .decimal, isOptional: true), .init("liquidation_days", .decimal, isOptional: true),
            .init("driver", .text), .init("multiplier", .decimal, isOptional: true), .init("amount", .decimal),
            .init("call_currency", .text), .init("converted_amount", .decimal, isTotalled: true),
        ],
        totalledBy: "call_currency")

    /// Concentration over all accounts of a member (methodology §9).
    package static let memberConcentration = ReportLayout(
        "member-concentration", for: .member,
        columns: [
            .init("member", .text), .init("combined_commodity", .text), .init("is_synthetic", .flag),
            .init("currency", .text), .init("net_delta", .decimal), .init("base", .decimal),
            .init("member_charge", .decimal), .init("own_charges", .decimal),
            .init("excess", .decimal, isTotalled: true),
        ],
        totalledBy: "currency")

    /// What an account would have to cover at lower credit rates (methodology §7).
    package static let creditCuts = ReportLayout(
        "credit-cuts", for: .member,
        columns: [
            .init("member", .text), .init("account", .text), .init("credit_cut", .text),
            .init("call_currency", .text), .init("requirement", .decimal, isTotalled: true),
        ],
        totalledBy: "call_currency")

    /// Each line of variation margin, premium and expiry, and what is still owed from days before (methodology §11).
    package static let variationMargin = ReportLayout(
        "variation-margin", for: .member,
        columns: [
            .init("member", .text), .init("account", .text), .init("line", .integer), .init("owner", .text),
            .init("kind", .text), .init("series", .text), .init("combined_commodity", .text),
            .init("is_synthetic", .flag), .init("quantity", .decimal, isOptional: true),
            .init("from_price", .decimal, isOptional: true), .init("to_price", .decimal, isOptional: true),
            .init("currency", .text), .init("amount", .decimal, isTotalled: true),
        ],
        totalledBy: "currency")

    /// Each collateral item with its value and what was excluded (methodology §11).
    package static let collateral = ReportLayout(
        "collateral", for: .member,
        columns: [
            .init("member", .text), .init("account", .text), .init("item", .text), .init("asset", .text),
            .init("issuer", .text), .init("asset_class", .text), .init("currency", .text),
            .init("quantity", .decimal), .init("price", .decimal), .init("haircut", .decimal),
            .init("fx_rate", .decimal), .init("fx_haircut", .decimal), .init("call_currency", .text),
            .init("value_before_limits", .decimal, isTotalled: true),
            .init("accepted_value", .decimal, isTotalled: true), .init("excluded", .text),
        ],
        totalledBy: "call_currency")

    /// What each position gains for a move of what it is priced with (methodology §2.5).
    package static let greeks = ReportLayout(
        "greeks", for: .member,
        columns: [
            .init("member", .text), .init("account", .text), .init("owner", .text), .init("series", .text),
            .init("combined_commodity", .text), .init("is_synthetic", .flag), .init("currency", .text),
            .init("quantity", .integer), .init("delta", .decimal), .init("gamma", .decimal, isOptional: true),
            .init("vega", .decimal, isOptional: true), .init("theta", .decimal, isOptional: true),
            .init("rho", .decimal, isOptional: true),
        ])

    /// The corrections and overrides that touch the member's accounts; `accounts` counts them.
    package static let corrections = ReportLayout(
        "corrections", for: .member,
        columns: [
            .init("member", .text),
            .init("correction", .integer), .init("kind", .text), .init("table_name", .text),
            .init("row_key", .text), .init("column_name", .text), .init("before_value", .text, isOptional: true),
            .init("after_value", .text, isOptional: true), .init("valid_from", .date, isOptional: true),
            .init("expires_on", .date, isOptional: true), .init("reason", .text), .init("corrected_by", .text),
            .init("approved_by", .text, isOptional: true), .init("accounts", .integer),
        ])

    /// Each account's terms and beneficial owners: with the run's parameters and risk arrays, what its requirement can
    /// be computed from again (methodology §6.9).
    package static let accounts = ReportLayout(
        "accounts", for: .member,
        columns: [
            .init("member", .text), .init("account", .text), .init("origin", .text), .init("margining_type", .text),
            .init("account_class", .text), .init("call_currency", .text), .init("owner", .text),
        ])
}
