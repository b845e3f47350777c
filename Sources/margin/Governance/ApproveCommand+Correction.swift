import ArgumentParser
import Commands
import Operations
import Runtime
import Storage
import TextFiles

extension ApproveCommand {
    struct Correction: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Approve a correction or override, so that runs with it may be published.",
            discussion: """
                Shows each cell before and after, until when, who, when, why and what it touches, and approves it. The \
                database refuses the approval of who corrected. margin corrections lists what waits.
                """)

        @Argument(help: "The correction's number.")
        var number: Int64

        @OptionGroup var approval: ApprovalOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var login: PersonOption

        func run() async throws {
            try await reportingFailures {
                let database = try await Session.open(as: login.person)
                var shown = try ShownCorrection.load(number, from: database)
                if !output.json { say(shown.lines.joined(separator: "\n").printable) }
                if !approval.dryRun {
                    _ = try ParameterSetApprovals(database).approve(correction: number, reason: approval.reason ?? "")
                    shown = try ShownCorrection.load(number, from: database)
                }
                if output.json { return print(try JSONText.line(shown)) }
                print(
                    approval.dryRun
                        ? "dry run: nothing is approved"
                        : "correction \(number) is approved by \(shown.approvedBy ?? "")".printable)
            }
        }
    }
}
