import ArgumentParser
import ClearingModel
import Commands
import Foundation
import Operations
import Quantities
import Runtime
import Storage
import TextFiles

/// `margin show`: the reports of any run.
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "List the report files of any run, old ones too, or print one of them.",
        discussion: "A file is compared with the SHA-256 the database recorded before a byte of it is printed.")

    /// How a report is written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case csv, html, json
    }

    @OptionGroup var run: RunOptions

    @Option(help: "Print this report, such as margin-call.")
    var report: String?

    @Option(help: "The member whose report it is; left out for a report of the whole run.")
    var member: String?

    @Option(help: "csv or json, of the report that is printed; html of a page.")
    var format = Format.csv

    @Option(help: "The folder that holds the report folders.")
    var reports: String = Settings.current.value(.reports)

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if report == nil, member != nil { throw ValidationError("--member goes with --report") }
        if report != nil, output.json { throw ValidationError("write --format json for a report as JSON") }
    }

    func run() async throws {
        try await reportingFailures {
            let database = try await Session.open()
            let shown = try ShownReports.load(
                run.businessDate, run.cycle, number: run.run, reports: reports, from: database)
            if let report {
                let bytes = try shown.bytes(report: report, member: member, format: format.rawValue)
                try? FileHandle.standardOutput.write(contentsOf: bytes)
            } else {
                print(output.json ? try JSONText.document(shown) : shown.lines.joined(separator: "\n").printable)
            }
        }
    }
}
