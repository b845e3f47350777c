import ClearingModel
import MarginCalls
import Postgres
import Quantities

/// Which reports a house wants beside those that are always written.
package struct WantedReports: Sendable {
    /// What the next business date will call if nothing moves.
    package let tomorrow: Bool
    /// A page for each member and one for the house.
    package let pages: Bool
    /// Why requirements and add-ons moved since the night before.
    package let attribution: Bool
    /// When what is called is due on its day, with its zone: `12:00 Europe/Berlin`; empty where the house does not say.
    package let callsDue: String
}

/// What the next business date calls if nothing moves, as a run keeps it.
package struct NextNightStore {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// What the house's row in force on a date asks for; nothing where it has none.
    package func wanted(pin: Int64, _ date: BusinessDate) throws -> WantedReports {
        let row = try connection.optional(.loadReportsWanted, [.int64(pin), date.value])
        return WantedReports(
            tomorrow: try row?.bool("wants_tomorrow") ?? false, pages: try row?.bool("wants_pages") ?? false,
            attribution: try row?.bool("wants_attribution") ?? false,
            callsDue: try row?.text("calls_due") ?? "")
    }

    /// Writes the date, the parameter set in force on it, and the calls in the order of the accounts.
    package func save(
        _ calls: [AccountCall], on date: BusinessDate, under set: ParameterSetCode, run: Int64
    ) throws {
        try connection.copyIn(
            "copy margin.next_night (run_id, next_business_date, parameter_set) from stdin (format binary)"
        ) { writer in
            try writer.row(3)
            writer.int64(run)
            writer.date(date.dayNumber)
            writer.text(set.text)
        }
        try connection.copyIn(
            """
            copy margin.next_night_call (run_id, account, member, call_currency, requirement, add_ons,
                unpaid_variation_margin, collateral_value, intraday_collected, deficit, call_amount, return_amount,
                reason_code, due_date) from stdin (format binary)
            """
        ) { writer in
            for account in calls {
                let (call, parts) = (account.call, account.call.components)
                try writer.row(14)
                writer.int64(run)
                writer.text(account.account.code.text)
                writer.text(account.account.member.text)
                writer.text(account.account.callCurrency.description)
                for amount in [
                    parts.requirement, parts.addOns, parts.unpaidVariationMargin, parts.collateralValue,
                    parts.intradayCollected, parts.deficit, call.callAmount, call.returnAmount,
                ] { writer.money(amount) }
                writer.text(call.reason.rawValue)
                writer.date(account.dueDate.dayNumber)
            }
        }
    }
}
