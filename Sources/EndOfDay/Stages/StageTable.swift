import ClearingModel

/// What the parts are by which a stage's results are compared with those of the run before, and shared with them.
package enum ResultParts: Sendable {
    /// Results stand or fall as a whole.
    case none
    /// A series.
    case series
    /// An account; add-ons have rows of a whole clearing member too.
    case accounts, accountsAndMembers
    /// Series and accounts, beside what stands or falls as a whole: the stage itself keeps what differs.
    case keptByStage
}

/// Everything the programs know of one stage. A stage more is a row here, a folder beside this file, and a program.
package struct StageDefinition: Sendable {
    package let stage: Stage
    /// Raised when a figure of this stage can move; recorded with every execution.
    package let numbersVersion: Int32
    /// The stages that must be complete before this one starts.
    package let upstream: [Stage]
    /// The input tables this stage reads itself, and `intraday_call`, which is no table: what intraday runs called.
    /// Nil where it looks at all of them.
    package let inputTables: Set<String>?
    /// The tables it writes a run's results into.
    package let resultTables: [String]
    package let parts: ResultParts
    /// What its row count counts, in the singular.
    package let product: String
    let step: any StageStep

    /// The stages whose rows enter this one's: its fingerprint holds theirs. Ingest passes the inputs on as they are,
    /// so only the report, which shows its findings, follows from it.
    package var sources: [Stage] { inputTables == nil ? upstream : upstream.filter { $0 != .ingest } }

    /// This stage and those it follows from.
    var withSources: [StageDefinition] { [self] + sources.map(\.definition) }

    /// Whether this stage reads an input table itself.
    func reads(_ table: String) -> Bool { inputTables?.contains(table) ?? true }
}

