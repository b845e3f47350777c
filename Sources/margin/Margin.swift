import ArgumentParser
import Commands

/// The operator's command.
@main
struct Margin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "margin",
        abstract: "End-of-day margining for clearing houses: run the night, look at it, mend it.",
        version: "0.1.0",
        subcommands: [
            RunCommand.self, StatusCommand.self, DueCommand.self, ShowCommand.self, PlanCommand.self, RerunCommand.self,
            DiffCommand.self, PublishCommand.self, VerifyCommand.self, ExplainCommand.self, CorrectCommand.self,
            CorrectionsCommand.self, FindingsCommand.self, WaiveCommand.self, ApproveCommand.self, CallCommand.self,
            ParametersCommand.self, GovernanceCommand.self, StressCommand.self, DisclosureCommand.self,
            WalkForwardCommand.self,
            RejectsCommand.self, LoadCommand.self, ArchiveCommand.self, TemplateCommand.self, CaseCommand.self,
            DoctorCommand.self, ConfigCommand.self, ReplicateCommand.self, VerifyReportCommand.self, SpanCommand.self,
            MessageCommand.self, DictionaryCommand.self, GenerateCommand.self, MigrateCommand.self,
            DatabaseCommand.self,
        ])

    static func main() async { await Program.main(Margin.self) }
}
