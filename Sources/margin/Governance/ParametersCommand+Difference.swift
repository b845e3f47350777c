import ArgumentParser
import ClearingModel
import Commands
import Operations
import Quantities
import Runtime
import Storage
import TextFiles

extension ParametersCommand {
    struct Difference: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "diff", abstract: "Show every row that one set has and another has not, or has otherwise.",
            discussion: """
                With the change override_ended: what overrides of the first set say that the second does not take over.
                """)

        @Argument(help: "The set before.")
        var before: String

        @Argument(help: "The set after.")
        var after: String

        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await reportingFailures {
                let database = try await Session.open()
                let found = try ParameterSetApprovals(database).differences(
                    from: ParameterSetCode(before), to: ParameterSetCode(after))
                if output.json { return print(try JSONText.line(found)) }
                print("table,row,change,column,before,after")
                for cell in found {
                    var line: [UInt8] = []
                    line.append(csvLine: [cell.table, cell.row, cell.change, cell.column, cell.before, cell.after])
                    print(String(decoding: line.dropLast(), as: UTF8.self).printable)
                }
            }
        }
    }
}
