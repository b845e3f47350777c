import ArgumentParser
import Commands
import Replication
import Runtime

extension SpanCommand {
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
}
