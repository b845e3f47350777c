import ArgumentParser
import ClearingModel
import Commands
import EndOfDay
import Quantities
import Runtime
import Storage
import TextFiles

/// `margin publish`: the step that `margin run` ends with, and that a rerun waits for.
struct PublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Publish a complete run: it supersedes the published one in one step.",
        discussion: """
            Refused where inputs have changed since, or where an approval or a second person is still waited for. What \
            margin rerun has made is published by this command alone.
            """)

    @OptionGroup var options: StageOptions

    @Option(name: .customLong("run"), help: "The run's number; the newest complete one if left out.")
    var number: Int32?

    @OptionGroup var login: PersonOption

    func run() async throws {
        try await reportingFailures {
            let database = try await Session.start(quiet: options.quiet).connect(as: login.person)
            let runner = try StageRunner(
                database, businessDate: options.date, cycle: options.cycle, settings: options.settings())
            defer { try? runner.unlock() }
            let (context, moved) = try await options.measuring(database) {
                let context =
                    if let number {
                        try RunContext.find(options.date, cycle: options.cycle, number: number, from: database)
                    } else {
                        try await runner.reportToPublish()
                    }
                return (context, try await runner.publishSurvivingLoss(context))
            }
            if options.json { say(try JSONText.document(RunDocument(options, context, status: .published))) }
            guard options.speaks else { return }
            print("\(context.title) is \(moved ? "published" : "published already")")
        }
    }
}
