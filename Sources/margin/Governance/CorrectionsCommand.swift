import ArgumentParser
import Commands
import Foundation
import Operations
import Quantities
import Runtime
import Storage
import TextFiles

/// `margin corrections`: what was corrected for a business date.
struct CorrectionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "corrections", abstract: "List the corrections and overrides of a business date.",
        discussion: """
            Each with its cells before and after, until when, who, when, why, what it touches and who approved it: \
            those of the date's rows, of tables without date, and the overrides valid on the date.
            """)

    @OptionGroup var date: BusinessDateOption

    @Flag(help: "Only those that another person must still approve.")
    var waiting = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await reportingFailures {
            let database = try await Session.open()
            let found = try CorrectionStore(database).corrections(of: date.businessDate).map {
                try ShownCorrection.load($0, on: date.businessDate, from: database)
            }.filter { !waiting || $0.state == "to be approved" }
            if output.json { return print(try JSONText.line(found)) }
            print("business date \(date.businessDate)")
            if found.isEmpty { return print("no correction") }
            print(found.flatMap(\.lines).joined(separator: "\n").printable)
        }
    }
}
