import ArgumentParser
import ClearingModel
import Commands
import EndOfDay
import Runtime
import Storage
import TextFiles

extension StressCommand {
    /// `margin stress default`: a default followed through the others, and who bears it.
    struct Default: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Follow the default of some groups through the others, and show who bears the losses.",
            discussion: """
                Round by round, on a run's inputs: what closing the defaulted out does to prices, what the others \
                need, who cannot raise it and defaults too. Then the losses of all who defaulted, at the last round's \
                prices, through margin, contributions, the house's tranche and assessments.
                """)

        @Argument(help: "Groups of members, or members for their groups; none for those that make Cover-2.")
        var groups: [String] = []

        @OptionGroup var run: RunOptions

        @Option(help: "The scenario, by code or number; that of Cover-2 if left out.")
        var scenario: String?

        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await reportingFailures {
                let database = try await Session.open()
                let context = try RunContext.find(run.businessDate, cycle: run.cycle, number: run.run, from: database)
                let followed = try await FollowedDefault.follow(
                    context, scenarioNamed: scenario, defaulting: groups,
                    threads: Settings.current.number(.threads), database)
                print(
                    output.json
                        ? try JSONText.document(DefaultDocument(followed, in: context))
                        : DefaultText(followed).lines(context.title).joined(separator: "\n").printable)
            }
        }
    }
}
