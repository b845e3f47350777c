/// A result table a folder case may state, with the columns that tell its rows apart within a run.
struct ResultTable {
    let name: String
    let keys: [String]

    private init(_ name: String, _ keys: String) {
        self.name = name
        self.keys = keys.split(separator: " ").map(String.init)
    }

    static let all = [
        ResultTable("add_on", "account owner level add_on item"),
        ResultTable("collateral_value", "account item"),
        ResultTable("combined_commodity_risk", "account owner combined_commodity"),
        ResultTable("component_shortfall", "account owner risk_group series"),
        ResultTable("cover_two", "scenario_number"),
        ResultTable("currency_requirement", "account owner currency"),
        ResultTable("delivery_month_charge", "account owner combined_commodity contract_month"),
        ResultTable("finding", "rule severity table_name row_key column_name"),
        ResultTable("group_stress", "member_group"),
        ResultTable("margin_call", "account"),
        ResultTable("member_concentration", "member combined_commodity"),
        ResultTable("member_stress", "member"),
        ResultTable("requirement", "account currency"),
        ResultTable("requirement_at_credit_cut", "account credit_cut"),
        ResultTable("reverse_stress", "scenario_number"),
        ResultTable("risk_array", "series"),
        ResultTable("risk_group_share", "account owner combined_commodity"),
        ResultTable("scan_spread_risk", "account owner spread"),
        ResultTable("second_round", "round"),
        ResultTable("second_round_impact", "round combined_commodity"),
        ResultTable("second_round_member", "round member"),
        ResultTable("spread_leg_formed", "account owner step sequence leg"),
        ResultTable("stress_add_on", "account"),
        ResultTable("stress_array", "series"),
        ResultTable("stress_exposure", "account owner"),
        ResultTable("stress_unit", "member unit"),
        ResultTable("tier_risk", "account owner combined_commodity tier"),
        ResultTable("unpaid_variation_margin", "account currency"),
        ResultTable("value_at_risk", "account owner risk_group"),
        ResultTable("variation_margin", "account line"),
    ]

    /// The result table of a name.
    static func named(_ name: String) -> ResultTable? { all.first { $0.name == name } }
}
