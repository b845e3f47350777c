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

        @Option(help: "The report parameters.….json of a run, or a SPAN file to be written anew.")
        var parameters: String

        @Option(help: "The report risk-arrays.….json of the same run; the one beside the parameters if left out.")
        var arrays: String?

        @Option(help: "Settlement prices of the date as CSV: series, price; the published files have none of futures.")
        var prices: String?

        @Option(help: "The code of the clearing organisation and its exchange in the file.")
        var organisation = "CCP"

        @Flag(help: "Write the file without the combined commodities, classes and rates that it cannot say.")
        var leaveOut = false

        @Argument(help: "The file; it must not exist.")
        var output: String

        func run() async throws {
            try await reportingReplicationFailures {
                let (published, arrayFile) = try inputs()
                let export = try SpanExport(
                    published, arrayFile, organisation: organisation,
                    futuresPrices: try prices.map { try SettlementPriceFile(path: $0, of: published.run).prices } ?? [:]
                )
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

        private func inputs() throws -> (PublishedParameters, PublishedArrayFile) {
            guard isSpanFile(parameters) else {
                return (try PublishedParameters(path: parameters), try arrayFile(beside: parameters, named: arrays))
            }
            guard arrays == nil else {
                throw Failure(.usage, "a SPAN file has its own arrays", hint: "leave --arrays out")
            }
            let file = try SpanImport(path: parameters)
            guard !file.lacksLookAhead else {
                throw Failure(
                    .inputRejected, "\(parameters) does not say how far on its arrays are valued",
                    hint: "write lookAheadYears into its clearingOrg")
            }
            return (file.parameters, file.arrayFile)
        }
    }
}
