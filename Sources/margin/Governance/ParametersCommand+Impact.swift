import ArgumentParser
import ClearingModel
import Commands
import Operations
import Runtime

extension ParametersCommand {
    struct Impact: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what a set would have asked for on the last published nights.",
            discussion: """
                Each night's arrays, requirements, add-ons and stress are computed again on what its run has pinned, \
                with this set in the place of the one in force; nothing of it is kept. Reported are accounts and the \
                house in money and as a share, and how many accounts change by more than each row of impact_threshold.
                """)

        @Argument(help: "The set, proposed or approved.")
        var set: String

        @OptionGroup var nights: ImpactOptions

        @Option(help: "A folder to write the reports into, as CSV and as impact.json; it is made.")
        var out: String?

        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await reportingFailures {
                let database = try await Session.open()
                let impact = try await ParameterImpact.of(
                    ParameterSetCode(set), nights: nights.nights, settings: nights.settings(), on: database)
                if let out { try impact.write(to: out) }
                guard !output.json else { return say(String(decoding: impact.json.dropLast(), as: UTF8.self)) }
                for line in impact.lines { say(line.printable) }
            }
        }
    }
}
