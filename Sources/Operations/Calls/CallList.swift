import ClearingModel
import EndOfDay
import Quantities
import Runtime
import Storage

/// How calls stand on the evening of a date, with what was recorded of them.
package struct CallList: Sendable, Encodable {
    package let businessDate: String
    /// The newest night's, and those before that were never met; by member, account and night, the newest first.
    package let calls: [OpenCall]
    /// Of the date itself: what a later run of it replaced.
    package let cancelled: [CancelledCall]
    package let events: [CallEvent]

    /// The calls of a date, of one member or account where it is named.
    /// - Throws: `Failure` 66 where no night up to the date is published.
    package static func load(
        _ date: BusinessDate, member: String?, account: String?, from database: Database
    ) throws -> CallList {
        try RunContext.refuseArchived(date, as: .inputMissing, from: database)
        let store = CallEventStore(database)
        func isAsked(_ ofMember: String, _ ofAccount: String) -> Bool {
            (member ?? ofMember) == ofMember && (account ?? ofAccount) == ofAccount
        }
        let calls = try store.openCalls(on: date).filter { isAsked($0.member, $0.account) }
        let cancelled = try store.cancelledCalls(on: date).filter { isAsked($0.member, $0.account) }
        let first = calls.compactMap { BusinessDate($0.callDate) }.min() ?? date
        let named = Set(calls.map { "\($0.callDate) \($0.account)" } + cancelled.map { "\(date) \($0.account)" })
        let events = try store.events(from: min(first, date), through: date, of: account.map { AccountCode($0) })
            .filter { named.contains("\($0.callDate) \($0.account)") }
        return CallList(businessDate: "\(date)", calls: calls, cancelled: cancelled, events: events)
    }

    /// A line a call; with `withEvents` what was recorded below it.
    package func lines(withEvents: Bool) -> [String] {
        if calls.isEmpty, cancelled.isEmpty { return ["business date \(businessDate): no call is open"] }
        let open = calls.filter { $0.state != "met" }
        return ["business date \(businessDate): \(plural(Int64(calls.count), "call")), \(open.count) not met"]
            + calls.flatMap { call in
                [call.line]
                    + (withEvents
                        ? events.filter { $0.callDate == call.callDate && $0.account == call.account }.map(\.line) : [])
            }
            + cancelled.map {
                "  \($0.account) \(businessDate) run \($0.run): called \($0.callAmount) \($0.callCurrency), cancelled: "
                    + "run \($0.cancelledByRun) calls \($0.callAmountSince)"
            }
    }
}

extension OpenCall {
    /// The call in one line: account and night, amounts, state and age.
    package var line: String {
        let words = state.replacing("_", with: " ")
        let age = ageDays == 0 ? "" : ", \(plural(ageDays, "business day")) old"
        let taken = takenUpOn.map { ", taken up by the call of \($0)" } ?? ""
        return "  \(account) \(callDate): called \(callAmount) \(callCurrency), met \(metAmount), open \(openAmount), "
            + "due \(dueDate): \(words)\(age)\(taken)"
    }
}

extension CallEvent {
    /// The event in one line: number, what, by whom, when and why.
    fileprivate var line: String {
        let what =
            switch kind {
            case "met": "met \(amount) \(currency)"
            case "reversed": "reversed event \(reverses.map(String.init) ?? ""), \(amount) \(currency)"
            default: kind
            }
        return "    event \(event): \(what), by \(recordedBy) at \(recordedAt)" + (reason.isEmpty ? "" : ": \(reason)")
    }
}
