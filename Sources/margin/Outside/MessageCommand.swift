import ArgumentParser
import ClearingModel
import Commands
import Foundation
import Messages
import Operations
import Quantities
import Replication
import Runtime
import Storage

/// `margin message`: what a published night says, as a message of ISO 20022.
struct MessageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "message",
        abstract: "Write what a published night says as an ISO 20022 message.",
        discussion: """
            Of a member: secl.005, margin report of one call currency, and secl.006, its part in the guaranty fund. \
            Of the house, at the end of the day: auth.055 requirements, auth.058 stress results, auth.066 backtest \
            results of the month so far, auth.068 positions. Each needs house.lei. Equal nights give equal bytes: the \
            time of a message is that of the publication. docs/reports.md says what is in them.
            """)

    @Argument(help: "The message.")
    var name: MessageKind

    @OptionGroup var date: DateOptions

    @Option(help: "The member whose message it is.")
    var member: String?

    @Option(help: "The call currency, where the member is called in several.")
    var currency: CurrencyCode?

    @Option(help: "The file, which must not exist; - for standard output.")
    var out: String

    func validate() throws {
        guard name.isOfMember == (member != nil) else {
            throw ValidationError(
                name.isOfMember
                    ? "\(name.rawValue) is a member's message: add --member MEMBER"
                    : "\(name.rawValue) is the house's message: leave --member out")
        }
        guard name.isOfMember || date.cycle == .endOfDay else {
            throw ValidationError("\(name.rawValue) is of the end of the day: leave --cycle out")
        }
        guard name.isOfMember || currency == nil else { throw ValidationError("--currency is for a member's message") }
    }

    func run() async throws {
        try await reportingReplicationFailures {
            let database = try await Session.open()
            let message = try WrittenMessage.write(
                name, date.businessDate, cycle: date.cycle, member: member.map { MemberCode($0) }, currency: currency,
                from: database)
            if out == "-" {
                try? FileHandle.standardOutput.write(contentsOf: message.bytes)
            } else {
                try writeNewFile(message.bytes, to: out)
                print("\(out): \(message.title)")
            }
        }
    }
}

extension MessageKind: ExpressibleByArgument {}

extension CurrencyCode: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}
