import ArgumentParser
import Commands
import Quantities
import Storage

extension CallCommand {
    struct Meet: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record that a call was met, in part or whole.",
            discussion: """
                margin call meet A01 --business-date 2018-12-31 --amount 60000.00 --reason "payment 4711"

                The amount is in the account's call currency, above 0 and not above what is open. What is met pays \
                variation margin first.
                """)

        @OptionGroup var recording: Recording

        @Option(help: "What came in, in the account's call currency.")
        var amount: ExactDecimal

        @Option(help: "The payment's reference.")
        var reason: String = ""

        func validate() throws {
            guard amount > ExactDecimal(0) else { throw ValidationError("--amount must be above 0, and is \(amount)") }
        }

        func run() async throws { try await recording.record(.met(amount), reason: reason) }
    }
}
