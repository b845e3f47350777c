import ArgumentParser
import Commands
import Foundation
import Operations
import PrivateCluster
import Runtime
import Storage

/// `margin migrate`: brings the schema up to this program's.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Make the schema in an empty database, or bring it up to this program's.")

    func run() async throws {
        try await reportingFailures {
            let database = try await Session.start(making: true).connect()
            let installer = SchemaInstaller(database)
            if try !installer.isInstalled() {
                EventLog(quiet: false).notice(.preparing, "making the schema of release \(Schema.current.release)")
            }
            let done = try Progress.during("migrate") { try installer.install() }
            print(done.isEmpty ? "the schema is current" : done.joined(separator: "\n"))
        }
    }
}
