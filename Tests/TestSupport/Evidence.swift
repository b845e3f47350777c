import Foundation

/// Cases and published files outside the repository, in the folder that MARGIN_EVIDENCE names. What is tested with them
/// is tested a second time: every rule has tests that need none of them.
package enum Evidence {
    /// The folder; nil where the variable is not set, and the tests that need it are skipped.
    package static let folder = ProcessInfo.processInfo.environment["MARGIN_EVIDENCE"]
    package static var isPresent: Bool { folder != nil }

    /// The folder of the separately computed cases.
    package static var cases: String { path("cases") }

    /// The path of a file or folder below the evidence folder.
    package static func path(_ name: String) -> String { "\(folder ?? "")/\(name)" }

    /// The path of the case whose file begins with `number`.
    package static func caseFile(_ number: String) throws -> String {
        guard let file = caseFiles.first(where: { $0.hasPrefix(number + "-") }) else {
            throw CocoaError(.fileNoSuchFile)
        }
        return "\(cases)/\(file)"
    }

    /// The names of the case files, sorted; none without the folder.
    package static var caseFiles: [String] {
        guard isPresent else { return [] }
        let files = try? FileManager.default.contentsOfDirectory(atPath: cases)
        return (files ?? []).filter { $0.hasSuffix(".json") }.sorted()
    }
}
