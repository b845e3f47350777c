import ArgumentParser
import Commands

/// `margin stress`: questions to the stress test that the night does not ask.
struct StressCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stress",
        abstract: "Follow a default, size the guaranty fund, find past moves for scenarios.",
        discussion: "Nothing is written to the database. What the night itself found: margin show --report cover-two.",
        subcommands: [Default.self, Fund.self, Propose.self, Windows.self])
}
