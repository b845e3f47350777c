import ArgumentParser
import Commands
import Operations
import Runtime
import Storage

/// `margin approve`: what another person has asked for, shown before it is approved.
struct ApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Approve what another person has corrected or waived.",
        discussion: "Shows it first; --dry-run does only that.", subcommands: [Correction.self, Waiver.self])
}
