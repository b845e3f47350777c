import ClearingModel
import Parameters
import Quantities

extension ParameterSet {
    /// Rows of `call_rule` by account class.
    static func callRules(_ rows: [some InputRow]) throws -> [AccountClassCode: CallRuleRow] {
        var rules: [AccountClassCode: CallRuleRow] = [:]
        for row in rows {
            rules[try row.code("account_class")] = CallRuleRow(
                threshold: try row.decimal("threshold"),
                minimumTransferAmount: try row.decimal("minimum_transfer_amount"), lot: try row.decimal("lot"),
                intradayTrigger: try row.decimalOrNull("intraday_trigger"))
        }
        return rules
    }

    /// Rows of `collateral_limit` by account class.
    static func collateralLimits(_ rows: [some InputRow]) throws -> [AccountClassCode: CollateralLimits] {
        var issuers: [AccountClassCode: ExactDecimal] = [:]
        var classes: [AccountClassCode: [CollateralClassCode: ExactDecimal]] = [:]
        for row in rows {
            let accountClass: AccountClassCode = try row.code("account_class")
            if try row.isFirst(of: ("issuer", "class"), in: "limit_kind") {
                issuers[accountClass] = try row.decimal("share")
            } else {
                classes[accountClass, default: [:]][try row.code("asset_class")] = try row.decimal("share")
            }
        }
        var limits: [AccountClassCode: CollateralLimits] = [:]
        for accountClass in Set(issuers.keys).union(classes.keys) {
            limits[accountClass] = CollateralLimits(
                issuerShare: issuers[accountClass], classShares: classes[accountClass] ?? [:])
        }
        return limits
    }
}
