import ArgumentParser
import ClearingModel
import Commands
import EndOfDay
import Glibc
import Operations
import Quantities
import Runtime
import Storage
import TextFiles

/// `margin findings`: what the data gates found in a run.
struct FindingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "findings", abstract: "List what the data gates found in a run, one that they stopped too.",
        discussion: "What blocks comes first, with the command that waives it where it may be waived.")

    @OptionGroup var date: DateOptions

    @Option(help: "The run's number; the newest, published or not, if left out.")
    var run: Int32?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await reportingFailures {
            let database = try await Session.open()
            let found = try RunFindings.load(
                date.businessDate, date.cycle, number: run, from: database)
            let lines = found.lines.folded(to: ReaderWidth.columns(STDOUT_FILENO))
            print(output.json ? try JSONText.document(found) : lines.joined(separator: "\n").printable)
        }
    }
}
