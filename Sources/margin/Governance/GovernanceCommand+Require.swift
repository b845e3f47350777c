import ArgumentParser
import Commands
import Foundation
import Operations
import Quantities
import Runtime
import Storage

extension GovernanceCommand {
    struct Require: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Demand an approval from here on.")
        @OptionGroup var change: Change
        func run() async throws { try await reportingFailures { try await change.change(isRequired: true) } }
    }
}
