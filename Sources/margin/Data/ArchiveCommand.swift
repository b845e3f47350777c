import ArgumentParser
import Commands
import Operations
import Quantities
import Runtime
import Storage

/// `margin archive`: what is dated before a day leaves the database for a folder, or comes back from one.
struct ArchiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive",
        abstract: "Take what is dated before a day out of the database into a folder, or put it back.",
        discussion: "The folder is written, read back and compared before anything is removed.")

    @Option(help: "The first business date that stays.")
    var before: BusinessDate?

    @Option(help: "The folder to write, which does not exist yet.")
    var to: String?

    @Option(help: "The folder of the newest archive, to put back.")
    var restore: String?

    func validate() throws {
        guard (before != nil && to != nil) != (restore != nil), (before == nil) == (to == nil) else {
            throw ValidationError("name --before D --to FOLDER, or --restore FOLDER")
        }
    }

    func run() async throws {
        try await reportingFailures {
            let database = try await Session.open()
            let archives = DateArchives(database)
            let lines = try Progress.during(restore == nil ? "archive" : "restore") {
                if let before, let to { return try archives.archive(before: before, to: to) }
                return try archives.restore(from: restore ?? "")
            }
            print(lines.map(\.printable).joined(separator: "\n"))
        }
    }
}
