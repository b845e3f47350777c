import ArgumentParser
import Commands
import Replication
import Runtime

extension SpanCommand {
    /// XML to the input tables' files.
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the parameters of a SPAN file as CSV files of the input tables.",
            discussion: "margin load FOLDER then brings them in as a parameter set that is not approved yet.")

        @Argument(help: "The SPAN file.")
        var file: String

        @Argument(help: "The folder for the CSV files; none of them may exist.")
        var folder: String

        func run() async throws {
            try await reportingReplicationFailures {
                let read = try SpanImport(path: file)
                let written = try ParameterFolder.write(read.parameters, to: folder)
                print("parameter set \(read.parameterSet)")
                for (table, rows) in written { print("\(table): \(plural(Int64(rows), "row"))") }
            }
        }
    }
}
