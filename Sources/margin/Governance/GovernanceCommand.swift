import ArgumentParser
import Commands
import Foundation
import Operations
import Runtime
import Storage
import TextFiles

/// `margin governance`: which approvals the house demands.
struct GovernanceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "governance", abstract: "Show or change which approvals the house demands.",
        subcommands: [Show.self, Require.self, Release.self], defaultSubcommand: Show.self)

    struct Change: ParsableArguments {
        @Argument(help: "correction_approval, waiver_approval, parameter_set_approval or second_person_publishes.")
        var rule: String

        @Option(help: "Why.")
        var reason: String

        func change(isRequired: Bool) async throws {
            let database = try await Session.open()
            try ParameterSetApprovals(database).change(rule: rule, isRequired: isRequired, reason: reason)
            print("\(rule) is \(isRequired ? "required" : "not required")")
        }
    }
}
