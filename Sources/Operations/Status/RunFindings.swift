import ClearingModel
import EndOfDay
import Quantities
import Runtime
import Storage

/// What the data gates found in one run, a void one too.
package struct RunFindings: Sendable, Encodable {
    package let businessDate: String
    package let cycle: Cycle
    package let run: Int32
    /// building, complete, published, superseded or void.
    package let status: RunStatus
    package let findings: [ShownFinding]

    /// The findings of a run by its number, or of the newest of the date and cycle, void or not.
    /// - Throws: `Failure` 66 if there is no such run, or its results are archived.
    package static func load(
        _ date: BusinessDate, _ cycle: Cycle, number: Int32?, from database: Database
    ) throws -> RunFindings {
        let ledger = RunLedger(database)
        let found =
            try number.map { try ledger.run(date, cycle: cycle, number: $0) }
            ?? ledger.newestRun(date, cycle: cycle)
        guard let run = found else {
            throw Failure(
                .inputMissing, "there is no run \(number.map { "\($0) " } ?? "")of \(date) \(cycle)",
                hint: "margin status --business-date \(date)")
        }
        try RunContext.refuseArchived(date, as: .inputMissing, from: database)
        return RunFindings(
            businessDate: "\(date)", cycle: cycle, run: run.number, status: run.status,
            findings: try ShownFinding.all(of: run.id, date, cycle, from: database))
    }

    /// What the run is, then a line a finding with who waived it and how it is waived.
    package var lines: [String] {
        let blocking = findings.filter(\.isBlocking).count
        let title = "\(businessDate) \(cycle) run \(run), \(status): "
        if findings.isEmpty { return [title + "no finding"] }
        return [title + "\(plural(Int64(findings.count), "finding")), \(blocking) blocking"]
            + findings.flatMap { finding in
                let state = finding.isWaived ? "waived" : finding.severity
                let reason = finding.waiverReason.map { reason in
                    "    waived\(finding.isWaivedSince ? " since" : "")"
                        + "\(finding.waivedBy.map { " by \($0)" } ?? ""): \(reason)"
                }
                return ["  \(state)  \(finding.text)"] + [reason, finding.waive.map { "    \($0)" }].compactMap(\.self)
            }
    }
}
