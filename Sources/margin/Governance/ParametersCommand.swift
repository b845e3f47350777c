import ArgumentParser
import ClearingModel
import Commands
import Operations
import Quantities
import Runtime
import Storage
import TextFiles

/// `margin parameters`: sets as proposals that another person approves.
struct ParametersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parameters", abstract: "Propose, compare and approve parameter sets.",
        discussion: """
            A set takes effect on its date once somebody other than its author has approved it, and never changes \
            afterwards. A whole set from files: margin load FOLDER, with approved_by empty.
            """,
        subcommands: [List.self, Propose.self, Difference.self, Impact.self, Approve.self, Export.self],
        defaultSubcommand: List.self)
}
