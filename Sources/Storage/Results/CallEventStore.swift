import ClearingModel
import MarginCalls
import Postgres
import Quantities

/// A call as it stands, of a night that is published.
package struct OpenCall: Sendable, Encodable {
    /// The night that called.
    package let callDate: String
    package let run: Int32
    package let account: String
    package let member: String
    package let callCurrency: String
    /// Amounts with the currency's decimals; met is what was met less what was taken back.
    package let callAmount: String
    package let metAmount: String
    package let openAmount: String
    package let dueDate: String
    /// Business days since the night, up to the date asked about.
    package let ageDays: Int64
    /// issued, acknowledged, partly_met, met or overdue.
    package let state: String
    /// The night that asked anew for what is open; nil of the newest night's.
    package let takenUpOn: String?
}

/// A call that a later run of its night replaced by another amount.
package struct CancelledCall: Sendable, Encodable {
    package let run: Int32
    package let account: String
    package let member: String
    package let callCurrency: String
    package let callAmount: String
    package let dueDate: String
    package let cancelledByRun: Int32
    /// What that run calls; 0 where it calls nothing.
    package let callAmountSince: String
}

/// What was recorded of a call.
package struct CallEvent: Sendable, Encodable {
    package let event: Int64
    package let callDate: String
    package let account: String
    /// acknowledged, met or reversed.
    package let kind: String
    /// What it adds to the amount met; below 0 where a payment was taken back.
    package let amount: String
    package let currency: String
    package let reverses: Int64?
    /// Why, or the payment's reference; empty where nothing was said.
    package let reason: String
    package let recordedBy: String
    /// UTC, as `2018-12-31T22:30:00Z`.
    package let recordedAt: String
}

/// What is to be recorded of a call.
package enum NewCallEvent: Sendable {
    case acknowledged
    /// Met in part or whole, by an amount above 0 in the account's call currency.
    case met(ExactDecimal)
    /// A payment that was taken back, by its event's number.
    case reversed(Int64)
}

/// Why the database records no such event, or carries no such debt; with its sentence.
package struct CallRefusal: Error, Equatable, CustomStringConvertible {
    /// Which rule: the name of the constraint.
    package enum Rule: String, Sendable {
        case notPublished = "call_is_of_a_published_night"
        case notCalled = "account_is_called"
        case aboveOpen = "amount_is_open"
        case tooManyDecimals = "amount_has_its_decimals"
        case acknowledgedAlready = "call_is_acknowledged_once"
        case notReversible = "event_can_be_reversed"
        case owedAlready = "owed_is_counted_once"
    }

    package let rule: Rule
    package let description: String

    fileprivate static func naming<T>(_ body: () throws(PostgresError) -> T) throws -> T {
        do { return try body() } catch {
            guard let rule = error.constraint.flatMap(Rule.init) else { throw error }
            throw CallRefusal(rule: rule, description: error.message)
        }
    }
}

