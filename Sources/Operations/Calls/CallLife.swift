import ClearingModel
import EndOfDay
import MarginCalls
import Quantities
import Runtime
import Storage

/// The life of a call: how the calls of nights stand, what is recorded of them, and what they leave owed
/// (docs/methodology.md §11.7).
package struct CallLife {
    private let database: Database
    private let store: CallEventStore

    package init(_ database: Database) {
        self.database = database
        store = CallEventStore(database)
    }

    /// What was recorded, and how the account's call stands since.
    package struct Recorded: Sendable, Encodable {
        package let event: Int64
        package let call: OpenCall?
        /// The command that follows.
        package let next: String
    }

    /// Records an event of the call of a published night, as the session's login.
    /// - Throws: `Failure` 66 where the night is not published or calls nothing of the account; 65 for an amount above
    ///   what is open or with more decimals than the currency has, a second acknowledgement, and what cannot be
    ///   reversed.
    package func record(
        _ event: NewCallEvent, of account: AccountCode, on date: BusinessDate, reason: String
    ) throws -> Recorded {
        try RunContext.refuseArchived(date, as: .inputRejected, from: database)
        let number: Int64
        do {
            number = try database.atomically { try store.record(event, of: account, on: date, reason: reason) }
        } catch let refusal as CallRefusal {
            throw Self.failure(refusal, account: account, on: date)
        }
        return Recorded(
            event: number,
            call: try store.openCalls(on: date).first { $0.account == account.text && $0.callDate == "\(date)" },
            next: "margin call list --business-date \(date) --account \(account)")
    }

    private static func failure(_ refusal: CallRefusal, account: AccountCode, on date: BusinessDate) -> Failure {
        let list = "margin call list --business-date \(date)"
        return switch refusal.rule {
        case .notPublished:
            Failure(.inputMissing, refusal.description, hint: NextCommand.status.line(date, .endOfDay))
        case .notCalled: Failure(.inputMissing, refusal.description, hint: list)
        case .aboveOpen, .tooManyDecimals, .acknowledgedAlready, .notReversible, .owedAlready:
            Failure(.inputRejected, refusal.description, hint: "\(list) --account \(account)")
        }
    }

    /// Makes what the calls of the business date before leave owed an input of a date, as the session's login.
    /// - Throws: `Failure` 66 where that night is not published; 65 for a date that is no business day, and for an
    ///   account whose debt of the date was brought by anybody else.
    package func carry(to date: BusinessDate) throws -> CarriedCalls {
        try RunContext.refuseArchived(date, as: .inputRejected, from: database)
        let calendar = try BusinessCalendar.load(pinnedAt: .max, from: database)
        guard let night = calendar.previous(before: date), calendar.next(after: night) == date else {
            throw Failure(
                .inputRejected, "\(date) is no business day that another precedes",
                hint: "margin doctor --business-date \(date)")
        }
        let run = try RunContext.find(night, cycle: .endOfDay, number: nil, from: database)
        return try database.atomically {
            let owed = try store.standingCalls(ofRun: run.run).map { ($0.account, $0.call) }
                .filter { $0.1.stillOwed.minorUnits > 0 }
            do {
                let load = try store.carry(owed.map { (account: $0.0, amount: $0.1.stillOwed) }, to: date)
                return CarriedCalls(
                    businessDate: "\(date)", callDate: "\(night)", run: run.number, load: load,
                    owed: owed.map { CarriedCalls.Owed($0.0, $0.1) })
            } catch let refusal as CallRefusal {
                throw Failure(
                    .inputRejected, "nothing is carried: \(refusal.description)",
                    hint: "a debt is counted once; margin correct row variation_margin_owed --withdraw takes it back")
            }
        }
    }
}

/// What calls of a night leave owed on the next.
package struct CarriedCalls: Sendable, Encodable {
    /// The debt of one account.
    package struct Owed: Sendable, Encodable {
        package let account: String
        package let currency: String
        /// Amounts with the currency's decimals.
        package let callAmount: String
        package let unpaidVariationMargin: String
        package let metAmount: String
        package let stillOwed: String

        init(_ account: AccountCode, _ call: StandingCall) {
            func text(_ amount: Money) -> String { amount.amount.text(decimals: amount.currency.decimals) }
            self.account = account.text
            currency = "\(call.amount.currency.code)"
            callAmount = text(call.amount)
            unpaidVariationMargin = text(call.unpaidVariationMargin)
            metAmount = text(call.met)
            stillOwed = text(call.stillOwed)
        }
    }

    package let businessDate: String
    package let callDate: String
    package let run: Int32
    /// The load with the rows that were added, changed or taken back; nil where the date's rows said so already.
    package let load: Int64?
    package let owed: [Owed]

    /// What is owed, a line an account, and what was done.
    package var lines: [String] {
        owed.map {
            "\($0.account): still owed \($0.stillOwed) \($0.currency) of the call of \(callDate): min(unpaid variation "
                + "margin \($0.unpaidVariationMargin), call \($0.callAmount)) − met \($0.metAmount)"
        } + [
            load.map { "variation_margin_owed of \(businessDate) says so, load \($0)" }
                ?? "variation_margin_owed of \(businessDate) says so already: nothing is loaded"
        ]
    }
}
