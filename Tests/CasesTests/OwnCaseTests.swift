import Cases
import EndOfDay
import Foundation
import TestSupport
import Testing

extension CaseTests {
    /// The neutral format and what is said of cases in it, by houses of our own (Houses/README.md).
    @Suite struct OwnCaseTests {
        private static let folder = Checkout.root + "/Tests/CasesTests/Houses"

        /// Runs a changed copy of a case.
        private func changed(_ name: String, _ old: String, _ new: String) async throws -> CaseReport {
            try await withScratchFolder { scratch in
                let copy = "\(scratch)/changed.json"
                return try await results(of: [edited("\(Self.folder)/\(name).json", old, new, to: copy)])
            }
        }

        @Test func `every case agrees`() async throws {
            let report = try await results(of: [Self.folder])
            for result in report.results { #expect(result.text == "ok       \(result.name)") }
            #expect(report.summary == "5 agree, 0 differ, 0 refused")
            #expect(report.exitCode == .done)
        }

        @Test(arguments: [
            (
                "wheat-calls", "\"scan\": \"12000\"", "\"scan\": \"12001\"",
                "account A, combined commodity WHEAT: scan is 12000, the case expects 12001"
            ),
            (
                "wheat-calls", "\"a_side\": \"long\"", "\"a_side\": \"short\"",
                "account B, combined commodity WHEAT, calendar spread 1 (S1): a side is long, the case expects short"
            ),
            (
                "wheat-calls", "\"excluded\": \"issuer_limit\"", "\"excluded\": \"\"",
                "account A, collateral item b: excluded is issuer_limit, the case expects empty"
            ),
            (
                "wheat-calls", "\"call\": \"8000.00\"", "\"call\": \"8000.01\"",
                "call is 8000.00, the case expects 8000.01"
            ),
            ("wheat-add-ons", "\"14641.02\"", "\"14641.03\"", "amount is 14641.02, the case expects 14641.03"),
            ("two-loss-vectors", "\"-34\"", "\"-35\"", "component es of P2 is -34, the case expects -35"),
            ("two-loss-vectors", "\"876.67\"", "\"876.68\"", "es whole is 876.67, the case expects 876.68"),
            ("absolute-moves", "\"1600.00\"", "\"1600.01\"", "add on is 1600.00, the case expects 1600.01"),
            ("absolute-moves", "\"var\": \"2000.00\"", "\"var\": \"2000.01\"", "var is 2000, the case expects 2000.01"),
            ("filtered-and-stressed", "\"OILP\": 1.0", "\"OILP\": 1.1", "volatility now of OILP is 1"),
            ("filtered-and-stressed", "\"500.00\"", "\"500.01\"", "core is 500, the case expects 500.01"),
            (
                "filtered-and-stressed", "\"stressed_losses\": [\n    \"1000\"", "\"stressed_losses\": [\n    \"1001\"",
                "stressed losses, entry 1 is 1000, the case expects 1001"
            ),
        ])
        func `a changed figure is told in the desk's words`(
            name: String, old: String, new: String, words: String
        ) async throws {
            let report = try await changed(name, old, new)
            #expect(report.text.contains(words), "\(report.text)")
            #expect(report.exitCode == .difference)
        }

        @Test func `a figure that the case lacks is a difference too`() async throws {
            let report = try await changed(
                "wheat-calls", "\"requirement\": \"12000.00\",\n    \"collateral\"", "\"collateral\"")
            #expect(report.exitCode == .difference, "\(report.text)")
        }

        @Test(arguments: [
            (
                "wheat-calls", "\"member\": \"M1\"", "\"member\": \"M1\", \"colour\": \"red\"",
                "unknown key colour in input.accounts[1]"
            ),
            (
                "absolute-moves", "\"confidence\": \"0.6\"", "\"confidence\": \"1.5\"",
                "confidence 1.5 is not inside 0 to 1"
            ),
            ("absolute-moves", "\"mpor_days\": 1", "\"mpor\": 1", "unknown key mpor in input.historical"),
            ("absolute-moves", "\"mpor_days\": 1", "\"convention\": \"worst\"", "convention worst is unknown"),
            ("absolute-moves", "\"2025-06-11\",", "", "risk factor OILP has 6 levels on 5 dates"),
            (
                "absolute-moves", "\"return_kind\": \"absolute\"", "\"return_kind\": \"square\"",
                "return_kind square is unknown"
            ),
            (
                "filtered-and-stressed", "\"seed_days\": 2", "\"seed_days\": 7",
                "the history has 6 returns, 7 are needed"
            ),
            (
                "filtered-and-stressed", "\"from\": \"2025-06-13\"", "\"from\": \"2025-06-17\"",
                "no return lies wholly in the stressed window"
            ),
        ])
        func `a case that contradicts itself, or has what is not known, is refused by its name`(
            name: String, old: String, new: String, words: String
        ) async throws {
            let report = try await changed(name, old, new)
            #expect(report.text.contains(words), "\(report.text)")
            #expect(report.exitCode == .inputRejected)
        }
    }
}
