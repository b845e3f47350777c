import ArgumentParser
import ClearingModel
import Commands
import EndOfDay
import Operations
import Quantities
import Runtime
import Storage
import TextFiles

/// `margin explain`: from a call down to array values and the inputs they were computed from.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Walk from an account's call down to array values, or show how one series' array came about.",
        discussion: "margin explain ACCOUNT, then margin explain --series SERIES for any array value it names.")

    @Argument(help: "The account; left out with --series.")
    var account: String?

    @Option(help: "The business date.")
    var businessDate: BusinessDate

    @Option(help: "EOD or ITD.")
    var cycle: Cycle = .endOfDay

    @Option(help: "The run's number; the published run if left out.")
    var run: Int32?

    @Option(help: "Show this combined commodity alone.")
    var item: String?

    @Option(help: "Show how the array of this series came about.")
    var series: String?

    @Flag(help: "Print the figures as one JSON document.")
    var json = false

    func validate() throws {
        guard (account == nil) != (series == nil) else {
            throw ValidationError("name an account, or a series with --series")
        }
    }

    func run() async throws {
        try await reportingFailures {
            let database = try await Session.start().connect()
            try SchemaInstaller(database).requireCurrent()
            let context = try RunContext.find(businessDate, cycle: cycle, number: run, from: database)
            if json {
                let document =
                    if let series {
                        try ExplanationDocument.series(series, in: context, from: database)
                    } else {
                        try ExplanationDocument.account(account ?? "", in: context, from: database)
                    }
                print(try JSONText.document(document))
                return
            }
            let lines =
                if let series {
                    try SeriesExplanation.lines(of: SeriesCode(series), in: context, from: database)
                } else {
                    try AccountExplanation.lines(of: account ?? "", item: item, in: context, from: database)
                }
            print(lines.joined(separator: "\n"))
        }
    }
}
