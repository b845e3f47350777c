import Foundation
import TestSupport
import Testing

/// Fault 21, by the runbook's own commands: dump, restore elsewhere, replay.
@Suite struct BackupTests {
    static let day = "2018-12-31"

    @Test func `fault 21: the runbook's backup, restored elsewhere, replays equal and reruns to the same bytes`()
        async throws
    {
        let office = try Office()
        let night = try office.shell(
            "margin migrate && margin load \(Checkout.fixtures)/two-day-night/input"
                + " && margin run --business-date \(Self.day)")
        #expect(night.code == 0, "\(night.errors)")
        let original = try office.shell("margin verify --business-date \(Self.day)")
        #expect(original.output.hasSuffix("  equal\n"), "\(original.output)\(original.errors)")

        let backup = try office.shell(Self.commands("backup"))
        #expect(backup.code == 0, "\(backup.errors)")
        let restored = try office.shell("eval \"$(margin db start)\"\n" + Self.commands("restore"))
        #expect(restored.code == 0, "\(restored.errors)")
        #expect(restored.output.contains("the schema is current\n"), "\(restored.output)")
        #expect(restored.output.hasSuffix(original.output), "\(restored.output)")

        // The next correction, in both.
        let next = """
            eval "$(margin db start)"
            margin correct price --business-date \(Self.day) --series CL-2019-03 --price 45.91 --reason "late print"
            margin rerun --business-date \(Self.day) --reason "late print"
            margin publish --business-date \(Self.day) --run 2
            """
        let first = try office.shell(next)
        #expect(first.code == 0, "\(first.errors)")
        let elsewhere = "export PGDATABASE=restored MARGIN_REPORTS=\"$PWD/restored-reports\"\n"
        let second = try office.shell(
            next.replacing("margin correct", with: elsewhere + "margin correct", maxReplacements: 1))
        #expect(second.code == 0, "\(second.errors)")
        let files = try office.files(below: "reports")
        #expect(files.keys.filter { $0.contains("/r2/") }.count > 10)
        #expect(try office.files(below: "restored-reports") == files)
        try office.close()
    }

    @Test func `the backup is refused by its own checksums once a byte of it has changed`() async throws {
        let office = try Office()
        let made = try office.shell("margin migrate\nmkdir reports\n" + Self.commands("backup"))
        #expect(made.code == 0, "\(made.errors)")
        let dump = office.folder + "/backup/margin.dump"
        var bytes = try Data(contentsOf: URL(fileURLWithPath: dump))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(fileURLWithPath: dump))
        let restored = try office.shell(Self.commands("restore"))
        #expect(restored.code == 1)
        #expect(restored.output.contains("backup/margin.dump: FAILED"), "\(restored.output)")
        try office.close()
    }

    /// The commands of one of the runbook's blocks.
    private static func commands(_ block: String) throws -> String {
        let text = try String(contentsOfFile: Checkout.root + "/docs/operations.md", encoding: .utf8)
        let found = try #require(
            text.firstMatch(of: try Regex("```\(block)\n([\\s\\S]*?)\n```", as: (Substring, Substring).self)))
        return String(found.1)
    }
}

/// A folder with a private cluster and a reports folder of its own, where an operator's shell works.
private struct Office {
    let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/office-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    /// Runs lines in bash, which stops at the first that fails.
    func shell(_ lines: String) throws -> Ended {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-euo", "pipefail", "-c", lines]
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("PG") }
        variables["PATH"] = Checkout.products + ":" + (variables["PATH"] ?? "")
        variables["MARGIN_CLUSTER"] = folder + "/cluster"
        variables["MARGIN_REPORTS"] = folder + "/reports"
        process.environment = variables
        let name = folder + "/shell"
        for kind in ["out", "err"] { _ = FileManager.default.createFile(atPath: "\(name).\(kind)", contents: nil) }
        process.standardOutput = FileHandle(forWritingAtPath: "\(name).out")
        process.standardError = FileHandle(forWritingAtPath: "\(name).err")
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return try Installation.Started(process: process, name: name).wait()
    }

    /// Every file below a folder by its path, with its bytes.
    func files(below name: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: "\(folder)/\(name)") {
            files[path] = FileManager.default.contents(atPath: "\(folder)/\(name)/\(path)")
        }
        return files
    }

    func close() throws {
        let gone = try shell("margin db destroy --yes")
        #expect(gone.code == 0, "\(gone.errors)")
        try FileManager.default.removeItem(atPath: folder)
    }
}
