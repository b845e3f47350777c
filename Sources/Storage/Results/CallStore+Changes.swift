import ClearingModel
import Margining
import Postgres
import Quantities
import Results

extension CallStore {
    /// The calls that differ between two runs, in the order of member and account.
    package func changes(from before: Int64, to after: Int64) throws -> [CallChange] {
        try connection.rows(.diffCalls, [.int64(before), .int64(after)]).map { row in
            func figures(_ side: String) throws -> CallFigures {
                func figure(_ name: String) throws -> ExactDecimal { try row.decimal(Row.Column("\(name)_\(side)")) }
                return CallFigures(
                    requirement: try figure("requirement"), addOns: try figure("add_ons"),
                    unpaidVariationMargin: try figure("variation_margin"), collateralValue: try figure("collateral"),
                    intradayCollected: try figure("intraday"), callAmount: try figure("call"),
                    returnAmount: try figure("return"))
            }
            return CallChange(
                member: try row.code("member"), account: try row.code("account"),
                callCurrency: try row.currency("call_currency"), before: try figures("before"),
                after: try figures("after"))
        }
    }

    /// What the calls of two runs come to, in the order of the call currencies.
    package func totals(of before: Int64, and after: Int64) throws -> [CallTotalsChange] {
        try connection.rows(.diffTotals, [.int64(before), .int64(after)]).map { row in
            func totals(_ side: String) throws -> CallTotals {
                func total(_ name: String) throws -> ExactDecimal {
                    try row.decimalOrNull(Row.Column("\(name)_\(side)")) ?? .zero
                }
                return CallTotals(
                    requirement: try total("requirement"), addOns: try total("add_ons"), callAmount: try total("call"))
            }
            return CallTotalsChange(
                callCurrency: try row.currency("call_currency"), before: try totals("before"),
                after: try totals("after"))
        }
    }

    /// What moved the calls of some accounts most between two runs, in the order of the accounts; none for an account
    /// in which no part has changed.
    package func drivers(
        of accounts: [AccountCode], from before: Int64, to after: Int64
    ) throws -> [CallDriver] {
        try connection.rows(
            .diffDrivers, [.int64(before), .int64(after), .textArray(accounts.map(\.text))]
        ).map { row in
            let currency = try row.text("currency")
            return CallDriver(
                account: try row.code("account"), part: try row.callPart("component"), item: try row.text("item"),
                currency: currency.isEmpty ? nil : try row.currency("currency"), change: try row.decimal("change"),
                scenarioBefore: try row.int16OrNull("scenario_before"),
                scenarioAfter: try row.int16OrNull("scenario_after"))
        }
    }
}

extension Row {
    /// A part of a call as the query of the drivers names it.
    fileprivate func callPart(_ column: Column) throws -> CallPart {
        let text = try text(column)
        if let part = CallPart(name: text) { return part }
        throw UnreadableValue(column: "\(column)", value: text)
    }
}
