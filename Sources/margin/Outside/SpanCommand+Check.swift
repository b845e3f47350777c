import ArgumentParser
import Commands
import Replication
import TextFiles

extension SpanCommand {
    /// What a file is and what it lacks.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what a SPAN file is of, its SHA-256, and what is missing in it.",
            discussion: "A file that says what it may not, or contradicts itself, is refused by line: exit 65.")

        @Argument(help: "The SPAN file.")
        var file: String

        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await reportingReplicationFailures {
                let check = try SpanCheck(path: file)
                print(output.json ? try JSONText.document(check) : check.lines.joined(separator: "\n"))
            }
        }
    }
}
