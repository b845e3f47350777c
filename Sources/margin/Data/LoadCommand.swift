import ArgumentParser
import ClearingModel
import Commands
import Operations
import Runtime
import Storage
import TextFiles

/// `margin load`: a house's own data, from CSV.
struct LoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Load a CSV file into an input table, or a folder of files named after their tables.",
        discussion: "All rows of a file are loaded or none. `margin template TABLE` prints the columns.")

    @Argument(help: "The table, or a folder of CSV files named after their tables.")
    var table: String

    @Argument(help: "The file; left out for a folder.")
    var file: String?

    @Flag(
        help: "As margin correct row TABLE --from FILE --add does: the old rows stay, the new ones count from here on.")
    var correct = false

    @Option(help: "Why the data are corrected; kept with every row.")
    var reason: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard correct == (reason != nil) else { throw ValidationError("--correct and --reason go together") }
    }

    func run() async throws {
        try await reportingFailures {
            let database = try await Session.open()
            let importer = CSVImporter(InputLoader(database), rejects: RejectedRowStore(database))
            if let reason {
                guard let file else {
                    throw Failure(.usage, "a folder is not loaded as a correction", hint: "correct one file at a time")
                }
                let request = CorrectionRequest(
                    file: try importer.read(table: table, file: file), reason: reason, action: .changeOrAdd)
                let made = try InputCorrections(database).correct(request, on: nil, isDryRun: false) { _ in }
                try show([CSVImporter.Loaded(table: table, rows: made.correction.rows)])
                return
            }
            let governance = ParameterGovernance(database)
            let known = Set(try governance.sets().map(\.parameterSet))
            var loads = try Progress.during("load \(table)") {
                try file.map { [try importer.load(table: table, file: $0)] } ?? importer.load(folder: table)
            }
            if let index = loads.firstIndex(where: { $0.table == "parameter_set" }) {
                let stale = try governance.sets().filter { $0.approvedBy != nil && !known.contains($0.parameterSet) }
                    .flatMap { try governance.runsMadeStale(by: ParameterSetCode($0.parameterSet)) }
                loads[index].publishedRunsMadeStale = stale.isEmpty ? nil : stale
            }
            try show(loads)
        }
    }

    private func show(_ loads: [CSVImporter.Loaded]) throws {
        if output.json { return print(try JSONText.document(loads)) }
        for load in loads { print("\(load.table): \(plural(load.rows, "row"))") }
        for run in loads.compactMap(\.publishedRunsMadeStale).joined() {
            print(
                "look: the set is approved by its file, and makes a published run stale: \(run.businessDate) "
                    + "\(run.cycle) run \(run.run)")
        }
    }
}
