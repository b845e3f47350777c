import ArgumentParser
import ClearingModel
import Commands
import Operations
import Quantities
import Runtime
import Storage
import TextFiles

extension ParametersCommand {
    /// `margin parameters export`: a set as a folder of CSV files.
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a set as a folder of CSV files that margin load takes.",
            discussion: """
                The set's own rows, without overrides. With --code it is written under another code and with \
                approved_by empty: a draft to be edited, loaded and approved.
                """)

        @Argument(help: "The set.")
        var set: String

        @Argument(help: "The folder; it is made.")
        var folder: String

        @Option(help: "The code to write it under, for a new set.")
        var code: String?

        @Option(help: "The first business date the new set holds for; with --code.")
        var effectiveFrom: BusinessDate?

        func validate() throws {
            if effectiveFrom != nil, code == nil {
                throw ValidationError("--effective-from is of a new set: give its --code too")
            }
        }

        func run() async throws {
            try await reportingFailures {
                let database = try await Session.open()
                let tables = try ParameterSetExport(database).write(
                    ParameterSetCode(set), as: code.map { ParameterSetCode($0) }, effectiveFrom: effectiveFrom,
                    to: folder)
                for table in tables { print("\(table.name).csv, \(plural(table.rows, "row"))") }
                print("parameter set \(code ?? set) is in \(folder)".printable)
                if code != nil, effectiveFrom == nil {
                    print(
                        "its effective_from is still that of \(set): set another in parameter_set.csv first, or "
                            + "export it with --effective-from D")
                }
                print("next: margin load \(folder.shellWord)".printable)
            }
        }
    }
}
