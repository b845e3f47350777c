import Foundation
import TestSupport
import Testing

/// A recipe of docs/reports.md by which another program reads a report, as its code stands in the document.
struct Recipe: CustomTestStringConvertible {
    /// The programs as jobs/setup-readers.sh installs them.
    static let python = Checkout.root + "/.cluster/readers/bin/python"
    static let areInstalled = FileManager.default.isExecutableFile(atPath: python) && TestTools.path("soffice") != nil

    static let pandas = Recipe(heading: "pandas")
    static let polars = Recipe(heading: "polars")
    static let duckDB = Recipe(heading: "DuckDB")
    static let libreOffice = Recipe(heading: "LibreOffice and Excel")

    /// Programs of others fail in their own ways.
    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    let heading: String
    var testDescription: String { heading }

    /// The code below the heading.
    private func code() throws -> String {
        let text = try String(contentsOfFile: Checkout.root + "/docs/reports.md", encoding: .utf8)
        guard let start = text.range(of: "\n### \(heading)\n"),
            let open = text[start.upperBound...].range(of: "```python\n"),
            let close = text[open.upperBound...].range(of: "\n```")
        else { throw Failed(description: "no recipe for \(heading)") }
        return text[open.upperBound..<close.lowerBound] + "\n"
    }

    /// What the program makes of these columns of a report's CSV: a line a row, its cells as kind and text, and the
    /// sums. `home` is where it looks for settings.
    func lines(_ csv: String, of report: String, columns: [String], home: ScratchFolder) throws -> [[String]] {
        let recipe = try home.write("recipe.py", code())
        let file = try home.write("\(report).csv", csv)
        let script = Checkout.root + "/Tests/ReportingTests/Readers/cells.py"
        let printed = try Self.run(
            [Self.python, "-I", script, recipe, file, TableSchema.file(of: report).path] + columns, home: home)
        return printed.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// What a program prints; throws what it says where it fails.
    static func run(_ command: [String], home: ScratchFolder) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/timeout")
        process.arguments = ["300"] + command
        process.environment = ["HOME": home.path, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
        for kind in ["out", "err"] { try home.write(kind, "") }
        process.standardOutput = FileHandle(forWritingAtPath: home.path(of: "out"))
        process.standardError = FileHandle(forWritingAtPath: home.path(of: "err"))
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let errors = String(decoding: try home.read("err"), as: UTF8.self)
            throw Failed(description: "ended with \(process.terminationStatus): \(errors.suffix(600))")
        }
        return String(decoding: try home.read("out"), as: UTF8.self)
    }
}
