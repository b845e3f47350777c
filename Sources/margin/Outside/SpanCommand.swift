import ArgumentParser
import Commands
import Replication
import Runtime

/// `margin span`: a run's parameters and arrays in the field's own layout, and back.
struct SpanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "span", abstract: "Write published parameters and arrays as a SPAN file in XML, or read one.",
        discussion: "docs/replication.md says element by element what is written and read.",
        subcommands: [Export.self, Import.self])

    /// Published files to XML.
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a run's published parameters and risk arrays as a SPAN file.",
            discussion: "A rule the layout has no element for is named and nothing is written, unless --leave-out.")

        @Option(help: "The report parameters.….json of a run.")
        var parameters: String

        @Option(help: "The report risk-arrays.….json of the same run; the one beside the parameters if left out.")
        var arrays: String?

        @Option(help: "The code of the clearing organisation and its exchange in the file.")
        var organisation = "CCP"

        @Flag(help: "Write the file without the combined commodities, classes and rates that it cannot say.")
        var leaveOut = false

        @Argument(help: "The file; it must not exist.")
        var output: String

        func run() async throws {
            try await reportingReplicationFailures {
                let published = try PublishedParameters(path: parameters)
                let export = try SpanExport(
                    published, try arrayFile(beside: parameters, named: arrays), organisation: organisation)
                guard leaveOut || export.leftOut.isEmpty else {
                    throw Failure(
                        .inputRejected,
                        "the layout has no element for:\n  " + export.leftOut.joined(separator: "\n  "),
                        hint: "--leave-out writes the file without them")
                }
                try writeNewFile(export.file(), to: output)
                for name in export.leftOut { print("left out: \(name)") }
                print("\(output): \(published.run)")
            }
        }
    }

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

/// The arrays that are named, or those beside the parameters.
func arrayFile(beside parameters: String, named path: String?) throws -> PublishedArrayFile {
    guard let path = path ?? PublishedFolder.arrays(beside: parameters) else {
        throw Failure(.usage, "no arrays are named for \(parameters)", hint: "--arrays risk-arrays.….json")
    }
    return try PublishedArrayFile(path: path)
}
