import ArgumentParser

/// The operator's command.
@main
struct Margin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "margin",
        abstract: "End-of-day margining for clearing houses: run the night, look at it, mend it.",
        version: "0.1.0",
        subcommands: [
            RunCommand.self, StatusCommand.self, PlanCommand.self, RerunCommand.self, VerifyCommand.self,
            ExplainCommand.self, CaseCommand.self, PublishCommand.self,
            LoadCommand.self, TemplateCommand.self, DictionaryCommand.self, GenerateCommand.self, MigrateCommand.self,
            DatabaseCommand.self, ReplicateCommand.self, SpanCommand.self, CorrectCommand.self, CorrectionsCommand.self,
            ApproveCommand.self,
            ParametersCommand.self, GovernanceCommand.self, RejectsCommand.self,
        ])
}
