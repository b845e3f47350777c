import ArgumentParser
import Commands
import Operations
import Runtime
import Storage
import TextFiles

extension ApproveCommand {
    struct Waiver: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Approve a waiver, so that runs that need it may be published.",
            discussion: "The database refuses the approval of who brought it. margin waive prints its number.")

        @Argument(help: "The waiver's number.")
        var number: Int64

        @OptionGroup var approval: ApprovalOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var login: PersonOption

        func run() async throws {
            try await reportingFailures {
                let database = try await Session.open(as: login.person)
                var shown = try FindingWaivers(database).shown(number)
                if !output.json { say(shown.lines.joined(separator: "\n").printable) }
                if !approval.dryRun {
                    _ = try ParameterSetApprovals(database).approve(waiver: number, reason: approval.reason ?? "")
                    shown = try FindingWaivers(database).shown(number)
                }
                if output.json { return print(try JSONText.line(shown)) }
                print(
                    approval.dryRun
                        ? "dry run: nothing is approved"
                        : "waiver \(number) is approved by \(shown.approvedBy ?? "")".printable)
            }
        }
    }
}
