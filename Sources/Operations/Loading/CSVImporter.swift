import Calibration
import Digests
import Foundation
import Runtime
import Storage
import Validation

/// Reads CSV files for the input loader: comments above the header, the header, the rows as they are.
package struct CSVImporter {
    private let loader: InputLoader
    private let rejects: RejectedRowStore?

    /// `rejects` keeps the faults of refused files; without it they are only thrown.
    package init(_ loader: InputLoader, rejects: RejectedRowStore? = nil) {
        self.loader = loader
        self.rejects = rejects
    }

    /// What one file brought.
    package struct Loaded: Sendable, Encodable {
        package let table: String
        package let rows: Int64
        /// The published runs that sets of the file make stale because it says that they are approved; nil where none.
        package var publishedRunsMadeStale: [StalePublishedRun]?

        package init(table: String, rows: Int64) {
            self.table = table
            self.rows = rows
        }
    }

    /// A file that was refused, with its faults.
    private struct RefusedFile: Error {
        let file: InputFile
        let refusal: LoadRefusal
        /// The load that brought the same file, whose rows are all there already.
        var earlierLoad: Int64?
        /// Whether the file has no fault but that its rows are there.
        var isThere: Bool {
            if case .rows(let errors) = refusal { return errors.allSatisfy { $0.kind == .alreadyLoaded } }
            return false
        }

        var failure: Failure {
            if let earlierLoad {
                return Failure(
                    .inputRejected,
                    "\(file.table), \(file.source): loaded already, by load \(earlierLoad), and unchanged",
                    hint: "nothing of it is to be loaded again")
            }
            let failure = Failure(refusal)
            let hint = failure.hint?.replacing("load TABLE FILE", with: "load \(file.table) \(file.source.shellWord)")
            return Failure(failure.exitCode, "\(file.table), \(file.source): \(failure.message)", hint: hint)
        }
    }

    private struct RefusedFiles: Error { let files: [RefusedFile] }

    /// Loads one file into one table.
    /// - Throws: `Failure` 66 for a file that cannot be read, 65 with every bad cell or with every rule that a
    ///   parameter set breaks.
    package func load(table: String, file: String) throws -> Loaded {
        try keepingRejects(source: file) {
            try loader.togetherHoldingParameterRules(isWhole: false) { try loadInTransaction(table: table, file: file) }
        }
    }

    private func loadInTransaction(table: String, file: String) throws -> Loaded {
        Progress.part(table)
        let input = try open(table: table, file: file)
        do {
            return Loaded(table: table, rows: try loader.load(input))
        } catch let refusal as LoadRefusal {
            var refused = RefusedFile(file: input, refusal: refusal)
            if refused.isThere { refused.earlierLoad = try loader.load(of: input) }
            throw refused
        }
    }

    /// One file as the loader takes it.
    /// - Throws: `Failure` 66 for a file that cannot be read, 65 for one without a header to read it by.
    package func read(table: String, file: String) throws -> InputFile {
        try keepingRejects(source: file) { try open(table: table, file: file) }
    }

    private func open(table: String, file: String) throws -> InputFile {
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw Failure(.inputMissing, "\(file) cannot be read", hint: "margin template \(table) > \(file)")
        }
        do {
            return try Self.inputFile(table, source: file, Array(bytes))
        } catch let refusal as LoadRefusal {
            let refused = InputFile(
                table: table, source: file, sha256: try SHA256Digest(of: Array(bytes)).bytes, columns: [],
                headerLines: nil, rows: [])
            throw RefusedFile(file: refused, refusal: refusal)
        }
    }

    /// Loads every `<table>.csv` of a folder, parameter sets first, in the order of the names: all of them or none.
    /// - Throws: `Failure` 65 for a file that would be left out, with every bad cell of every file, or with every rule
    ///   that a parameter set breaks; it says that nothing of the folder is loaded.
    package func load(folder: String) throws -> [Loaded] {
        let files = try InputFolder(folder, tables: try loader.tables()).files.sorted { order($0) < order($1) }
        var progress = FolderProgress(folder: folder, files: files)
        do {
            return try keepingRejects(source: folder) {
                try loader.togetherHoldingParameterRules(isWhole: files.contains("parameter_set.csv")) {
                    let loaded = try load(files, &progress)
                    progress.isWhole = true
                    return loaded
                }
            }
        } catch {
            throw progress.failure(Failure(error))
        }
    }

    private func load(_ files: [String], _ progress: inout FolderProgress) throws -> [Loaded] {
        var loaded: [Loaded] = []
        var refused: [RefusedFile] = []
        for file in files {
            progress.looked += 1
            do {
                loaded.append(
                    try loadInTransaction(table: String(file.dropLast(4)), file: "\(progress.folder)/\(file)"))
            } catch let refusal as RefusedFile where refusal.failure.exitCode == .inputRejected {
                refused.append(refusal)
                progress.refused += 1
                if Self.parents.contains(file), !refusal.isThere { break }
            }
        }
        if !refused.isEmpty { throw RefusedFiles(files: refused) }
        return loaded
    }

    /// Loads, and after a refusal, which has rolled everything back, keeps the faults and throws the `Failure`.
    private func keepingRejects<T>(source: String, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let refused as RefusedFile {
            keep([refused])
            throw refused.failure
        } catch let refused as RefusedFiles {
            keep(refused.files)
            let failures = refused.files.map(\.failure)
            throw Failure(
                .inputRejected, failures.map(\.message).joined(separator: "\n"), hint: Self.hint(refused.files))
        } catch let refusal as LoadRefusal {
            // What was refused is said in any case; that it is also kept must not hide it.
            try? rejects?.save(table: "parameter_set", source: source, sha256: [], refusal.faults)
            throw refusal
        } catch let refusal as CalibrationRefusal {
            throw Self.notLoaded(Failure(refusal))
        } catch let refusal as ValidationRefusal {
            throw Self.notLoaded(Failure(refusal))
        }
    }

    /// What rows of calibration and validation break, told where they were to be loaded.
    private static func notLoaded(_ failure: Failure) -> Failure {
        Failure(
            failure.exitCode, "nothing was loaded: \(failure.message)",
            hint: "mend the row and load again what was to be loaded")
    }

    /// What comes next after files of a folder were refused: those loaded already need no second load.
    private static func hint(_ refused: [RefusedFile]) -> String? {
        let isThere = refused.filter { $0.isThere }.count
        if isThere == 0 {
            return refused.count == 1 ? refused[0].failure.hint : "mend the files and load the folder again"
        }
        let rest = isThere < refused.count ? "mend the others, then each by itself: " : "go on, or load what is new: "
        return "what is loaded already stays; \(rest)margin load TABLE FILE; rows that change: "
            + "margin load TABLE FILE --correct --reason R"
    }

    private func keep(_ files: [RefusedFile]) {
        for refused in files {
            try? rejects?.save(
                table: refused.file.table, source: refused.file.source, sha256: refused.file.sha256,
                refused.refusal.faults)
        }
    }

    /// Files whose rows those of others refer to, before them; after a bad one the others' errors would say nothing.
    private static let parents = [
        "parameter_set.csv", "intra_spread.csv", "inter_spread.csv", "liquidity_group.csv",
        "simulation.csv", "risk_group.csv", "stress_set.csv", "stress_scenario.csv",
    ]

    /// Parents before their children; else by name.
    private func order(_ file: String) -> (Int, String) {
        (Self.parents.firstIndex(of: file) ?? Self.parents.count, file)
    }

    /// The value of a default without the server's quotes and casts: `'EOD'::text` is `EOD`.
    private static func plain(_ value: String) -> String {
        guard let found = value.wholeMatch(of: /\(?'([^']*)'(?:::[a-z_. ]+)?\)?(?:::[a-z_. ]+)?/) else { return value }
        return found.output.1.isEmpty ? "none" : String(found.output.1)
    }

    /// A template of a table: each column's meaning, type and need in comments, then the header.
    package func template(of table: String) throws -> String {
        let columns = try loader.columns(of: table)
        guard !columns.isEmpty else { throw LoadRefusal.unknownTable(table, known: try loader.tables()) }
        let width = columns.map(\.name.count).max() ?? 0
        let comments = columns.flatMap { column in
            let need =
                column.isRequired
                ? "required" : column.defaultValue.map { "empty means \(Self.plain($0))" } ?? "may be empty"
            let name = column.name.padding(toLength: width, withPad: " ", startingAt: 0)
            let indent = String(repeating: " ", count: width)
            return [
                "# \(name)  \(column.meaning)",
                "# \(indent)  \(column.type)\(column.isKey ? ", key" : ""), \(need)",
            ]
        }
        return
            (["# \(table): one row a line; lines that begin with # above the header are comments"] + comments
            + [columns.map(\.name).joined(separator: ",")]).joined(separator: "\n") + "\n"
    }
}
