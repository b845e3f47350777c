import ArgumentParser
import Commands
import Quantities
import Replication
import Runtime

extension SpanCommand {
    /// XML to the input tables' files.
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the parameters of a SPAN file as CSV files of the input tables.",
            discussion: """
                margin load FOLDER then brings them in as a parameter set that is not approved yet. Contracts, series, \
                prices and rates are written too where the file says all that a night needs of them.
                """)

        @Option(help: "How far on arrays are valued, in years, where the file does not say it: 0.004.")
        var lookAheadYears: String?

        @Argument(help: "The SPAN file.")
        var file: String

        @Argument(help: "The folder for the CSV files; none of them may exist.")
        var folder: String

        func run() async throws {
            try await reportingReplicationFailures {
                let read = try SpanImport(path: file, lookAheadYears: try years())
                guard !read.lacksLookAhead else {
                    throw Failure(
                        .inputRejected,
                        "\(file) does not say how far on its arrays are valued: it has no lookAheadYears",
                        hint: "--look-ahead-years 0.004 is one of 250 days of a year")
                }
                let written = try ParameterFolder.write(
                    read.parameters, withReference: read.notWhole == nil, to: folder)
                print("parameter set \(read.parameterSet)")
                for (table, rows) in written { print("\(table): \(plural(Int64(rows), "row"))") }
                if let reason = read.notWhole { print("contracts, series and prices are not written: \(reason)") }
            }
        }

        private func years() throws -> ExactDecimal? {
            guard let lookAheadYears else { return nil }
            guard let years = ExactDecimal(lookAheadYears), years >= .zero, years < .one else {
                throw Failure(
                    .usage, "--look-ahead-years \(lookAheadYears) is no number of years from 0 to 1",
                    hint: "write it as 0.004")
            }
            return years
        }
    }
}
