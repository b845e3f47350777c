import ArgumentParser
import Commands
import Foundation
import Operations
import PrivateCluster
import Runtime
import Storage

extension DatabaseCommand {
    struct Start: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Start it, making it if there is none; print how to reach it.")

        func run() async throws {
            try await reportingFailures {
                let settings = try await Session.startCluster()
                for (name, value) in settings.environment.sorted(by: { $0.key < $1.key }) {
                    print("export \(name)=\(value)")
                }
            }
        }
    }
}
