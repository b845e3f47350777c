import ArgumentParser

/// The operator's command.
@main
struct Margin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "margin",
        abstract: "End-of-day margining for clearing houses: run the night, look at it, mend it.",
        version: "0.1.0",
        subcommands: [
            RunCommand.self, StatusCommand.self, ShowCommand.self, ExplainCommand.self, CaseCommand.self,
            PublishCommand.self, DoctorCommand.self, ConfigCommand.self, LoadCommand.self, TemplateCommand.self,
            DictionaryCommand.self, GenerateCommand.self, MigrateCommand.self,
            DatabaseCommand.self, ReplicateCommand.self, SpanCommand.self,
        ])
}
