import Foundation
import Operations
import Quantities
import Runtime
import Storage

/// A case that is a folder: `README.md`, `input/TABLE.csv`, `expected/TABLE.csv`; fixtures/README.md describes it.
struct FolderCase {
    let path: String

    /// Whether a folder is a case rather than a folder of cases.
    static func isCase(_ path: String) -> Bool {
        (try? FileManager.default.contentsOfDirectory(atPath: path + "/input")) != nil
    }

    /// Loads the input, runs the night and compares; an expected failure is compared with the one that came.
    func outcome(_ database: Database) async throws -> CaseOutcome {
        let expectedCode = try exitCode()
        var differences: [String] = []
        do {
            _ = try CSVImporter(InputLoader(database)).load(folder: path + "/input")
            try await CaseRun(database: database, businessDate: try businessDate(database)).run()
            if expectedCode != 0 {
                differences.append("the night ended well, the case expects exit code \(expectedCode)")
            }
        } catch {
            let failure = Failure(error)
            if failure.exitCode == .databaseUnavailable { throw failure }
            if failure.exitCode.rawValue != expectedCode {
                differences.append(
                    "the night ended with exit code \(failure.exitCode.rawValue), the case expects \(expectedCode): "
                        + failure.message)
            } else {
                differences += try messageDifferences(failure)
            }
        }
        differences += try tableDifferences(database)
        return differences.isEmpty ? .agrees : .differs(differences)
    }

    /// The one line of `business-date`, else the newest date that positions were loaded for.
    private func businessDate(_ database: Database) throws -> BusinessDate {
        if let text = text(of: "business-date") {
            guard let date = BusinessDate(text) else {
                throw Failure(.inputRejected, "\(path)/business-date holds no date: \(text)")
            }
            return date
        }
        guard let newest = try CaseStore(database).businessDate() else {
            throw Failure(
                .inputMissing, "\(path) has no positions that tell the business date",
                hint: "write it on one line of \(path)/business-date")
        }
        return newest
    }

    private func tableDifferences(_ database: Database) throws -> [String] {
        let rows = try ResultRows(from: database, businessDate: BusinessDate(dayNumber: 0))
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path + "/expected")) ?? []
        let known = ["exit_code.txt", "message.txt"]
        for name in names.sorted() where !name.hasSuffix(".csv") && !known.contains(name) {
            throw Failure(
                .inputRejected,
                "\(path)/expected/\(name) is neither a CSV file nor one of \(known.joined(separator: ", "))")
        }
        guard !names.isEmpty else { throw Failure(.inputMissing, "\(path)/expected holds nothing to compare with") }
        return try names.filter { $0.hasSuffix(".csv") }.sorted().flatMap { name in
            let table = String(name.dropLast(4))
            return try ExpectedTable(name: table, path: "\(path)/expected/\(name)", database: database)
                .differences(from: rows[table])
        }
    }

    /// Every line of `expected/message.txt` must stand in the message or its hint.
    private func messageDifferences(_ failure: Failure) throws -> [String] {
        (text(of: "expected/message.txt") ?? "").split(separator: "\n").compactMap { line in
            failure.description.contains(line)
                ? nil : "the message is “\(failure.description)”, the case expects it to contain “\(line)”"
        }
    }

    private func exitCode() throws -> Int32 {
        guard let text = text(of: "expected/exit_code.txt") else { return 0 }
        guard let code = Int32(text) else {
            throw Failure(.inputRejected, "\(path)/expected/exit_code.txt holds no number: \(text)")
        }
        return code
    }

    private func text(of file: String) -> String? {
        FileManager.default.contents(atPath: "\(path)/\(file)").map {
            String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }
}
