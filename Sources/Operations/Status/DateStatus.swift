import ClearingModel
import EndOfDay
import Foundation
import Quantities
import Runtime
import Storage

/// A business date at a glance: its runs, their stages, calls and findings, the deadline, and what to do next.
package struct DateStatus: Encodable {
    /// A cycle and what its operator does next.
    package struct Next: Encodable {
        package let cycle: Cycle
        /// In words why; one line.
        package let because: String
        /// The command, or nil where nothing is to be done.
        package let command: String?
        /// The findings that stopped the newest run; nil where none did.
        package let blocking: [ShownFinding]?
    }

    package let businessDate: String
    /// UTC, as `2018-12-31T19:30:00Z`; nil where none is configured.
    package let deadline: String?
    /// met, missed, or open while it lies ahead; nil where none is configured.
    package let deadlineState: String?
    package let runs: [RunOverview]
    package let next: [Next]

    /// Reads a date's runs; `now` is seconds since 1970 and only compared with the deadline.
    package static func load(
        _ date: BusinessDate, now: Int64, reports: String, from database: Database
    ) throws -> DateStatus {
        let runs = try RunOverview.all(of: date, from: database)
        let due = Deadline.configured?.secondsSince1970(date)
        let published = runs.filter { $0.cycle == .endOfDay }.compactMap(\.publishedEpoch).min()
        let cycles = Cycle.allCases.filter { cycle in
            cycle == .endOfDay || runs.contains { $0.cycle == cycle }
        }
        return DateStatus(
            businessDate: "\(date)",
            deadline: due.map { Date(timeIntervalSince1970: TimeInterval($0)).ISO8601Format() },
            deadlineState: due.map { due in
                if let published { return published <= due ? "met" : "missed" }
                return now < due ? "open" : "missed"
            },
            runs: runs,
            next: try cycles.map { cycle in
                try next(date, cycle, runs.last { $0.cycle == cycle }, reports: reports, from: database)
            })
    }

    private static func next(
        _ date: BusinessDate, _ cycle: Cycle, _ newest: RunOverview?, reports: String, from database: Database
    ) throws -> Next {
        func say(_ because: String, _ command: String?, blocking: [ShownFinding]? = nil) -> Next {
            Next(cycle: cycle, because: because, command: command, blocking: blocking)
        }
        // What margin rerun has made, margin rerun goes on with.
        let command = cycle.start(on: date, forReview: newest?.awaitsReview == true && newest?.status != .published)
        if try RunLedger(database).lockHolders(RunLock(businessDate: date, cycle: cycle).key) > 0 {
            return say("a process is at work on it: wait", nil)
        }
        guard let newest else {
            if let reason = try RunPlan.whyNoRun(of: date, from: database) {
                return say("no run yet: \(reason)", "margin load calendar_date FILE.csv")
            }
            return say("no run yet", command)
        }
        if let archive = try ArchiveStore(database).archive(holding: date) {
            return say("archived in \(archive.folder)", "margin archive --restore \(archive.folder)")
        }
        let last = newest.executions.last
        switch newest.status {
        case .void:
            guard let refused = try RefusedRun.newest(date, cycle, from: database) else {
                return say("run \(newest.run) was given up", command)
            }
            let since = refused.changed.map { "; inputs were loaded since: \($0)" } ?? "; \(refused.remedy)"
            return say(
                "findings block: \(refused.rules.joined(separator: ", "))\(since)", command, blocking: refused.blocking)
        case .building where last?.status == .failed:
            return say("\(last?.stage.rawValue ?? "a stage") failed; mend what its error says", command)
        case .building where last?.status == .running:
            return say("\(last?.stage.rawValue ?? "a stage") was killed; the next start goes on", command)
        case .building: return say("run \(newest.run) is not finished", command)
        case .published:
            if let fault = CurrentLink.fault(date, cycle, run: newest.run, reports: reports) {
                return say(
                    "run \(newest.run) is published and readers do not see it: \(fault)",
                    NextCommand.publish.line(date, cycle, "--run \(newest.run)"))
            }
        default: break
        }
        guard let run = try RunLedger(database).run(newest.id) else { return say("no run yet", command) }
        if let stale = try RunLedger(database).staleInput(of: run, date, cycle) {
            return say("inputs were loaded since: \(stale)", command)
        }
        if newest.status != .complete {
            return say("run \(newest.run) is published and its inputs are current", nil)
        }
        return try publication(of: run, date, cycle, from: database, say: { say($0, $1) })
    }

    /// What a complete run waits for: an approval, somebody who looks at it, or nothing but its publication.
    private static func publication(
        of run: RunRow, _ date: BusinessDate, _ cycle: Cycle, from database: Database,
        say: (String, String?) -> Next
    ) throws -> Next {
        let options = cycle.options(on: date)
        let waiting = try UnapprovedInputs(of: run.id, from: database)
        if let command = waiting.commands.first {
            return say("run \(run.number) is complete and not published: not approved: \(waiting.text)", command)
        }
        let publish = try NextCommand.publication(of: run.number, date, cycle, from: database)
        let waits = publish.hasSuffix(" --as NAME") ? ", and waits for another person than who computed it" : ""
        guard run.awaitsReview else {
            return say(
                "run \(run.number) is complete and not published\(waits)",
                waits.isEmpty ? "margin publish \(options)" : publish)
        }
        let base = try run.base.flatMap { try RunLedger(database).run($0) }
        let look = base.map { ": margin diff \(options) --runs \($0.number),\(run.number)" } ?? ""
        return say(
            "run \(run.number) is a rerun that waits to be looked at\(waits)\(look)", publish)
    }

    /// One screen of text.
    package var lines: [String] {
        var lines = [
            "business date \(businessDate)" + (deadline.map { ", deadline \($0), \(deadlineState ?? "")" } ?? "")
        ]
        if runs.isEmpty { lines.append("no run of \(businessDate)") }
        for run in runs {
            let isNewest = !runs.contains { $0.cycle == run.cycle && $0.run > run.run }
            lines.append(Self.title(run))
            guard isNewest || run.status == .published else { continue }
            lines += Self.stages(run) + Self.calls(run) + Self.findings(run)
        }
        for step in next {
            lines.append("next, \(step.cycle): \(step.because)")
            lines += RefusedRun.lines(of: step.blocking ?? [])
            if let command = step.command { lines.append("  \(command)") }
        }
        return lines
    }

    private static func title(_ run: RunOverview) -> String {
        "\(run.cycle) run \(run.run): \(run.status)"
            + ((run.status == .superseded ? run.supersededAt : run.publishedAt).map { " \($0)" } ?? "")
            + (run.awaitsReview && [.building, .complete].contains(run.status) ? ", a rerun" : "")
            + ", parameter set \(run.parameterSet ?? "none"), inputs up to load \(run.inputsUpToLoad ?? 0)"
            + (run.reason.isEmpty ? "" : ", because: \(run.reason)")
    }

    /// Every stage with its newest execution; those that have none are waiting.
    private static func stages(_ run: RunOverview) -> [String] {
        Stage.allCases.flatMap { stage in
            let tries = run.executions.filter { $0.stage == stage }
            guard let last = tries.last else { return ["  " + padded(stage.rawValue, 14) + "waiting"] }
            let line =
                "  " + padded(stage.rawValue, 14) + padded(last.status.rawValue, 10) + aligned(last.seconds, 10) + " s"
                + (last.rows.map { aligned("\($0)", 12) + " rows" } ?? "")
                + (tries.count > 1 ? ", try \(tries.count)" : "")
            return [line] + (last.error?.wrapped(to: ReaderWidth.output, indent: "      ") ?? [])
        }
    }

    private static func calls(_ run: RunOverview) -> [String] {
        run.calls.map { calls in
            "  \(calls.currency)  called \(calls.called) from \(calls.accountsCalled) of \(calls.accounts) accounts, "
                + "margin required \(calls.marginRequired), collateral \(calls.collateral)" + calls.withoutCallRule
        }
    }

    private static func findings(_ run: RunOverview) -> [String] {
        if run.findings.isEmpty { return [] }
        let rules = run.findings.map { rule in
            "\(rule.rule) \(rule.findings) \(rule.severity)" + (rule.waived > 0 ? " (\(rule.waived) waived)" : "")
        }
        return ["  findings: \(rules.joined(separator: ", "))"]
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    private static func aligned(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(1, width - text.count)) + text
    }
}

extension RunOverview.Calls {
    /// Says how many accounts have no call rule; empty where each has one.
    fileprivate var withoutCallRule: String {
        switch accountsWithoutCallRule {
        case 0: ""
        case 1: "; 1 account has no call rule"
        case let count: "; \(count) accounts have no call rule"
        }
    }
}

/// The three numbers of a published night that matter, for every call currency; as JSON the list of them.
package struct RunSummary: Encodable {
    private let calls: [RunOverview.Calls]

    /// A line for each call currency.
    package var lines: [String] {
        calls.map { calls in
            "\(calls.currency): margin required \(calls.marginRequired), collateral \(calls.collateral), called "
                + "\(calls.called) from \(calls.accountsCalled) of \(calls.accounts) accounts" + calls.withoutCallRule
        }
    }

    package func encode(to encoder: any Encoder) throws { try calls.encode(to: encoder) }

    /// Sums a run's calls by call currency; no line where nothing was called for.
    package static func load(_ context: RunContext, from database: Database) throws -> RunSummary {
        RunSummary(calls: try RunOverview.calls(of: context.run, from: database))
    }
}
