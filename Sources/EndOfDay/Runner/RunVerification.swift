import ClearingModel
import Digests
import Foundation
import Quantities
import Reporting
import Runtime
import Storage

/// A past run computed again from its pinned inputs, whole, and compared with what it reported.
package struct RunVerification: Sendable {
    package let context: RunContext
    /// The digest over the contents of every report, as recorded and as computed again; 64 hexadecimal digits.
    package let recorded: String
    package let replayed: String
    /// Reports whose contents differ, or that only one side has: `margin-call M01`.
    package let differences: [String]
    /// Stages computed by another numbers version than this program's, with both.
    package let otherNumbers: [String]
    package let reports: Int

    package var isEqual: Bool { differences.isEmpty }

    /// Replays a run in one transaction that is rolled back; nothing of it stays in the database or on disk.
    ///
    /// As long as a night, whatever the run itself computed: what it refers to is computed again too.
    package static func replay(
        _ context: RunContext, settings: RunSettings, on database: Database
    ) async throws -> RunVerification {
        let files = ReportLedger(database)
        let recorded = try files.files(ofRun: context.run)
        guard !recorded.isEmpty else {
            throw Failure(
                .inputMissing, "\(context.title) has no recorded reports to compare with",
                hint: context.line(.status))
        }
        let done = try RunLedger(database).succeeded(run: context.run)
        let others = Stage.allCases.compactMap { stage -> String? in
            guard let version = done.first(where: { $0.stage == stage })?.numbersVersion,
                version != stage.definition.numbersVersion
            else { return nil }
            return "\(stage) \(version), now \(stage.definition.numbersVersion)"
        }
        let folder = FileManager.default.temporaryDirectory.path + "/margin-verify-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let replayed = try await replayedFiles(
            context, database,
            RunSettings(threads: settings.threads, reportsFolder: folder, log: settings.log))
        return RunVerification(
            context: context, recorded: try digest(of: recorded), replayed: try digest(of: replayed),
            differences: differences(recorded, replayed), otherNumbers: others, reports: recorded.count)
    }

    private static func replayedFiles(
        _ context: RunContext, _ database: Database, _ settings: RunSettings
    ) async throws -> [ReportFileEntry] {
        do {
            return try await RunReplay(context, Stage.allCases, label: "verify").perform(settings, on: database) {
                run in
                try ReportLedger(database).files(ofRun: run)
            }
        } catch let error as BlockedInputs {
            throw Failure(
                .inputRejected,
                "\(context.title) cannot be computed again: by the gates of this program, \(error)",
                hint:
                    "a gate or its rule came after the run; the run and its reports stand, verify it with the program "
                    + "that computed it")
        }
    }

    private static func differences(_ recorded: [ReportFileEntry], _ replayed: [ReportFileEntry]) -> [String] {
        func contents(_ files: [ReportFileEntry]) -> [String: SHA256Digest] {
            Dictionary(
                files.map { ("\($0.report) \($0.member ?? "the house")", $0.content) },
                uniquingKeysWith: { first, _ in first })
        }
        let (left, right) = (contents(recorded), contents(replayed))
        return Set(left.keys).union(right.keys).sorted().filter { left[$0] != right[$0] }
    }

    /// Of each report's name, member and content, in their order.
    private static func digest(of files: [ReportFileEntry]) throws -> String {
        try SHA256Digest(
            of: files.map { "\($0.report) \($0.member ?? "") \($0.format.rawValue) \($0.content)\n" }.joined()
        ).description
    }
}
