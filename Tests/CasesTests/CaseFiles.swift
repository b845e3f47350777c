import Cases
import Runtime
import Foundation
import PrivateCluster
import TestSupport
import Testing

/// One case after the other: one test looks at what they leave on the server.
@Suite(.serialized) enum CaseTests {}

/// The folder of separately computed cases below the one that MARGIN_EVIDENCE names; nil where it is not set.
let evidenceCases = ProcessInfo.processInfo.environment["MARGIN_EVIDENCE"].map { $0 + "/cases" }

/// The case folders of the checkout.
let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("fixtures").path

/// Runs cases on the tests' server.
func results(of paths: [String]) async throws -> CaseReport {
    let settings = try await TestServer.settings()
    let session = Session(parameters: settings.parameters, description: "the tests' server")
    return try await CaseRunner(session).run(paths) { _ in }
}

/// A folder of its own that is removed when the test is over.
func withScratchFolder<T>(_ body: (String) async throws -> T) async throws -> T {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cases-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
}

/// Copies a file and replaces its first occurrence of a text.
func copy(_ file: String, to copy: String, replacing old: String, with new: String) throws {
    var text = try String(contentsOfFile: file, encoding: .utf8)
    guard let range = text.range(of: old) else { throw CocoaError(.fileReadCorruptFile) }
    text.replaceSubrange(range, with: new)
    try text.write(toFile: copy, atomically: true, encoding: .utf8)
}

extension CaseReport {
    /// The lines of every result.
    var text: String { results.map(\.text).joined(separator: "\n") }
}
