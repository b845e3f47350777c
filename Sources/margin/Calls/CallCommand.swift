import ArgumentParser
import Commands

/// `margin call`: what becomes of the calls of a night.
struct CallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call", abstract: "Follow what becomes of calls: acknowledged, met, overdue, cancelled.",
        discussion: """
            A call is issued when its night is published. What the member does is recorded by login and time; what \
            follows from dates and runs (overdue, cancelled by a correction) is worked out. Calls of the end of the \
            day; an intraday call counts as met.
            """,
        subcommands: [List.self, Acknowledge.self, Meet.self, Reverse.self, Carry.self], defaultSubcommand: List.self)
}
