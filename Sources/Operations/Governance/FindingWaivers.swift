import ClearingModel
import EndOfDay
import Monitoring
import Quantities
import Runtime
import Storage

/// Waives findings that are there, and approves waivers of others.
package struct FindingWaivers {
    private let database: Database

    package init(_ database: Database) { self.database = database }

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
                    "\(waiver) \(one.businessDate) \(one.cycle) \(one.rule), \(one.rowKey), by \(one.waivedBy), "
                        + "loaded by \(one.loadedBy): \(one.reason)",
                    "  at \(one.loadedAt)" + (approvedBy.map { ", approved by \($0)" } ?? ""),
                    "  for \(one.table), \(one.column) “\(one.value)” and no other value",
                ]
                    + findings.filter { $0.isOf(one) }.map { finding in
                        let isAnother = finding.value != one.value
                        return "  \(isAnother ? "does not apply: now " : "")\(finding.text)"
                    }
            }
        }
    }

    /// Waives the findings of a rule about a row, each at the value that the newest run of the date and cycle found, as
    /// the session's login.
    /// - Throws: `Failure` 66 if that run has no such finding; 65 where no waiver lets a night pass it, or where it is
    ///   waived already; 64 for an empty reason.
    package func waive(
        _ date: BusinessDate, _ cycle: Cycle, rule: String, rowKey: String, reason: String
    ) throws -> Shown {
        if reason.allSatisfy(\.isWhitespace) { throw Failure(.usage, "--reason says why, and is empty") }
        try RunContext.refuseArchived(date, as: .inputRejected, from: database)
        let rules =
            DataGate.all.map(\.rule) + MonitoringRule.allCases.map(\.rawValue) + [NextNightForecast.rule]
        guard rules.contains(rule) else {
            throw Failure(
                .inputMissing, "there is no rule \(rule)",
                hint: (Failure.nearest(to: rule, among: rules).map { "is \($0) meant? " } ?? "")
                    + "margin findings \(cycle.options(on: date))")
        }
        let found = try findings(of: date, cycle).filter { $0.rule == rule && $0.rowKey == rowKey }
        guard !found.isEmpty else {
            throw Failure(
                .inputMissing,
                "the newest run of \(date) \(cycle) has no finding of \(rule) about “\(rowKey)”",
                hint: "margin findings \(cycle.options(on: date))")
        }
        if let essential = found.first(where: \.isEssential) {
            throw Failure(
                .inputRejected,
                "no waiver lets a night pass \(rule): no figure could be right: \(essential.message)",
                hint: "mend the row, then the night again; docs/operations.md, Data gates")
        }
        // One of several may be waived already; where all are, the database says by whom.
        let notWaived = found.filter { $0.waivedBy == nil || $0.waivedValue != nil }
        let open = notWaived.isEmpty ? found : notWaived
        do {
            let number = try database.atomically {
                try WaiverStore(database).waive(
                    date, cycle: cycle, rule: rule, rowKey: rowKey, at: open.map(\.cell), reason: reason)
            }
            return try shown(number)
        } catch GovernanceRefusal.waivedAlready(let sentence) {
            throw Failure(
                .inputRejected, "\(rule), \(rowKey): \(sentence)",
                hint: "margin findings \(cycle.options(on: date))")
        }
    }

    /// A load of waivers by its number.
    /// - Throws: `Failure` 66 if there is none.
    package func shown(_ number: Int64) throws -> Shown {
        let waivers = try WaiverStore(database).waivers(of: number)
        if waivers.isEmpty {
            throw Failure(
                .inputMissing, "there is no waiver \(number)", hint: "margin findings --business-date D")
        }
        let dates = Set(waivers.compactMap { BusinessDate($0.businessDate) }).sorted()
        let isRequired = try ParameterGovernance(database).rules().contains {
            $0.rule == "waiver_approval" && $0.isRequired
        }
        return Shown(
            waiver: number, waivers: waivers,
            findings: try dates.flatMap { date in
                try Cycle.allCases.flatMap { cycle in
                    let there = waivers.filter { $0.businessDate == "\(date)" && $0.cycle == cycle }
                    return try there.isEmpty
                        ? [] : findings(of: date, cycle).filter { found in there.contains { found.isOf($0) } }
                }
            },
            needsApproval: isRequired && waivers.contains { $0.approvedBy == nil },
            approvedBy: waivers.compactMap(\.approvedBy).first, next: try dates.flatMap { try next($0) })
    }

    /// What the newest run of a date and cycle found.
    private func findings(of date: BusinessDate, _ cycle: Cycle) throws -> [ShownFinding] {
        guard let run = try RunLedger(database).newestRun(date, cycle: cycle) else { return [] }
        return try ShownFinding.all(of: run.id, date, cycle, from: database)
    }

    /// What goes on with the runs that were stopped on a date; without one, what tells.
    private func next(_ date: BusinessDate) throws -> [String] {
        let stopped = try Cycle.allCases.compactMap { cycle in
            try RefusedRun.newest(date, cycle, from: database).map {
                cycle.start(on: date, forReview: $0.awaitsReview)
            }
        }
        return stopped.isEmpty ? ["margin plan --business-date \(date)"] : stopped
    }
}

extension ShownFinding {
    /// Where it is, with the value it has there.
    fileprivate var cell: WaiverStore.Cell { WaiverStore.Cell(table: table, column: column, value: value) }

    /// Whether a waiver is about its rule, row and column, whatever the value.
    fileprivate func isOf(_ waiver: Waiver) -> Bool {
        rule == waiver.rule && table == waiver.table && rowKey == waiver.rowKey && column == waiver.column
    }
}
