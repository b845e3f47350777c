import ClearingModel
import Quantities
import Storage

/// The newest run of a date and cycle, where the data gates have stopped it.
package struct RefusedRun: Sendable {
    package let number: Int32
    /// Whether `margin rerun` made it.
    package let awaitsReview: Bool
    /// The findings that stopped it, at least one.
    package let blocking: [ShownFinding]
    /// The first input that was loaded since: the next start looks again. Nil where it would be stopped again.
    package let changed: String?

    /// Nil where the newest run of the date and cycle was not stopped by a finding; nothing is written.
    package static func newest(
        _ date: BusinessDate, _ cycle: Cycle, from database: Database
    ) throws -> RefusedRun? {
        let ledger = RunLedger(database)
        guard let run = try ledger.newestRun(date, cycle: cycle), run.status == .void else { return nil }
        let blocking = try ShownFinding.all(of: run.id, date, cycle, from: database).filter(\.isBlocking)
        guard !blocking.isEmpty else { return nil }
        return RefusedRun(
            number: run.number, awaitsReview: run.awaitsReview, blocking: blocking,
            changed: try ledger.staleInput(of: run, date, cycle))
    }

    /// `1 finding blocks`, with its rules.
    package var summary: String {
        (blocking.count == 1 ? "1 finding blocks: " : "\(blocking.count) findings block: ")
            + rules.joined(separator: ", ")
    }

    /// What is done with the findings; waiving only where some may be waived.
    package var remedy: String { blocking.contains { $0.waive != nil } ? "mend or waive them" : "mend them" }

    /// What comes before the next start: nothing where inputs were loaded since.
    package var whatFirst: String { changed == nil ? "\(remedy), then: " : "" }

    /// The rules that found something, each once, in the order of the findings.
    package var rules: [String] {
        blocking.map(\.rule).reduce(into: []) { rules, rule in if !rules.contains(rule) { rules.append(rule) } }
    }

    /// Each finding, at most twenty, and below it how it is waived.
    package var lines: [String] { Self.lines(of: blocking) }

    /// Each of some findings, at most twenty, and below it how it is waived.
    package static func lines(of blocking: [ShownFinding]) -> [String] {
        blocking.prefix(20).flatMap { finding in
            ["  " + finding.text]
                + (finding.waive.map { ["    if it is right as it is: \($0)"] }
                    ?? (finding.isWaivedSince
                        ? ["    waived since by \(finding.waivedBy ?? "?"): \(finding.waiverReason ?? "")"] : []))
        } + (blocking.count > 20 ? ["  … and \(blocking.count - 20) more"] : [])
    }
}
