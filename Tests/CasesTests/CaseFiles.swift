import Cases
import Runtime
import Foundation
import PrivateCluster
import ServerTestSupport
import Testing

/// One case after the other: one test looks at what they leave on the server.
@Suite(.serialized) enum CaseTests {}

/// Runs cases on the tests' server.
func results(of paths: [String]) async throws -> CaseReport {
    let settings = try await TestServer.settings()
    let session = Session(parameters: settings.parameters, description: "the tests' server")
    return try await CaseRunner(session).run(paths) { _ in }
}

extension CaseReport {
    /// The lines of every result.
    var text: String { results.map(\.text).joined(separator: "\n") }
}
