import ArgumentParser
import ClearingModel
import Commands
import EndOfDay
import Foundation
import Quantities
import Runtime
import Storage
import TextFiles

/// `margin plan`: what the next start would do, and why.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Show which stages are stale, why, and what stands.")

    @OptionGroup var options: StageOptions

    func run() async throws {
        try await reportingFailures {
            let database = try await Session.start(quiet: options.quiet).connect()
            let runner = try StageRunner(
                database, businessDate: options.date, cycle: options.cycle, settings: options.settings(),
                isReading: true)
            defer { try? runner.unlock() }
            let plan = try await options.measuring(database) { try runner.plan() }
            let waiting = plan.isCurrent ? try runner.linesToPublish() : []
            let whyNoRun = plan.continues == nil ? try RunPlan.whyNoRun(of: options.date, from: database) : nil
            let refused = try RefusedRun.newest(options.date, options.cycle, from: database)
            print(
                options.json
                    ? try plan.json(options, refused)
                    : (plan.lines(options, refused, whyNoRun) + waiting).folded(to: ReaderWidth.columns(STDOUT_FILENO))
                        .joined(separator: "\n").printable)
        }
    }
}

extension RunPlan {
    fileprivate func lines(_ options: StageOptions, _ refused: RefusedRun?, _ whyNoRun: String?) -> [String] {
        let title = "\(options.date) \(options.cycle)"
        if isCurrent { return ["\(title): nothing is stale" + (continues.map { ", run \($0) is current" } ?? "")] }
        var lines = [
            "\(title): " + (continues.map { "run \($0) goes on" } ?? "a new run")
                + (base.map { ", compared with run \($0)" } ?? ", computing everything")
        ]
        lines += steps.map { step in
            let name = step.stage.rawValue.padding(toLength: 12, withPad: " ", startingAt: 0)
            return "  \(name) \(step.what)"
        }
        lines += details
        if let refused {
            lines.append(
                "run \(refused.number) was stopped: \(refused.summary)"
                    + (refused.changed.map { "; inputs were loaded since: \($0)" } ?? "; it would be stopped again"))
            lines += refused.lines
        }
        if let whyNoRun {
            return lines + ["it would be stopped: \(whyNoRun)", "next: margin load calendar_date FILE.csv"]
        }
        // A night that nobody has computed yet is run; one that is there is looked at before it is replaced.
        let isFirst = base == nil && (refused.map { !$0.awaitsReview } ?? (continues == nil))
        lines.append("next: \(options.cycle.start(on: options.date, forReview: !isFirst))")
        return lines
    }

    fileprivate func json(_ options: StageOptions, _ refused: RefusedRun?) throws -> String {
        struct Document: Encodable {
            struct Step: Encodable {
                let stage: Stage
                let state: String
                let causes: [String]
                let secondsExpected: Double?
                let secondsAtMost: Double?
            }
            let businessDate: String
            let cycle: Cycle
            let baseRun: Int32?
            let continuesRun: Int32?
            let isCurrent: Bool
            let stages: [Step]
            let stoppedRun: Int32?
            let blocking: [ShownFinding]
        }
        let document = Document(
            businessDate: "\(options.date)", cycle: options.cycle, baseRun: base, continuesRun: continues,
            isCurrent: isCurrent,
            stages: steps.map { step in
                Document.Step(
                    stage: step.stage, state: step.scope?.rawValue ?? "complete",
                    causes: step.causes.map(\.text),
                    secondsExpected: step.duration.flatMap { $0.isUpperBound ? nil : $0.seconds },
                    secondsAtMost: step.duration.flatMap { $0.isUpperBound ? $0.seconds : nil })
            },
            stoppedRun: refused?.number, blocking: refused?.blocking ?? [])
        return try JSONText.document(document)
    }
}

extension RunPlan {
    /// Below the stages what moves them, each table once, where it does not fit on their lines.
    private var details: [String] {
        guard steps.contains(where: \.hasManyCauses) else { return [] }
        var texts: [String] = []
        for cause in steps.flatMap(\.causes) where !texts.contains(cause.text) { texts.append(cause.text) }
        return ["changed inputs:"] + texts.joined(separator: ", ").wrapped(to: ReaderWidth.output, indent: "  ")
    }
}

extension RunPlan.Step {
    fileprivate var hasManyCauses: Bool { causes.count > 2 }

    fileprivate var what: String {
        let cause =
            hasManyCauses
            ? plural(Int64(causes.count), "changed input") : causes.map(\.text).joined(separator: ", ")
        let seconds =
            duration.map { String(format: ", \($0.isUpperBound ? "at most" : "about") %.1f s", $0.seconds) } ?? ""
        switch scope {
        case nil: return "complete"
        case .reused: return "stands: same inputs"
        case .affected: return "stale, what it moves is computed: \(cause)\(seconds)"
        case .whole: return "to do, whole\(cause.isEmpty ? "" : ": \(cause)")\(seconds)"
        }
    }
}
