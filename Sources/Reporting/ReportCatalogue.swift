/// Every report there is, as layouts: the columns of `sql/queries/report-<name>.sql` in their order.
///
/// The queries give one type a kind: text, bigint for integers, numeric for decimals, date, boolean, bigint[].
/// docs/reports.md says what each column means, its unit and its sign.
package enum ReportCatalogue {
    /// All reports; `scenarioCount` is the length of the run's longest published array, at least 1, and
    /// `stressScenarioCount` how many scenarios it was stressed in: without any there are no reports of stress, and
    /// without limits in force none of them, without `looksAhead` none of the next business date, without `attributes`
    /// none of what moved since the night before, and without `followsCalls` none of what became of calls.
    package static func all(
        scenarioCount: Int, stressScenarioCount: Int = 0, hasLimits: Bool = false, looksAhead: Bool = false,
        attributes: Bool = false, followsCalls: Bool = false
    ) -> [ReportLayout] {
        [
            marginCall, requirement, requirementByOwner, components, valueAtRisk, componentShortfall, spreads, addOns,
            memberConcentration, creditCuts,
            variationMargin, collateral, positions, greeks, houseSummary, riskArrays(scenarioCount: scenarioCount),
            parameters,
            accounts, findings, corrections, houseCorrections,
        ] + trades + (hasLimits ? [limits] : []) + (looksAhead ? ofTomorrow : [])
            + (attributes ? ofChange : [])
            + (followsCalls ? ofCallStatus : [])
            + (stressScenarioCount > 0 ? stress(scenarioCount: stressScenarioCount) : [])
    }

    /// Each account's call or return with its components.
    package static let marginCall = ReportLayout(
        "margin-call", for: .member,
        columns: [
            .account("member"), .init("business_date", .date), .init("cycle", .text), .account("account"),
            .account("origin"), .init("call_currency", .text),
            .money("requirement", in: "call_currency", isTotalled: true),
            .money("add_ons", in: "call_currency", isTotalled: true),
            .money("unpaid_variation_margin", in: "call_currency", isTotalled: true),
            .money("collateral_value", in: "call_currency", isTotalled: true),
            .money("intraday_collected", in: "call_currency", isTotalled: true),
            .money("deficit", in: "call_currency", isTotalled: true),
            .money("threshold", in: "call_currency", isOptional: true),
            .money("minimum_transfer_amount", in: "call_currency", isOptional: true),
            .money("lot", in: "call_currency", isOptional: true),
            .money("intraday_trigger", in: "call_currency", isOptional: true),
            .money("call_amount", in: "call_currency", isTotalled: true),
            .money("return_amount", in: "call_currency", isTotalled: true),
            .init("reason_code", .text), .init("due_date", .date), .includesSynthetic,
            .init("run_number", .integer, isRunIdentity: true),
        ],
        totalledBy: "call_currency")

    /// Each account's requirement by currency and its conversion into the call currency.
    package static let requirement = ReportLayout(
        "requirement", for: .member,
        columns: [
            .account("member"), .account("account"), .init("currency", .text), .init("owners", .integer),
            .money("initial_risk"), .money("net_option_value"), .money("offset_add_back"),
            .money("requirement"), .exact("fx_rate"), .exact("fx_haircut"),
            .init("call_currency", .text), .money("converted_requirement", in: "call_currency", isTotalled: true),
            .includesSynthetic,
        ],
        totalledBy: "call_currency")

    /// Each beneficial owner's requirement by currency; an account's is the sum of its owners'.
    package static let requirementByOwner = ReportLayout(
        "requirement-by-owner", for: .member,
        columns: [
            .account("member"), .account("account"), .init("owner", .text), .init("currency", .text),
            .money("initial_risk", isTotalled: true), .money("net_option_value", isTotalled: true),
            .money("offset_add_back", isTotalled: true), .money("requirement", isTotalled: true),
            .includesSynthetic,
        ],
        totalledBy: "currency")

    /// The components of each combined commodity's risk (methodology §5, §6).
    package static let components = ReportLayout(
        "components", for: .member,
        columns: [
            .account("member"), .account("account"), .init("owner", .text),
            .init("combined_commodity", .text), .isSynthetic, .init("currency", .text),
            .money("scan", isTotalled: true), .init("active_scenario", .integer, isOptional: true),
            .exact("time_risk", isOptional: true), .exact("volatility_risk", isOptional: true),
            .exact("price_risk", isOptional: true), .init("net_delta", .decimal),
            .init("weighted_price_risk", .decimal, .rounded(decimals: 2), isOptional: true),
            .money("intra_charge", isTotalled: true), .money("delivery_charge", isTotalled: true),
            .money("inter_credit"), .money("applied_credit", isTotalled: true),
            .init("scan_spread", .text), .money("short_option_minimum"), .money("risk"),
            .money("initial_risk", isTotalled: true), .money("standalone_initial_risk"),
            .money("net_option_value", isTotalled: true),
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
            .account("member"), .account("account"), .init("owner", .text), .init("risk_group", .text),
            .init("series", .text), .init("combined_commodity", .text, .lookedUp()), .isSynthetic,
            .init("quantity", .integer), .init("currency", .text),
            .money("component_shortfall", isTotalled: true),
        ],
        totalledBy: "currency")

    /// Every spread leg formed, with what it consumed and charged or credited (methodology §6).
    package static let spreads = ReportLayout(
        "spreads", for: .member,
        columns: [
            .account("member"), .account("account"), .init("owner", .text), .init("step", .text),
            .init("sequence", .integer), .init("leg", .integer), .init("spread", .text),
            .init("priority", .integer, .lookedUp(by: ["commodity_of_spread"])),
            .init("combined_commodity", .text), .isSynthetic, .init("pool", .text),
            .init("side", .text), .init("a_side", .text), .init("spread_count", .decimal),
            .init("delta_before", .decimal, isOptional: true), .init("consumed", .decimal),
            .init("consumed_by_month", .text, .lookedUp(by: ["contract_months", "month_units"])),
            .init("weighted_price_risk", .decimal, .rounded(decimals: 2), isOptional: true),
            .exact("rate"), .init("currency", .text), .exact("charge", isTotalled: true),
            .exact("credit", isTotalled: true),
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
            .account("member"), .account("account"), .init("line", .integer, .lookedUp(by: ["settled_line"])),
            .init("owner", .text),
            .init("kind", .text), .init("series", .text), .init("combined_commodity", .text, .lookedUp()),
            .isSynthetic, .init("quantity", .decimal, isOptional: true),
            .exact("from_price", isOptional: true), .exact("to_price", isOptional: true),
            .init("currency", .text), .money("amount", isTotalled: true),
        ],
        totalledBy: "currency")

    /// Each collateral item with its value and what was excluded (methodology §11).
    package static let collateral = ReportLayout(
        "collateral", for: .member,
        columns: [
            .account("member"), .account("account"), .init("item", .text), .init("asset", .text),
            .init("issuer", .text, .lookedUp()), .init("asset_class", .text, .lookedUp()),
            .init("currency", .text, .lookedUp()),
            .exact("quantity"), .exact("price"), .exact("haircut"),
            .exact("fx_rate"), .exact("fx_haircut"), .account("call_currency"),
            .money("value_before_limits", in: "call_currency", isTotalled: true),
            .money("accepted_value", in: "call_currency", isTotalled: true), .init("excluded", .text),
        ],
        totalledBy: "call_currency")

    /// What is held on the evening of the business date, both sides of every position, for members who want it.
    package static let positions = ReportLayout(
        "positions", for: .member,
        columns: [
            .account("member"), .init("business_date", .date), .init("cycle", .text), .account("account"),
            .init("owner", .text), .init("series", .text),
            .init("long_quantity", .integer), .init("short_quantity", .integer),
        ])

    /// What each position gains for a move of what it is priced with (methodology §2.5), for members who want it.
    package static let greeks = ReportLayout(
        "greeks", for: .member,
        columns: [
            .account("member"), .account("account"), .init("owner", .text), .init("series", .text),
            .init("combined_commodity", .text, .lookedUp()), .isSynthetic, .init("currency", .text, .lookedUp()),
            .init("quantity", .integer), .init("delta", .decimal, .lookedUp()),
            .init("gamma", .decimal, .lookedUp(), isOptional: true),
            .init("vega", .decimal, .lookedUp(), isOptional: true),
            .init("theta", .decimal, .lookedUp(), isOptional: true),
            .init("rho", .decimal, .lookedUp(), isOptional: true),
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
            .account("member"), .account("account"), .account("origin"), .account("margining_type"),
            .account("account_class"), .account("call_currency"), .init("owner", .text),
        ])
}
