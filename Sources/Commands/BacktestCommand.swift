import ArgumentParser
import Operations
import Runtime
import TextFiles
import Validation

/// What a backtest takes.
package struct BacktestOptions: ParsableArguments {
    @Option(help: "The backtest, by its code in table backtest.")
    var backtest: String

    @OptionGroup private var tasks: ThreadsOption

    @OptionGroup var disclosure: DisclosureOptions

    @Option(help: "A folder to write the reports into, each as CSV and as JSON; it is made.")
    var out: String?

    @OptionGroup var output: OutputOptions

    package init() {}

    var threads: Int { tasks.threads }
}

/// The program that holds margins against what came after them.
package protocol BacktestCommand: AsyncParsableCommand {
    var options: BacktestOptions { get }
}

extension BacktestCommand {
    /// The program's entry.
    package static func main() async { await Program.main(Self.self) }

    package func run() async throws {
        try await reportingFailures {
            let database = try await Session.start().connect()
            let run = try await BacktestRun.run(
                BacktestCode(options.backtest), disclosure: options.disclosure.terms, threads: options.threads,
                on: database)
            if let out = options.out { try run.write(to: out) }
            guard !options.output.json else { return say(try JSONText.document(run.summary)) }
            for line in run.lines { say(line) }
        }
    }
}
