import Foundation

/// The Python of jobs/setup-quantlib.sh, with the releases that are fixed there.
package enum PinnedPython {
    package struct Failed: Error, CustomStringConvertible {
        package let description: String
    }

    private static let root = URL(filePath: Checkout.root)
    private static let path = root.appending(path: ".cluster/quantlib/bin/python").path

    package static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }

    /// The rows of CSV that a script of the repository prints, as their line and by column.
    package static func rows(of script: String) throws -> [(text: String, cells: [String: String])] {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = ["-I", root.appending(path: script).path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failed(description: "\(script) ended with \(process.terminationStatus)")
        }
        let lines = CSVRows.lines(String(decoding: bytes, as: UTF8.self))
        guard let header = lines.first else { throw Failed(description: "\(script) printed nothing") }
        return try lines.dropFirst().map { cells in
            let line = cells.joined(separator: ",")
            guard cells.count == header.count else { throw Failed(description: "not a row of \(script): \(line)") }
            return (line, Dictionary(zip(header, cells)) { first, _ in first })
        }
    }
}