/// The stages, in the order they run.
package enum StageTable {
    /// One row a stage, in the order of `Stage.allCases`.
    package static let rows: [StageDefinition] = [
        StageDefinition(
            stage: .ingest, numbersVersion: 1, upstream: [], inputTables: nil, resultTables: ["finding"], parts: .none,
            product: "finding", step: IngestStep()),
        StageDefinition(
            stage: .riskArrays,
            // 2: days of an average that the look-ahead passes are made at the shocked underlying.
            // 3: exponential and normal distribution of our own, here and in simulated losses.
            numbersVersion: 3, upstream: [.ingest],
            inputTables: instruments.union(valuation).union([
                "calendar_date", "composite_delta_weight", "interest_rate", "intraday_settlement_price",
                "intraday_underlying_price", "intraday_volatility", "realised_average", "settlement_price",
                "spread_option_correlation", "underlying_price", "volatility",
            ]),
            resultTables: ["risk_array"], parts: .series, product: "row", step: RiskArraysStep()),
        StageDefinition(
            stage: .offsets,
            // 2: what is settled leaves the book, here and below.
            numbersVersion: 3, upstream: [.ingest, .riskArrays],
            inputTables: instruments.union(valuation).union(accounts).union([
                "account_class", "delivery_charge", "fx_haircut", "fx_rate", "inter_spread", "inter_spread_leg",
                "intra_spread", "intra_spread_leg", "intraday_settlement_price", "month_tier", "position",
                "settlement_price",
            ]).union(simulation),
            resultTables: [
                "combined_commodity_risk", "component_shortfall", "currency_requirement", "delivery_month_charge",
                "requirement", "risk_group_share", "scan_spread_risk", "spread_leg_formed", "tier_risk",
                "value_at_risk",
            ], parts: .accounts, product: "row", step: OffsetsStep()),
        StageDefinition(
            stage: .addOns, numbersVersion: 2, upstream: [.ingest, .riskArrays, .offsets],
            inputTables: instruments.union(valuation).union(accounts).union([
                "account_class", "clearing_member", "concentration_tier", "fx_haircut", "fx_rate",
                "half_spread_charge", "impact_charge", "intraday_settlement_price", "liquidity", "liquidity_group",
                "liquidity_group_member", "member_concentration_tier", "position", "settlement_price",
            ]).union(simulation),
            resultTables: ["add_on", "member_concentration", "requirement_at_credit_cut"], parts: .accountsAndMembers,
            product: "row", step: AddOnsStep()),
        StageDefinition(
            stage: .stress, numbersVersion: 1, upstream: [.ingest, .riskArrays, .offsets, .addOns],
            inputTables: instruments.union(valuation).union(accounts).union(stressed),
            resultTables: [
                "cover_two", "group_stress", "member_stress", "reverse_stress", "second_round", "second_round_impact",
                "second_round_member", "stress_add_on", "stress_array", "stress_exposure", "stress_unit",
            ], parts: .keptByStage, product: "row", step: StressStep()),
        StageDefinition(
            stage: .calls, numbersVersion: 2, upstream: [.ingest, .offsets, .addOns, .stress],
            inputTables: instruments.union(accounts).union([
                "calendar_date", "call_rule", "clearing_member", "collateral_asset", "collateral_haircut",
                "collateral_holding", "collateral_limit", "collateral_price", "fx_haircut", "fx_rate",
                "intraday_call", "intraday_settlement_price", "position", "settlement_price", "trade",
                "variation_margin_owed",
            ]),
            resultTables: ["collateral_value", "margin_call", "unpaid_variation_margin", "variation_margin"],
            parts: .accounts, product: "row",
            step: CallsStep()),
        StageDefinition(
            stage: .attribution, numbersVersion: 1, upstream: [.ingest, .riskArrays, .offsets, .addOns],
            inputTables: attributed,
            resultTables: [
                "attribution", "attribution_night", "attribution_parameter", "attribution_position",
                "attribution_weight",
            ], parts: .none, product: "row", step: AttributionStep()),
        StageDefinition(
            stage: .report, numbersVersion: 1,
            upstream: [.ingest, .riskArrays, .offsets, .addOns, .stress, .calls, .attribution],
            inputTables: nil,
            resultTables: [
                "limit_utilisation", "monitored_figure", "next_night", "next_night_call", "report_file", "report_total",
            ],
            parts: .none, product: "file", step: ReportStep()),
    ]

    private static let instruments: Set<String> = ["combined_commodity", "contract", "currency", "series"]
    private static let valuation: Set<String> = [
        "combined_commodity_margin", "parameter_set", "price_scan_range_tier", "scenario",
    ]
    private static let simulation: Set<String> = [
        "risk_factor", "risk_factor_level", "risk_factor_mapping", "risk_group", "risk_group_commodity", "simulation",
        "stressed_window",
    ]
    private static let stressed: Set<String> = [
        "calendar_date", "clearing_member", "close_out_impact", "collateral_asset", "collateral_haircut",
        "collateral_holding", "collateral_limit", "collateral_price", "fx_haircut", "fx_rate", "guaranty_fund",
        "guaranty_fund_contribution", "house", "interest_rate", "intraday_settlement_price",
        "intraday_underlying_price", "liquidity", "liquidity_resource", "position", "realised_average",
        "settlement_price", "spread_option_correlation", "stress_move", "stress_scenario", "stress_set",
        "underlying_price",
    ]
    private static let accounts: Set<String> = ["account", "beneficial_owner"]
    /// What the figures that are attributed are computed from, and whether the house wants them to be.
    static let attributed: Set<String> = instruments.union(valuation).union(accounts).union(simulation).union([
        "account_class", "calendar_date", "clearing_member", "composite_delta_weight", "concentration_tier",
        "delivery_charge", "fx_haircut", "fx_rate", "half_spread_charge", "house", "impact_charge", "inter_spread",
        "inter_spread_leg", "interest_rate", "intra_spread", "intra_spread_leg", "liquidity", "liquidity_group",
        "liquidity_group_member", "member_concentration_tier", "month_tier", "position", "realised_average",
        "settlement_price", "spread_option_correlation", "underlying_price", "volatility",
    ])

    /// The tables of the day whose rows belong to one series, underlying, account or asset: what depends on the rows
    /// loaded since is found by them. Of the other tables the rows are compared (query moved-by-inputs).
    package static let tablesByPart: Set<String> = [
        "collateral_holding", "collateral_price", "finding_waiver", "intraday_call", "position", "realised_average",
        "settlement_price",
        "trade", "underlying_price", "variation_margin_owed", "volatility",
    ]
}

extension Stage {
    /// The stage's row of the table.
    package var definition: StageDefinition {
        guard let row = StageTable.rows.first(where: { $0.stage == self }) else {
            preconditionFailure("stage \(self) has its row")
        }
        return row
    }
}
