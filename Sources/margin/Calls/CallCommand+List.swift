import ArgumentParser
import Commands
import Operations
import Runtime
import Storage
import TextFiles

extension CallCommand {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the calls of the newest night up to a date, and older ones that were never met.",
            discussion: """
                As they stand on the evening of the date. A call of an earlier night stays until a later night calls \
                nothing of its account or is met whole; the newest night's amount is all that is asked for. --account \
                prints what was recorded too.
                """)

        @OptionGroup var date: BusinessDateOption

        @Option(help: "Only this clearing member's.")
        var member: String?

        @Option(help: "Only this account's, with what was recorded.")
        var account: String?

        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await reportingFailures {
                let list = try CallList.load(
                    date.businessDate, member: member, account: account, from: try await Session.open())
                print(
                    output.json
                        ? try JSONText.document(list)
                        : list.lines(withEvents: account != nil).joined(separator: "\n").printable)
            }
        }
    }
}
