import ArgumentParser
import ClearingModel
import Commands
import Foundation
import Operations
import Quantities
import Runtime
import Storage
import TextFiles

/// `margin status`: a business date at a glance.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show a business date at a glance: runs, stages, calls, findings, deadline, and what to do next.")

    @Option(help: "The business date.")
    var businessDate: BusinessDate

    @Flag(help: "Print one JSON document.")
    var json = false

    func run() async throws {
        try await reportingFailures {
            let database = try await Session.start().connect()
            try SchemaInstaller(database).requireCurrent()
            let status = try DateStatus.load(
                businessDate, now: Int64(time(nil)), reports: Settings.current.value(.reports), from: database)
            let lines = status.lines.folded(to: ReaderWidth.columns(STDOUT_FILENO))
            print(json ? try JSONText.document(status) : lines.joined(separator: "\n").printable)
        }
    }
}

/// `margin show`: the reports of any run.
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "List the report files of any run, old ones too, or print one of them.",
        discussion: "A file is compared with the SHA-256 the database recorded before a byte of it is printed.")

    /// How a report is written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case csv, json
    }

    @Option(help: "The business date.")
    var businessDate: BusinessDate

    @Option(help: "EOD or ITD.")
    var cycle: Cycle = .endOfDay

    @Option(help: "The run's number; the published run if left out.")
    var run: Int32?

    @Option(help: "Print this report, such as margin-call.")
    var report: String?

    @Option(help: "The member whose report it is; left out for a report of the whole run.")
    var member: String?

    @Option(help: "csv or json, of the report that is printed.")
    var format = Format.csv

    @Option(help: "The folder that holds the report folders.")
    var reports: String = Settings.current.value(.reports)

    @Flag(help: "Print the list of files as one JSON document.")
    var json = false

    func validate() throws {
        if report == nil, member != nil { throw ValidationError("--member goes with --report") }
        if report != nil, json { throw ValidationError("write --format json for a report as JSON") }
    }

    func run() async throws {
        try await reportingFailures {
            let database = try await Session.start().connect()
            try SchemaInstaller(database).requireCurrent()
            let shown = try ShownReports.load(businessDate, cycle, number: run, reports: reports, from: database)
            if let report {
                let bytes = try shown.bytes(report: report, member: member, format: format.rawValue)
                try? FileHandle.standardOutput.write(contentsOf: bytes)
            } else {
                print(json ? try JSONText.document(shown) : shown.lines.joined(separator: "\n").printable)
            }
        }
    }
}
