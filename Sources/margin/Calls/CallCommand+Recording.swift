import ArgumentParser
import ClearingModel
import Commands
import Operations
import Quantities
import Runtime
import Storage
import TextFiles

extension CallCommand {
    /// Which call, and what is kept beside the event.
    struct Recording: ParsableArguments {
        @Argument(help: "The margin account.")
        var account: String

        @Option(help: "The business date of the night that called.")
        var businessDate: BusinessDate

        @OptionGroup var login: PersonOption
        @OptionGroup var output: OutputOptions

        /// Records the event and says how the call stands.
        func record(_ event: NewCallEvent, reason: String) async throws {
            try await reportingFailures {
                let database = try await Session.open(as: login.person)
                let recorded = try CallLife(database).record(
                    event, of: AccountCode(account), on: businessDate, reason: reason)
                if output.json { return print(try JSONText.line(recorded)) }
                print("business date \(businessDate)")
                print("event \(recorded.event)")
                if let call = recorded.call { print(call.line.printable) }
                print("next: \(recorded.next)")
            }
        }
    }
}
