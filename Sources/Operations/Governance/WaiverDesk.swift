import ClearingModel
import EndOfDay
import Postgres
import Quantities
import Runtime
import Storage

/// Waives findings that are there, and approves waivers of others.
package struct WaiverDesk {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// The waivers of one load with the findings they are about, as an approver must see them.
    package struct Shown: Sendable, Encodable {
        package let waiver: Int64
        package let waivers: [Waiver]
        /// As the newest runs of the dates have them.
        package let findings: [ShownFinding]
        /// Whether a run that needs it is published only after another person has approved it.
        package let needsApproval: Bool
        package let approvedBy: String?
        /// The commands that follow.
        package let next: [String]

        /// Each waiver with its finding.
        package var lines: [String] {
            waivers.flatMap { one in
                [
                    "\(waiver) \(one.businessDate) \(one.rule), \(one.rowKey), by \(one.waivedBy), loaded by "
                        + "\(one.loadedBy): \(one.reason)",
                    "  at \(one.loadedAt)" + (approvedBy.map { ", approved by \($0)" } ?? ""),
                ]
                    + findings.filter { $0.rule == one.rule && $0.rowKey == one.rowKey }.map { "  \($0.text)" }
            }
        }
    }

    /// Waives a finding of a business date as the session's login.
    /// - Throws: `Failure` 66 if the newest runs of the date have no such finding; 65 where no waiver lets a night pass
    ///   it, or where it is waived already; 64 for an empty reason.
    package func waive(_ date: BusinessDate, rule: String, rowKey: String, reason: String) throws -> Shown {
        if reason.allSatisfy(\.isWhitespace) { throw Failure(.usage, "--reason says why, and is empty") }
        try RunContext.refuseArchived(date, as: .inputRejected, from: connection)
        let rules = DataGate.all.map(\.rule)
        guard rules.contains(rule) else {
            throw Failure(
                .inputMissing, "there is no rule \(rule)",
                hint: (Failure.nearest(to: rule, among: rules).map { "is \($0) meant? " } ?? "")
                    + "margin findings --business-date \(date)")
        }
        guard try findings(of: date).contains(where: { $0.rule == rule && $0.rowKey == rowKey }) else {
            throw Failure(
                .inputMissing, "the newest run of \(date) has no finding of \(rule) about “\(rowKey)”",
                hint: "margin findings --business-date \(date)")
        }
        if DataGate.essentialRules.contains(rule) {
            throw Failure(
                .inputRejected, "no waiver lets a night pass \(rule): no figure could be right",
                hint: "mend the row, then the night again; docs/operations.md, Data gates")
        }
        do {
            let number = try connection.transaction {
                try WaiverStore(connection).waive(date, rule: rule, rowKey: rowKey, reason: reason)
            }
            return try shown(number)
        } catch let error as PostgresError where error.constraint == "finding_is_waived_once" {
            throw Failure(
                .inputRejected, "\(rule), \(rowKey): \(error.message)", hint: "margin findings --business-date \(date)")
        }
    }

    /// A load of waivers by its number.
    /// - Throws: `Failure` 66 if there is none.
    package func shown(_ number: Int64) throws -> Shown {
        let waivers = try WaiverStore(connection).waivers(of: number)
        if waivers.isEmpty {
            throw Failure(
                .inputMissing, "there is no waiver \(number)", hint: "margin findings --business-date D")
        }
        let dates = Set(waivers.compactMap { BusinessDate($0.businessDate) }).sorted()
        let isRequired = try ParameterGovernance(connection).rules().contains {
            $0.rule == "waiver_approval" && $0.isRequired
        }
        let keys = Set(waivers.map { [$0.rule, $0.rowKey] })
        return Shown(
            waiver: number, waivers: waivers,
            findings: try dates.flatMap { try findings(of: $0) }.filter { keys.contains([$0.rule, $0.rowKey]) },
            needsApproval: isRequired && waivers.contains { $0.approvedBy == nil },
            approvedBy: waivers.compactMap(\.approvedBy).first, next: try dates.flatMap { try next($0) })
    }

    /// What the newest runs of a date found, of either cycle.
    private func findings(of date: BusinessDate) throws -> [ShownFinding] {
        try Cycle.allCases.flatMap { cycle -> [ShownFinding] in
            guard let run = try RunLedger(connection).newestRun(date, cycle: cycle) else { return [] }
            return try FindingStore(connection).findings(of: run.id, date).map { ShownFinding($0, on: date) }
        }
    }

    /// What goes on with the runs that were stopped on a date; without one, what tells.
    private func next(_ date: BusinessDate) throws -> [String] {
        let stopped = try Cycle.allCases.compactMap { cycle in
            try RefusedRun.newest(date, cycle, from: connection).map {
                cycle.start(on: date, forReview: $0.awaitsReview)
            }
        }
        return stopped.isEmpty ? ["margin plan --business-date \(date)"] : stopped
    }
}
