import ArgumentParser
import ClearingModel
import Commands
import EndOfDay
import Operations
import Quantities
import Runtime
import Storage
import TextFiles

/// `margin explain`: from a call down to array values and the inputs they were computed from.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Walk from an account's call down to array values, or from a shortfall under stress down to prices.",
        discussion: """
            margin explain ACCOUNT, then margin explain --series SERIES for how any array value it names came about. \
            With --stress from what is lacking in the worst scenario to units, accounts, series and moved prices. \
            With --why what moved the account's requirement and add-ons since the night before.
            """)

    @Argument(help: "The account; with --stress a member, MEMBER/house, an account or ACCOUNT/OWNER.")
    var account: String?

    @OptionGroup var run: RunOptions

    @Option(help: "Show this combined commodity alone.")
    var item: String?

    @Option(help: "Show how the array of this series came about.")
    var series: String?

    @Flag(help: "Walk from the shortfall under stress.")
    var stress = false

    @Option(help: "With --stress: the scenario, by code or number; that of the worst shortfall if left out.")
    var scenario: String?

    @Flag(help: "Say what moved the account's requirement and add-ons since the business date before.")
    var why = false

    @Flag(help: "Name every part of a long list; without it the smallest are told by their sum.")
    var all = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (account == nil) != (series == nil) else {
            throw ValidationError("name an account, or a series with --series")
        }
        guard !stress || (series == nil && item == nil) else {
            throw ValidationError("--stress takes a member or account, and neither --series nor --item")
        }
        guard !why || (!stress && series == nil && item == nil) else {
            throw ValidationError("--why takes an account, and neither --stress, --series nor --item")
        }
        guard !all || (series == nil && !why) else {
            throw ValidationError("--all is for an account's call or a shortfall, and not for --series or --why")
        }
        guard stress || scenario == nil else { throw ValidationError("--scenario is for --stress") }
    }

    func run() async throws {
        try await reportingFailures {
            let database = try await Session.open()
            let context = try RunContext.find(run.businessDate, cycle: run.cycle, number: run.run, from: database)
            if let series {
                try explain(series: SeriesCode(series), in: context, from: database)
            } else if why {
                try await explainChange(of: AccountCode(account ?? ""), in: context, from: database)
            } else if stress {
                let explanation = try StressExplanation.load(
                    account ?? "", scenario: scenario, in: context, from: database)
                print(
                    output.json
                        ? try JSONText.document(ExplanationDocument(explanation))
                        : StressText(explanation, showsAll: all).lines.joined(separator: "\n"))
            } else {
                try explain(account: AccountCode(account ?? ""), in: context, from: database)
            }
        }
    }

    private func explain(series: SeriesCode, in context: RunContext, from database: Database) throws {
        if output.json {
            let result = try SeriesExplanation.array(of: series, in: context, from: database)
            return print(try JSONText.document(ExplanationDocument(result, in: context)))
        }
        let explanation = try SeriesExplanation.load(series, in: context, from: database)
        print(explanation.lines.joined(separator: "\n"))
    }

    private func explainChange(
        of account: AccountCode, in context: RunContext, from database: Database
    ) async throws {
        let threads = Settings.current.number(.threads)
        let explanation = try await AttributionExplanation.load(
            account, in: context, threads: threads, from: database)
        print(
            output.json
                ? try JSONText.document(ExplanationDocument(explanation))
                : explanation.lines.joined(separator: "\n"))
    }

    private func explain(account: AccountCode, in context: RunContext, from database: Database) throws {
        if output.json {
            let explanation = try AccountExplanation.load(account, in: context, from: database)
            return print(try JSONText.document(ExplanationDocument(explanation)))
        }
        let explanation = try AccountExplanation.load(account, item: item, in: context, from: database)
        print(explanation.lines(item: item, showsAll: all).joined(separator: "\n"))
    }
}
