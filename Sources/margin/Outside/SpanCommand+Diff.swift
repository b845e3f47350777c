import ArgumentParser
import Commands
import Replication
import TextFiles

extension SpanCommand {
    /// Two files beside each other.
    struct Diff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what two SPAN files make of the same positions, and which parameters moved.")

        @Argument(help: "The SPAN file before.")
        var before: String

        @Argument(help: "The SPAN file after.")
        var after: String

        @Option(help: "Positions as CSV that both files are to margin, in the columns of margin replicate.")
        var positions: String

        @Option(help: "A report accounts.….json or .csv that holds for both files; may be repeated.")
        var accounts: [String] = []

        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await reportingReplicationFailures {
                let paths = accounts.isEmpty ? PublishedFolder.reports(ofMembers: "accounts", beside: before) : accounts
                let diff = try SpanDiff(before: before, after: after, positions: positions, accounts: paths)
                print(output.json ? try JSONText.document(diff) : diff.lines.joined(separator: "\n"))
            }
        }
    }
}
