import Foundation

/// A program built with these tests, run to its end without any server: libpq is pointed at nothing, and no private
/// cluster can be made.
package enum BuiltProgram {
    /// What a program that was run left behind.
    package struct Ended: Sendable {
        package let code: Int32
        package let output: String
        package let errors: String
    }

    /// An environment in which no server exists.
    package static let noDatabase = [
        "PGHOST": "/nonexistent", "PGPORT": "1", "PGDATABASE": "nothing", "HOME": "/nonexistent",
        "MARGIN_CLUSTER": "/nonexistent/cluster", "PG_BIN": "/nonexistent",
    ]

    /// The programs that were built: `margin` and the stages, sorted.
    package static func all() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: Checkout.products).filter { name in
            name.wholeMatch(of: /margin(-[a-z]+)*/) != nil
                && FileManager.default.isExecutableFile(atPath: "\(Checkout.products)/\(name)")
        }.sorted()
    }

    /// Runs one of them; its output is collected in files, so that no pipe fills up.
    package static func run(
        _ program: String, _ arguments: [String], environment: [String: String] = noDatabase
    ) throws -> Ended {
        let scratch = try ScratchFolder()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "\(Checkout.products)/\(program)")
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment
            .filter { !$0.key.hasPrefix("PG") && !$0.key.hasPrefix("MARGIN_") }.merging(environment) { $1 }
        for kind in ["out", "err"] { try scratch.write(kind, "") }
        process.standardOutput = FileHandle(forWritingAtPath: scratch.path(of: "out"))
        process.standardError = FileHandle(forWritingAtPath: scratch.path(of: "err"))
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        func text(_ kind: String) throws -> String { String(decoding: try scratch.read(kind), as: UTF8.self) }
        return Ended(code: process.terminationStatus, output: try text("out"), errors: try text("err"))
    }
}
