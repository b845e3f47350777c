import ClearingModel
import MarginCalls
import Postgres
import Quantities
import Results

extension CallStore {
    /// An account's call; nil where the run has none of it.
    package func call(of account: AccountCode, run: Int64) throws -> CallResult? {
        try connection.optional(.explainCall, [.int64(run), .text(account.text)]).map { row in
            CallResult(
                member: try row.code("member"), callCurrency: try row.currency("call_currency"),
                requirement: try row.decimal("requirement"), addOns: try row.decimal("add_ons"),
                unpaidVariationMargin: try row.decimal("unpaid_variation_margin"),
                collateralValue: try row.decimal("collateral_value"), deficit: try row.decimal("deficit"),
                threshold: try row.decimalOrNull("threshold"),
                minimumTransferAmount: try row.decimalOrNull("minimum_transfer_amount"),
                lot: try row.decimalOrNull("lot"), callAmount: try row.decimal("call_amount"),
                returnAmount: try row.decimal("return_amount"), reason: try row.choice("reason_code"),
                dueDate: BusinessDate(dayNumber: try row.date("due_date")),
                intradayCollected: try row.decimal("intraday_collected"),
                intradayTrigger: try row.decimalOrNull("intraday_trigger"))
        }
    }

    /// An account's variation margin, line by line.
    package func variationMargin(of account: AccountCode, run: Int64) throws -> [VariationMarginResult] {
        try connection.rows(.explainVariationMargin, [.int64(run), .text(account.text)]).map { row in
            VariationMarginResult(
                kind: try row.choice("kind"), series: try row.code("series"), quantity: try row.int64("quantity"),
                fromPrice: try row.decimal("from_price"), toPrice: try row.decimal("to_price"),
                currency: try row.currency("currency"), amount: try row.decimal("amount"),
                contractValueFactor: try row.decimal("contract_value_factor"), isInverse: try row.bool("is_inverse"))
        }
    }

    /// What each currency adds to an account's unpaid variation margin, in the order of the currencies.
    package func unpaidVariationMargin(of account: AccountCode, run: Int64) throws -> [UnpaidVariationMarginResult] {
        try connection.rows(.explainUnpaidVariationMargin, [.int64(run), .text(account.text)]).map { row in
            UnpaidVariationMarginResult(
                currency: try row.currency("currency"), variationMargin: try row.decimal("variation_margin"),
                stillOwed: try row.decimal("still_owed"), unpaid: try row.decimal("unpaid"),
                fxRate: try row.decimalOrNull("fx_rate"), callCurrency: try row.currency("call_currency"),
                converted: try row.decimal("converted_amount"))
        }
    }

    /// An account's collateral, in the order of the items.
    package func collateral(of account: AccountCode, run: Int64) throws -> [CollateralResult] {
        try connection.rows(.explainCollateral, [.int64(run), .text(account.text)]).map { row in
            CollateralResult(
                item: try row.code("item"), asset: try row.text("asset"), quantity: try row.decimal("quantity"),
                price: try row.decimal("price"), haircut: try row.decimal("haircut"),
                fxRate: try row.decimal("fx_rate"), fxHaircut: try row.decimal("fx_haircut"),
                valueBeforeLimits: try row.decimal("value_before_limits"),
                accepted: try row.decimal("accepted_value"), excluded: try row.choice("excluded"))
        }
    }
}
