import Digests
import Foundation
import Storage

/// Reads CSV files for the input loader: comments above the header, the header, the rows as they are.
package struct CSVImporter {
    private let loader: InputLoader
    private let correctionReason: String?

    package init(_ loader: InputLoader, correctionReason: String? = nil) {
        self.loader = loader
        self.correctionReason = correctionReason
    }

    /// What one file brought.
    package struct Loaded: Sendable {
        package let table: String
        package let rows: Int64
    }

    /// Loads one file into one table.
    /// - Throws: `Failure` 66 for a file that cannot be read, 65 with every bad cell or with every rule that a
    ///   parameter set breaks.
    package func load(table: String, file: String) throws -> Loaded {
        try loader.togetherHoldingParameterRules(isWhole: false) { try loadInTransaction(table: table, file: file) }
    }

    private func loadInTransaction(table: String, file: String) throws -> Loaded {
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw Failure(.inputMissing, "\(file) cannot be read", hint: "margin template \(table) > \(file)")
        }
        do {
            return Loaded(table: table, rows: try loader.load(inputFile(table, source: file, Array(bytes))))
        } catch let refusal as LoadRefusal {
            let failure = Failure(refusal)
            throw Failure(failure.exitCode, "\(table), \(file): \(failure.message)", hint: failure.hint)
        }
    }

    /// Loads every `<table>.csv` of a folder, parameter sets first, in the order of the names: all of them or none.
    /// - Throws: `Failure` 65 with every bad cell of every file, or with every rule that a parameter set breaks.
    package func load(folder: String) throws -> [Loaded] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw Failure(.inputMissing, "the folder \(folder) cannot be read")
        }
        let files = names.filter { $0.hasSuffix(".csv") }.sorted { order($0) < order($1) }
        guard !files.isEmpty else { throw Failure(.inputMissing, "the folder \(folder) holds no CSV file") }
        return try loader.togetherHoldingParameterRules(isWhole: files.contains("parameter_set.csv")) {
            var loaded: [Loaded] = []
            var refusals: [Failure] = []
            for file in files {
                do {
                    loaded.append(try loadInTransaction(table: String(file.dropLast(4)), file: "\(folder)/\(file)"))
                } catch let failure as Failure where failure.exitCode == .inputRejected && !Self.parents.contains(file)
                {
                    refusals.append(failure)
                }
            }
            guard let first = refusals.first else { return loaded }
            throw Failure(
                .inputRejected, refusals.map(\.message).joined(separator: "\n"),
                hint: refusals.count == 1 ? first.hint : "mend the files and load the folder again")
        }
    }

    /// Files whose rows those of others refer to, before them; after a bad one the others' errors would say nothing.
    private static let parents = [
        "parameter_set.csv", "intra_spread.csv", "inter_spread.csv", "liquidity_group.csv",
        "simulation.csv", "risk_group.csv",
    ]

    /// Parents before their children; else by name.
    private func order(_ file: String) -> (Int, String) {
        (Self.parents.firstIndex(of: file) ?? Self.parents.count, file)
    }

    /// A file's bytes cut into header and rows. Lines that begin with `#` above the header are comments.
    package func inputFile(_ table: String, source: String, _ bytes: [UInt8]) throws -> InputFile {
        var rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        var lines = 0
        var header: [String] = []
        while !rest.isEmpty, header.isEmpty {
            let line = rest.prefix { $0 != UInt8(ascii: "\n") }
            rest = rest.dropFirst(line.count + 1)
            lines += 1
            let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            if text.isEmpty || text.hasPrefix("#") { continue }
            header = text.split(separator: ",", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: CharacterSet(charactersIn: "\" "))
            }
        }
        guard !header.isEmpty else {
            throw Failure(.inputRejected, "\(source) has no header", hint: "margin template \(table) prints one")
        }
        return InputFile(
            table: table, source: source, sha256: try SHA256Digest(of: bytes).bytes, columns: header,
            headerLines: lines,
            rows: Array(rest), correctionReason: correctionReason)
    }

    /// A template of a table: each column explained in a comment, then the header.
    package func template(of table: String) throws -> String {
        let columns = try loader.columns(of: table)
        guard !columns.isEmpty else { throw LoadRefusal.unknownTable(table, known: try loader.tables()) }
        let width = columns.map(\.name.count).max() ?? 0
        let comments = columns.map { column in
            let need =
                column.isRequired ? "required" : column.defaultValue.map { "empty means \($0)" } ?? "may be empty"
            let name = column.name.padding(toLength: width, withPad: " ", startingAt: 0)
            return "# \(name)  \(column.type)\(column.isKey ? ", key" : ""), \(need)"
        }
        return
            (["# \(table): one row a line; lines that begin with # above the header are comments"] + comments
            + [columns.map(\.name).joined(separator: ",")]).joined(separator: "\n") + "\n"
    }
}
