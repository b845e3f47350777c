import Cases
import EndOfDay
import Foundation
import Postgres
import Runtime
import ServerTestSupport
import TestSupport
import Testing
import TestSupport

extension CaseTests {
    struct FolderCaseTests {
        /// Runs a changed copy of a fixture.
        private func changed(_ name: String, _ file: String, _ old: String, _ new: String) async throws -> CaseReport {
            try await withScratchFolder { scratch in
                let folder = "\(scratch)/\(name)"
                try FileManager.default.copyItem(atPath: "\(Checkout.fixtures)/\(name)", toPath: folder)
                try edited("\(folder)/\(file)", old, new, to: "\(folder)/\(file)")
                return try await results(of: [folder])
            }
        }

        @Test func `every fixture agrees`() async throws {
            let report = try await results(of: [Checkout.fixtures])
            #expect(report.exitCode == .done, "\(report.text)")
            #expect(report.results.map(\.name).contains("unknown-series"))
        }

        @Test(arguments: [
            (
                "expected/combined_commodity_risk.csv", "A,OIL,13,18000", "A,OIL,13,18001",
                "account A, combined commodity OIL: scan is 18000.00, the case expects 18001"
            ),
            ("expected/risk_array.csv", "-420000,420000", "-420000,420001", "series OIL-2025-08: risk array is {0,0,"),
            (
                "expected/requirement.csv", "B,USD,18000,USD,18000\n", "",
                "account B, currency USD: the run has a row of requirement, which the case lacks"
            ),
            (
                "expected/margin_call.csv", "\nB,", "\nC,",
                "account C: the case expects a row of margin call, the run has none"
            ),
            (
                "input/settlement_price.csv", "70.00,USD", "70.00,EUR",
                "the night ended with exit code 65, the case expects 0"
            ),
        ])
        func `a difference is told in the desk's words`(
            file: String, old: String, new: String, words: String
        ) async throws {
            let report = try await changed("single-future", file, old, new)
            #expect(report.text.contains(words), "\(report.text)")
            #expect(report.exitCode == .difference)
        }

        @Test func `a bad cell ends in the loader with the code and the message that the case expects`() async throws {
            try await withScratchFolder { scratch in
                let folder = "\(scratch)/bad-cell"
                try FileManager.default.copyItem(atPath: "\(Checkout.fixtures)/single-future", toPath: folder)
                try edited("\(folder)/input/position.csv", ",3,0", ",three,0", to: "\(folder)/input/position.csv")
                try FileManager.default.removeItem(atPath: "\(folder)/expected")
                try FileManager.default.createDirectory(atPath: "\(folder)/expected", withIntermediateDirectories: true)
                try "65\n".write(toFile: "\(folder)/expected/exit_code.txt", atomically: true, encoding: .utf8)
                try "line 2, long_quantity “three”\nhint: mend the file\n".write(
                    toFile: "\(folder)/expected/message.txt", atomically: true, encoding: .utf8)
                let report = try await results(of: [folder])
                #expect(report.text == "ok       bad-cell")
            }
        }

        @Test func `a case that expects another message or another code differs`() async throws {
            let message = try await changed(
                "unknown-series", "expected/message.txt", "nothing was computed", "all is well")
            #expect(
                message.text.contains("expects it to contain “1 finding blocks, all is well”"), "\(message.text)")
            let code = try await changed("unknown-series", "expected/exit_code.txt", "65", "66")
            #expect(code.text.contains("the night ended with exit code 65, the case expects 66"), "\(code.text)")
        }

        @Test func `an unknown column is refused`() async throws {
            let column = try await changed("single-future", "expected/requirement.csv", "amount", "sum")
            #expect(column.text.contains("unknown column sum"), "\(column.text)")
            #expect(column.exitCode == .inputRejected)
        }

        @Test func `nothing of a case stays on the server`() async throws {
            _ = try await results(of: ["\(Checkout.fixtures)/single-future"])
            let connection = try await TestServer.connect()
            let left = try connection.one(
                "select count(*) from pg_database where datname like 'margin\\_case\\_' || $1 || '\\_%'",
                [.text("\(ProcessInfo.processInfo.processIdentifier)")])
            #expect(try left.int64(.at(0)) == 0)
        }
    }
}
