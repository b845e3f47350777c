import ArgumentParser
import Commands
import EndOfDay
import Quantities
import Storage

/// `margin status`: the runs of a business date on one screen.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show the runs of a business date.")

    @Option(help: "The business date.")
    var businessDate: BusinessDate

    func run() async throws {
        try await reportingFailures {
            let connection = try await Session.start().connect()
            try Migrator(connection).requireCurrent()
            let lines = try RunStatus.lines(businessDate, from: connection)
            print(lines.isEmpty ? "no run of \(businessDate)" : lines.joined(separator: "\n"))
        }
    }
}

/// `margin publish`: the step that `margin run` ends with.
struct PublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Publish the complete run of a date.")

    @OptionGroup var options: StageOptions

    func run() async throws {
        try await reportingFailures {
            let connection = try await Session.start().connect()
            let runner = try StageRunner(
                connection, businessDate: options.date, cycle: options.cycle, settings: options.settings())
            let outcome = try await runner.run(.report)
            let moved = try runner.publish(outcome.context)
            print("\(outcome.context.title) is \(moved ? "published" : "published already")")
        }
    }
}
