import ArgumentParser
import ClearingModel
import Commands
import Operations
import Quantities
import Runtime
import Storage
import TextFiles

extension ParametersCommand {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the sets with author and approver.")

        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await reportingFailures {
                let database = try await Session.open()
                let sets = try ParameterGovernance(database).sets()
                if output.json { return print(try JSONText.line(sets)) }
                for set in sets {
                    let approver = set.approvedBy.map { " by \($0)" } ?? ""
                    print(
                        "\(set.parameterSet) from \(set.effectiveFrom), author \(set.author), loaded by "
                            + "\(set.proposedBy), \(set.state)\(approver): \(set.reason)".printable)
                }
            }
        }
    }
}
