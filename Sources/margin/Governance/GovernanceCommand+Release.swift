import ArgumentParser
import Commands
import Foundation
import Operations
import Runtime
import Storage

extension GovernanceCommand {
    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Demand it no longer.")
        @OptionGroup var change: Change
        func run() async throws { try await reportingFailures { try await change.change(isRequired: false) } }
    }
}
