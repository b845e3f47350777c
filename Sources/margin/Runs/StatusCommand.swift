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

    @OptionGroup var date: BusinessDateOption

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await reportingFailures {
            let database = try await Session.open()
            let status = try DateStatus.load(
                date.businessDate, now: Int64(time(nil)), reports: Settings.current.value(.reports), from: database)
            let lines = status.lines.folded(to: ReaderWidth.columns(STDOUT_FILENO))
            print(output.json ? try JSONText.document(status) : lines.joined(separator: "\n").printable)
        }
    }
}
