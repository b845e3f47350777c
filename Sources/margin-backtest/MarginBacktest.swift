import ArgumentParser
import Commands
import Operations
import Runtime
import TextFiles
import Validation

/// Holds published nights, hypothetical portfolios and walk-forwards against what came after them.
@main
struct MarginBacktest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "margin-backtest",
        abstract: "Holds the margin of published nights against what came after them.",
        discussion: """
            Frozen positions, products and hypothetical portfolios of the nights of a backtest are closed out at the \
            prices of the horizon; walk-forwards calibrate a rule day by day over its factor's history. Results are \
            kept, and with --out written as CSV and JSON, a file a report.
            """)

    @Option(help: "The backtest, a row of table backtest.")
    var backtest: String

    @Option(help: "Tasks that compute at the same time. Results do not depend on it.")
    var threads: Int = Settings.current.number(.threads)

    @Option(help: "A folder to write the reports into; it is made.")
    var out: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard threads > 0 else { throw ValidationError("--threads must be above 0") }
    }

    static func main() async { await Program.main(Self.self) }

    func run() async throws {
        try await reportingFailures {
            let run = try await BacktestRun.run(
                BacktestCode(backtest), threads: threads, on: Session.start().connect())
            if let out { try run.write(to: out) }
            say(output.json ? try JSONText.document(run.summary) : run.lines.joined(separator: "\n"))
        }
    }
}
