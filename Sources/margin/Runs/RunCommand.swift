import ArgumentParser
import ClearingModel
import Commands
import EndOfDay
import Foundation
import Operations
import Runtime
import TextFiles

/// `margin run`: the night, stage by stage, and its publication.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run every stage of a business date that is not complete, then publish.",
        discussion: """
            What margin rerun has made waits for somebody to look at it: margin publish alone publishes it, and this \
            command ends with 66.
            """)

    @OptionGroup var options: StageOptions

    @Option(help: "Why the run is made; kept in the ledger.")
    var reason = ""

    func run() async throws {
        try await reportingFailures {
            let session = try await Session.start(quiet: options.quiet)
            let database = try session.connect()
            if options.speaks { say("business date \(options.date), cycle \(options.cycle)") }
            let runner = try StageRunner(
                database, businessDate: options.date, cycle: options.cycle, settings: options.settings(reason: reason)
            )
            defer { try? runner.unlock() }
            var stages: [StageOutcome] = []
            let context = try await options.measuring(database) {
                try await runner.runEveryStage { outcome in
                    stages.append(outcome)
                    if options.speaks { say(outcome.line) }
                }
            }
            let status = try StageRunner.status(of: context, database)
            let summary = try RunSummary.load(context, from: database)
            let ended = try EndedOverrides.found(by: context, from: database)
            if options.json {
                say(
                    try JSONText.document(
                        RunDocument(
                            options, context, status: status, stages, calls: summary, overridesEnded: ended)))
            }
            guard options.speaks else { return }
            for line in ended { print("look: \(line)") }
            if status != .published {
                print("\(context.title) is complete and waits for another person")
                let next = try runner.publication(of: context.number)
                print("next: \(next)\(options.reportsElsewhere)" + (next.hasSuffix(" NAME") ? "" : ", as that person"))
                return
            }
            print("\(context.title) is published")
            for line in summary.lines { print("  \(line)") }
            let folder = URL(fileURLWithPath: options.reports).path
            print("reports: \(folder)/\(options.date)/\(options.cycle)/current")
        }
    }
}
