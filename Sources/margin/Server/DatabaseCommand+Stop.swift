import ArgumentParser
import Commands
import Foundation
import Operations
import PrivateCluster
import Runtime
import Storage

extension DatabaseCommand {
    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Stop it; nothing committed is lost.")

        func run() async throws {
            try await reportingFailures { try await Session.privateCluster.stop() }
        }
    }
}