/// Events of calls, the calls as they stand, and what they leave owed.
package struct CallEventStore {
    private let connection: Connection
    /// Where rows of `variation_margin_owed` come from that this program made.
    private static let source = "margin call carry"

    package init(_ connection: Connection) { self.connection = connection }

    /// Records an event as the session's login; returns its number.
    /// - Throws: `CallRefusal`.
    package func record(
        _ event: NewCallEvent, of account: AccountCode, on date: BusinessDate, reason: String
    ) throws -> Int64 {
        let (kind, amount, reversed): (String, Value, Value) =
            switch event {
            case .acknowledged: ("acknowledged", .null, .null)
            case .met(let amount): ("met", .numeric(unscaled: amount.mantissa, scale: amount.scale), .null)
            case .reversed(let number): ("reversed", .null, .int64(number))
            }
        let row = try CallRefusal.naming { () throws(PostgresError) in
            try connection.one(
                .recordCallEvent, [date.value, .text(account.text), .text(kind), amount, .text(reason), reversed])
        }
        return try row.int64("load_id")
    }

    /// The calls of the newest night up to a date, and those before that were never met, by member, account and night.
    package func openCalls(on date: BusinessDate) throws -> [OpenCall] {
        try connection.rows(.openCalls, [date.value]).map { row in
            let decimals = Int(try row.int16("minor_unit_decimals"))
            return OpenCall(
                callDate: try row.day("business_date"), run: try row.int32("run_number"),
                account: try row.text("account"), member: try row.text("member"),
                callCurrency: try row.text("call_currency"), callAmount: try row.amount("call_amount", decimals),
                metAmount: try row.amount("met_amount", decimals), openAmount: try row.amount("open_amount", decimals),
                dueDate: try row.day("due_date"), ageDays: try row.int64("age_days"), state: try row.text("state"),
                takenUpOn: try row.dateOrNull("taken_up_on").map { "\(BusinessDate(dayNumber: $0))" })
        }
    }

    /// The calls of a night that its published run replaced, by member, account and run.
    package func cancelledCalls(on date: BusinessDate) throws -> [CancelledCall] {
        try connection.rows(.cancelledCalls, [date.value]).map { row in
            let decimals = Int(try row.int16("minor_unit_decimals"))
            return CancelledCall(
                run: try row.int32("run_number"), account: try row.text("account"), member: try row.text("member"),
                callCurrency: try row.text("call_currency"), callAmount: try row.amount("call_amount", decimals),
                dueDate: try row.day("due_date"), cancelledByRun: try row.int32("cancelled_by_run"),
                callAmountSince: try row.amount("call_amount_since", decimals))
        }
    }

    /// What was recorded of the calls of some nights, in its order; of one account, or of all.
    package func events(
        from first: BusinessDate, through last: BusinessDate, of account: AccountCode?
    ) throws -> [CallEvent] {
        let parameters = [first.value, last.value, account.map { .text($0.text) } ?? .null]
        return try connection.rows(.callEvents, parameters).map { row in
            CallEvent(
                event: try row.int64("load_id"), callDate: try row.day("business_date"),
                account: try row.text("account"), kind: try row.text("event"),
                amount: try row.amount("amount", Int(try row.int16("minor_unit_decimals"))),
                currency: try row.text("currency"), reverses: try row.int64OrNull("reversed_load_id"),
                reason: try row.text("reason"), recordedBy: try row.text("loaded_by"),
                recordedAt: try row.text("loaded_at"))
        }
    }

    /// What a run called, account by account, with what was met of it since.
    package func standingCalls(ofRun run: Int64) throws -> [(account: AccountCode, call: StandingCall)] {
        try connection.rows(.calledAccounts, [.int64(run)]).map { row in
            let currency = Currency(
                code: try row.currency("call_currency"), decimals: Int(try row.int16("minor_unit_decimals")))
            func money(_ column: Row.Column) throws -> Money {
                Money(rounding: try row.decimal(column), currency: currency)
            }
            return (
                try row.code("account"),
                StandingCall(
                    amount: try money("call_amount"), unpaidVariationMargin: try money("unpaid_variation_margin"),
                    met: try money("met_amount"))
            )
        }
    }

    /// Makes the rows of `variation_margin_owed` of a date say what is given, as the session's login: an amount an
    /// account and currency. Returns the load; nil where they said so already.
    /// - Throws: `CallRefusal` where an account's debt was brought by anybody else.
    package func carry(_ owed: [(account: AccountCode, amount: Money)], to date: BusinessDate) throws -> Int64? {
        let parameters: [Value] = [
            date.value, .textArray(owed.map(\.account.text)),
            .textArray(owed.map { "\($0.amount.currency.code)" }),
            .textArray(owed.map { $0.amount.amount.text(decimals: $0.amount.currency.decimals) }), .text(Self.source),
        ]
        let row = try CallRefusal.naming { () throws(PostgresError) in try connection.one(.carryOwed, parameters) }
        return try row.int64OrNull("load_id")
    }

    /// Whether anything is recorded, up to a load, of the call of a night up to a date.
    package func isFollowed(pin: Int64, _ date: BusinessDate) throws -> Bool {
        try connection.one(.callsAreFollowed, [.int64(pin), date.value]).bool("is_followed")
    }
}

extension Row {
    /// A date as it is written.
    fileprivate func day(_ column: Column) throws -> String { "\(BusinessDate(dayNumber: try date(column)))" }

    /// An amount with its currency's decimals.
    fileprivate func amount(_ column: Column, _ decimals: Int) throws -> String {
        try decimal(column).text(decimals: decimals)
    }
}
