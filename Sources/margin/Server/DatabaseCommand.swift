import ArgumentParser

/// `margin db`: the private cluster of this folder.
struct DatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "db", abstract: "Start, stop or remove the private cluster of this folder.",
        subcommands: [Start.self, Stop.self, Destroy.self, Person.self])
}
