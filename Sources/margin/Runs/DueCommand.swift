import ArgumentParser
import Commands
import Foundation
import Operations
import Runtime
import Storage
import TextFiles

/// `margin due`: whether a night should have begun that nobody has begun.
struct DueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "due",
        abstract: "Say which night comes next by the calendar; 66 if its feed is due and it is not computed.",
        discussion: """
            For a scheduler that was named no business date. The calendar of the database decides, so that holidays and
            sessions on weekends are what they are; the setting feed_due says from when on a night is expected.
            """)

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await reportingFailures {
            let database = try await Session.open()
            let night = try NextEndOfDay.load(now: Int64(time(nil)), from: database)
            do {
                try night.requireAhead()
                print(output.json ? try JSONText.document(night) : night.line)
            } catch let failure as Failure where output.json {
                throw try endingWith(failure, document: JSONText.document(Due(night: night, failure: failure)))
            }
        }
    }

    /// The night and why the command fails, as one document.
    private struct Due: Encodable {
        let night: NextEndOfDay
        let failure: Failure

        func encode(to encoder: any Encoder) throws {
            try FailureDocument(failure).encode(to: encoder)
            try night.encode(to: encoder)
        }
    }
}
