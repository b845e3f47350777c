import Foundation
import Runtime

/// What one case came to.
package enum CaseOutcome: Sendable {
    case agrees
    /// Every difference, in the house's words.
    case differs([String])
    /// Features it needs that the night does not have.
    case refused(needs: [String])
    /// It could not be brought in, or its night ended early.
    case failed(Failure)
}

/// A case with its name and what it came to.
package struct CaseResult: Sendable {
    package let name: String
    package let outcome: CaseOutcome

    /// One line, and the first difference below it.
    package var text: String {
        switch outcome {
        case .agrees: return "ok       \(name)"
        case .differs(let differences):
            let rest = differences.count > 1 ? "\n         … \(differences.count) differences in all" : ""
            return "DIFFERS  \(name)\n         \(differences[0])\(rest)"
        case .refused(let features): return "refused  \(name): needs \(features.joined(separator: ", "))"
        case .failed(let failure):
            return "refused  \(name): \(failure.message)" + (failure.hint.map { "\n         hint: \($0)" } ?? "")
        }
    }
}

/// The results of some cases and how the command ends.
package struct CaseReport: Sendable {
    package private(set) var results: [CaseResult] = []

    mutating func add(_ result: CaseResult) { results.append(result) }

    /// `28 agree, 0 differ, 3 refused`.
    package var summary: String {
        var (agree, differ) = (0, 0)
        for result in results {
            switch result.outcome {
            case .agrees: agree += 1
            case .differs: differ += 1
            case .refused, .failed: break
            }
        }
        return "\(agree) agree, \(differ) differ, \(results.count - agree - differ) refused"
    }

    /// 1 if any case differs; else 65 if any needs a feature, or the code of the first that failed; else 0.
    package var exitCode: ExitCode {
        var code = ExitCode.done
        for result in results {
            switch result.outcome {
            case .agrees: break
            case .differs: return .difference
            case .refused: if code == .done { code = .inputRejected }
            case .failed(let failure): if code == .done { code = failure.exitCode }
            }
        }
        return code
    }
}

/// Runs cases, one after the other in a throw-away database, through the same loader and the same stages as any night.
package struct CaseRunner {
    private let session: Session

    package init(_ session: Session) { self.session = session }

    /// Runs the cases of the paths, in order; `report` is called after each.
    ///
    /// A path is a JSON file, a folder with `input/`, or a folder of such files and folders.
    /// - Throws: `Failure` 66 for a path without a case, 69 for a server that goes away.
    package func run(_ paths: [String], report: (CaseResult) -> Void) async throws -> CaseReport {
        let cases = try paths.flatMap(Self.cases)
        return try await ThrowAwayDatabase.with(session) { database in
            var reports = CaseReport()
            for path in cases {
                let result = CaseResult(name: Self.name(of: path), outcome: try await outcome(of: path, database))
                reports.add(result)
                report(result)
            }
            return reports
        }
    }

    private func outcome(of path: String, _ database: ThrowAwayDatabase) async throws -> CaseOutcome {
        do {
            if !path.hasSuffix(".json") {
                return try await database.emptied { try await FolderCase(path: path).outcome($0) }
            }
            let neutral = try NeutralCase(path: path, name: Self.name(of: path))
            let features = neutral.unsupportedFeatures
            if !features.isEmpty { return .refused(needs: features) }
            return try await database.emptied { try await neutral.outcome($0) }
        } catch {
            let failure = Failure(error)
            if failure.exitCode == .databaseUnavailable { throw failure }
            return .failed(failure)
        }
    }

    /// The cases below a path, by name.
    private static func cases(_ path: String) throws -> [String] {
        if path.hasSuffix(".json") || FolderCase.isCase(path) { return [path] }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw Failure(
                .inputMissing, "\(path) is neither a case nor a folder that can be read",
                hint: "a case is a JSON file, or a folder with input/ and expected/")
        }
        let cases = names.sorted().map { "\(path)/\($0)" }.filter { $0.hasSuffix(".json") || FolderCase.isCase($0) }
        guard !cases.isEmpty else {
            throw Failure(
                .inputMissing, "\(path) holds no case",
                hint: "a case is a JSON file, or a folder with input/ and expected/")
        }
        return cases
    }

    private static func name(of path: String) -> String {
        let last = URL(fileURLWithPath: path).lastPathComponent
        return last.hasSuffix(".json") ? String(last.dropLast(5)) : last
    }
}
