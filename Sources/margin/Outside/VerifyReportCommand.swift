import ArgumentParser
import Commands
import Replication
import Runtime
import TextFiles

/// `margin verify-report`: whether a file is the one that was issued, without a database.
struct VerifyReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-report",
        abstract: "Say whether a report file is the one that a run issued, by the run's manifest.",
        discussion: """
            Needs no database. The file is known by its bytes, whatever its name. Exits 1 where it was changed, no \
            longer stands or is not listed.
            """)

    @Argument(help: "The file of a report.")
    var file: String

    @Option(help: "The run's manifest.json; if left out, the one beside the file, or of the published run beside it.")
    var manifest: String?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await reportingReplicationFailures {
            let report = try CheckedReportFile(file, manifest: manifest)
            print(output.json ? try JSONText.document(report) : report.lines.joined(separator: "\n"))
            if report.verdict != .issued { throw ArgumentParser.ExitCode(Runtime.ExitCode.difference.rawValue) }
        }
    }
}
