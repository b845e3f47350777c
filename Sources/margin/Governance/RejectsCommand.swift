import ArgumentParser
import Commands
import Foundation
import Operations
import Quantities
import Runtime
import Storage
import TextFiles

/// `margin rejects`: what was wrong with refused files.
struct RejectsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rejects", abstract: "List what was wrong with the files that were refused last.")

    @Argument(help: "Of this table alone.")
    var table: String?

    @Option(help: "How many refusals, the latest first.")
    var last: Int64 = 10

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if last < 1 { throw ValidationError("--last must be above 0") }
    }

    func run() async throws {
        try await reportingFailures {
            let database = try await Session.open()
            let rows = try RejectedRowStore(database).latest(last, table: table)
            if output.json { return print(try JSONText.line(rows)) }
            if rows.isEmpty { print("nothing was refused") }
            var rejection: Int64?
            for row in rows {
                if row.rejection != rejection {
                    print("\(row.rejectedAt) \(row.table), \(row.source), by \(row.rejectedBy)".printable)
                }
                rejection = row.rejection
                let line = row.line.map { "line \($0), " } ?? ""
                let cell = row.column.isEmpty ? "" : "\(row.column) “\(row.value.onOneLine)”: "
                print("  \(line)\(cell)\(row.message) [\(row.reason)]".printable)
            }
        }
    }
}
