import ClearingModel
import Foundation
import Quantities
import Runtime
import Storage

/// The end-of-day run that comes next by the calendar in the database, and when its feed is due: what a scheduler asks
/// that has been named no business date.
package struct NextEndOfDay: Encodable {
    /// How things stand with it.
    package enum State: String, Encodable {
        /// Its feed is not due yet.
        case ahead
        /// Its feed is due, or nobody can say that it is not.
        case due
    }

    package let state: State
    /// The newest business date that is computed; nil where none is.
    package let computed: String?
    /// The business date that comes after it; nil where the calendar ends, or where none is computed.
    package let businessDate: String?
    /// When its feed is due, UTC, as `2018-12-31T17:30:00Z`.
    package let feedDue: String?
    /// When it must be published, UTC; nil where no deadline is configured.
    package let deadline: String?

    /// Reads the ledger and the calendar; `now` is seconds since 1970.
    ///
    /// The feed is due when `feed_due` says so; without that setting when the business date begins where the house is:
    /// a false alarm is seen, a false "nothing to do" is not.
    package static func load(now: Int64, from database: Database) throws -> NextEndOfDay {
        let night = try NewestRuns.byCycle(from: database)[Cycle.endOfDay.rawValue]
        let calendar = try BusinessCalendar.load(
            pinnedAt: try RunLedger(database).lastLoadSeen(), from: database)
        let next = night?.computed.flatMap { calendar.next(after: $0) }
        let due = next.map { (Deadline.feedDue ?? .midnight(in: Deadline.houseZone)).secondsSince1970($0) }
        return NextEndOfDay(
            state: due.map { now < $0 ? .ahead : .due } ?? .due, computed: (night?.computed).map { "\($0)" },
            businessDate: next.map { "\($0)" }, feedDue: due.map(Self.utc),
            deadline: next.flatMap { next in Deadline.configured.map { Self.utc($0.secondsSince1970(next)) } })
    }

    private static func utc(_ seconds: Int64) -> String {
        Date(timeIntervalSince1970: TimeInterval(seconds)).ISO8601Format()
    }

    /// One line: why nothing is to be done.
    package var line: String {
        "the night of \(computed ?? "none") is computed; the feed of \(businessDate ?? "none") is due at "
            + (feedDue ?? "none")
    }

    /// Throws 66 where a night is due that nobody has computed.
    package func requireAhead() throws(Failure) {
        guard state == .due else { return }
        guard let computed else {
            throw Failure(
                .inputMissing, "no night has been computed yet, so that nothing says which one is due",
                hint: "margin run --business-date D, or see why the feed names no date")
        }
        guard let businessDate, let feedDue else {
            throw Failure(
                .inputMissing, "the calendar ends with \(computed): nothing says which night is due",
                hint: "margin load calendar_date FILE.csv")
        }
        throw Failure(
            .inputMissing,
            "the night of \(businessDate) is not computed: its feed was due at \(feedDue); the newest is \(computed)",
            hint: "see why the feed is late; with its tables loaded: margin run --business-date \(businessDate)")
    }
}
