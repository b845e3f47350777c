import ClearingModel
import Quantities
import Runtime
import Storage

/// When an override ends that was asked for until a day: it is of its parameter set, and does not follow into the next
/// (decision 0033).
package struct OverrideEnd: Sendable {
    /// The last day it holds: the one asked for, or the day before the next approved set takes effect.
    package let expiresOn: BusinessDate
    /// The approved set that ends it before the day that was asked for; nil where none does.
    package let endedBy: ParameterSetCode?
    /// The first business day of that set, on which its row would have to be overridden in its turn.
    package let nextDay: BusinessDate?
    private let asked: BusinessDate
    /// Sets that would end it once they are approved.
    private let proposed: [(set: ParameterSetCode, effectiveFrom: BusinessDate)]

    /// - Throws: `Failure` 65 where another approved set is in force on its first day already: it would never hold.
    package init(
        of set: ParameterSetCode, from first: BusinessDate, until asked: BusinessDate, _ database: Database
    ) throws {
        self.asked = asked
        let later = try ParameterGovernance(database).sets(after: set, through: asked)
        guard let next = later.first(where: \.isApproved) else {
            expiresOn = asked
            endedBy = nil
            nextDay = nil
            proposed = later.map { ($0.set, $0.effectiveFrom) }
            return
        }
        guard next.effectiveFrom > first else {
            throw Failure(
                .inputRejected,
                "parameter set \(set) is not in force on \(first): \(next.set) holds from \(next.effectiveFrom), "
                    + "so that the override would never count",
                hint: "leave --parameter-set out to override the set in force")
        }
        expiresOn = next.effectiveFrom.adding(days: -1)
        endedBy = next.set
        let calendar = try BusinessCalendar.load(pinnedAt: .max, from: database)
        nextDay = calendar.next(after: expiresOn).flatMap { $0 <= asked ? $0 : nil }
        proposed = later.prefix { !$0.isApproved }.map { ($0.set, $0.effectiveFrom) }
    }

    /// Until when it holds and what ends it, as the operator reads it.
    package func lines(_ period: OverridePeriod) -> [String] {
        var lines = ["holds from \(period.validFrom) to \(period.expiresOn); "]
        if let endedBy {
            lines[0] += "then parameter set \(endedBy) is in force, and the override does not follow into it"
            lines.append("  asked for until \(asked): not reached")
        } else {
            lines[0] += "then the set's own row holds again"
        }
        return lines
            + proposed.map {
                "  parameter set \($0.set) is proposed from \($0.effectiveFrom): once approved, it ends the override "
                    + "then"
            }
    }
}
