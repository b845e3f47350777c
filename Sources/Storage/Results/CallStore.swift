import ClearingModel
import MarginCalls
import Postgres
import Quantities

/// A run's calls, variation margin and collateral values.
package struct CallStore {
    let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// One COPY a table, in the order of the accounts. Returns the rows written; `midway` is called after the first
    /// table.
    package func save(
        _ calls: [AccountCall], book: SettlementBook, run: Int64, midway: () -> Void
    ) throws -> Int64 {
        var rows = try saveVariationMargin(calls, book, run)
        midway()
        rows += try saveUnpaid(calls, run)
        rows += try saveCollateral(calls, run)
        rows += try saveCalls(calls, run)
        return Int64(rows)
    }

    private func saveVariationMargin(_ calls: [AccountCall], _ book: SettlementBook, _ run: Int64) throws -> Int {
        try connection.copyIn(
            """
            copy margin.variation_margin (run_id, account, line, owner, kind, series, quantity, from_price, to_price,
                currency, amount) from stdin (format binary)
            """
        ) { writer in
            for call in calls {
                for (index, line) in call.variationMargin.enumerated() {
                    let terms = book[line.series]
                    try writer.row(11)
                    writer.int64(run)
                    writer.text(call.account.code.text)
                    writer.int32(Int32(index + 1))
                    let owner = Int(line.owner.rank)
                    writer.text(call.owners.indices.contains(owner) ? call.owners[owner].text : "")
                    writer.text(line.kind.rawValue)
                    writer.text(terms.series.text)
                    writer.int64(line.quantity)
                    writer.decimal(call.linePrices[index].from)
                    writer.decimal(call.linePrices[index].to)
                    writer.text(terms.currency.code.description)
                    writer.numeric(unscaled: line.amount, scale: terms.currency.decimals)
                }
            }
        }
    }

    private func saveUnpaid(_ calls: [AccountCall], _ run: Int64) throws -> Int {
        try connection.copyIn(
            """
            copy margin.unpaid_variation_margin (run_id, account, currency, variation_margin, still_owed, unpaid,
                call_currency, fx_rate, converted_amount) from stdin (format binary)
            """
        ) { writer in
            for call in calls {
                for part in call.unpaid {
                    try writer.row(9)
                    writer.int64(run)
                    writer.text(call.account.code.text)
                    writer.text(part.unpaid.currency.code.description)
                    writer.money(part.variationMargin)
                    writer.money(part.stillOwed)
                    writer.money(part.unpaid)
                    writer.text(part.converted.currency.code.description)
                    writer.decimalOrNull(part.rate)
                    writer.money(part.converted)
                }
            }
        }
    }

    private func saveCollateral(_ calls: [AccountCall], _ run: Int64) throws -> Int {
        try connection.copyIn(
            """
            copy margin.collateral_value (run_id, account, item, asset, quantity, price, haircut, fx_rate, fx_haircut,
                value_before_limits, accepted_value, excluded) from stdin (format binary)
            """
        ) { writer in
            for call in calls {
                for (index, value) in call.collateral.enumerated() {
                    try writer.row(12)
                    writer.int64(run)
                    writer.text(call.account.code.text)
                    writer.text(value.item.item.text)
                    writer.text(call.assets[index])
                    writer.decimal(value.item.quantity)
                    writer.decimal(value.item.price)
                    writer.decimal(value.item.haircut)
                    writer.decimal(value.conversion.rate)
                    writer.decimal(value.conversion.haircut)
                    writer.money(value.valueBeforeLimits)
                    writer.money(value.acceptedValue)
                    writer.text(value.excluded.rawValue)
                }
            }
        }
    }

    private func saveCalls(_ calls: [AccountCall], _ run: Int64) throws -> Int {
        try connection.copyIn(
            """
            copy margin.margin_call (run_id, account, member, call_currency, requirement, add_ons,
                unpaid_variation_margin, collateral_value, deficit, threshold, minimum_transfer_amount, lot,
                call_amount, return_amount, reason_code, due_date, intraday_collected, intraday_trigger)
            from stdin (format binary)
            """
        ) { writer in
            for account in calls {
                let call = account.call
                let parts = call.components
                try writer.row(18)
                writer.int64(run)
                writer.text(account.account.code.text)
                writer.text(account.account.member.text)
                writer.text(account.account.callCurrency.description)
                for amount in [
                    parts.requirement, parts.addOns, parts.unpaidVariationMargin, parts.collateralValue, parts.deficit,
                ] { writer.money(amount) }
                for amount in [call.rule?.threshold, call.rule?.minimumTransferAmount, call.rule?.lot] {
                    if let amount { writer.money(amount) } else { writer.null() }
                }
                writer.money(call.callAmount)
                writer.money(call.returnAmount)
                writer.text(call.reason.rawValue)
                writer.date(account.dueDate.dayNumber)
                writer.money(parts.intradayCollected)
                if let trigger = account.isIntraday ? call.rule?.intradayTrigger : nil {
                    writer.money(trigger)
                } else {
                    writer.null()
                }
            }
        }
    }
}
