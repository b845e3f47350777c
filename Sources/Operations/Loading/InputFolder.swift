import Foundation
import Runtime

/// A folder of files named after their tables. Nothing in it is left out in silence: what is no table's file is one of
/// a few known names, or the folder is refused.
package struct InputFolder {
    package let path: String
    /// The names that are `<table>.csv`, of tables that are there.
    package let files: [String]

    /// - Throws: `Failure` 66 for a folder that cannot be read or holds no file, 65 that names each file that would not
    ///   be loaded.
    package init(_ path: String, tables: [String]) throws(Failure) {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            guard !FileManager.default.fileExists(atPath: path) else {
                let table = tables.first { name == "\($0).csv" } ?? "TABLE"
                throw Failure(
                    .inputMissing, "the folder \(path) cannot be read: it is a file",
                    hint: "name its table too: margin load \(table) \(path.shellWord)"
                )
            }
            throw Failure(
                .inputMissing, "the folder \(path) cannot be read: it is not there",
                hint: tables.contains(path)
                    ? "name the file too: margin load \(path) FILE"
                    : "name a folder of files named after their tables: TABLE.csv")
        }
        self.path = path
        let kept = names.filter { !Self.isPassedOver($0) }.sorted()
        files = kept.filter { $0.hasSuffix(".csv") && tables.contains(String($0.dropLast(4))) }
        let others = kept.filter { !files.contains($0) }.map { (name: $0, isFolder: Self.isFolder("\(path)/\($0)")) }
        guard !files.isEmpty || others.contains(where: { !$0.isFolder }) else {
            throw Failure(
                .inputMissing, "the folder \(path) holds no CSV file",
                hint: others.contains { $0.name == "input" } ? "margin load \(path)/input" : nil)
        }
        guard others.isEmpty else {
            let lines = others.map { "\n  \($0.name): \(Self.why($0.name, isFolder: $0.isFolder, tables))" }
            throw Failure(
                .inputRejected,
                "the folder \(path) holds what would not be loaded; nothing was loaded\(lines.joined())",
                hint: "rename it or take it out of the folder; margin template lists the tables")
        }
    }

    /// Hidden files, a README, and the file that tells a business date.
    private static func isPassedOver(_ name: String) -> Bool {
        let plain = name.lowercased()
        return name.hasPrefix(".") || plain == "readme" || plain.hasPrefix("readme.") || name == "business-date"
    }

    private static func isFolder(_ path: String) -> Bool {
        (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil
    }

    private static func why(_ name: String, isFolder: Bool, _ tables: [String]) -> String {
        if isFolder { return "is a folder" }
        let stem = name.lowercased().prefix { $0.isLetter || $0 == "_" }
        guard tables.contains(String(stem)) else {
            return name.hasSuffix(".csv") ? "there is no such table" : "is no file of a table"
        }
        return "the file of \(stem) is named \(stem).csv"
    }
}

/// How far the load of a folder has come, for what is said when it ends early: all of its files are loaded or none.
package struct FolderProgress {
    let folder: String
    let files: [String]
    /// Files that were looked at, in the order of `files`.
    package var looked = 0
    /// Those of them that were refused.
    package var refused = 0
    /// Whether every file is in and only the commit was left.
    package var isWhole = false

    package init(folder: String, files: [String]) {
        self.folder = folder
        self.files = files
    }

    /// The failure with what it leaves loaded, and what not.
    package func failure(_ failure: Failure) -> Failure {
        if isWhole, failure.exitCode == .databaseUnavailable {
            return Failure(
                failure.exitCode, "\(failure.message)\n  whether \(folder) was loaded is not known",
                hint: "load it again: it is refused as already loaded if it was")
        }
        var parts: [String] = []
        if refused > 0 { parts.append("\(plural(Int64(refused), "file")) refused") }
        let fine = looked - refused - (refused == 0 && !isWhole ? 1 : 0)
        if fine > 0 { parts.append("\(fine) without a fault of \(fine == 1 ? "its" : "their") own") }
        let rest = files.dropFirst(looked)
        if !rest.isEmpty {
            let names = rest.prefix(5).joined(separator: ", ") + (rest.count > 5 ? ", …" : "")
            parts.append("\(rest.count) not looked at: \(names)")
        }
        return Failure(
            failure.exitCode,
            "\(failure.message)\n  of the \(plural(Int64(files.count), "file")) of \(folder) none is loaded"
                + (parts.isEmpty ? "" : ": \(parts.joined(separator: ", "))"), hint: failure.hint)
    }
}
