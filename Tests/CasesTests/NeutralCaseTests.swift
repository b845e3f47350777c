import Cases
import EndOfDay
import Foundation
import Runtime
import TestSupport
import Testing

extension CaseTests {
    @Suite(.enabled(if: Evidence.isPresent, "MARGIN_EVIDENCE does not name the evidence folder"))
    struct NeutralCaseTests {
        private var folder: String { Evidence.cases }

        private func file(_ number: String) throws -> String {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            return "\(folder)/\(try #require(names.first { $0.hasPrefix(number + "-") }))"
        }

        @Test func `every case agrees`() async throws {
            let report = try await results(of: [folder])
            for result in report.results { #expect(result.text == "ok       \(result.name)") }
            #expect(report.summary == "\(report.results.count) agree, 0 differ, 0 refused")
            #expect(report.exitCode == .done)
        }

        /// Each figure of a simulation is compared: of each, one digit is changed.
        @Test(arguments: [
            ("49", "\"12637/5\"", "\"12638/5\"", "component es of P1 is 12637/5, the case expects 12638/5"),
            (
                "49", "\"es_whole\": \"2671.00\"", "\"es_whole\": \"2671.01\"",
                "es whole is 2671, the case expects 2671.01"
            ),
            ("53", "\"add_on\": \"4004.42\"", "\"add_on\": \"4004.43\"", "add on is 4004.42, the case expects 4004.43"),
            ("53", "\"var\": \"80088.44\"", "\"var\": \"80088.45\"", "var is 80088.44, the case expects 80088.45"),
            ("54", "0.01370449111856385", "0.01370449311856385", "volatility now of GASP is 0.0137044911185638"),
            ("54", "\"84825.75\"", "\"84825.76\"", "core is 84825.75, the case expects 84825.76"),
            ("54", "\"9217.36\"", "\"9217.37\"", "stressed losses, entry 1 is 9217.36, the case expects 9217.37"),
        ])
        func `a changed figure of a simulation is a difference`(
            number: String, old: String, new: String, words: String
        ) async throws {
            try await withScratchFolder { scratch in
                let copied = scratch + "/changed.json"
                try edited(file(number), old, new, to: copied)
                let report = try await results(of: [copied])
                #expect(report.text.contains(words), "\(report.text)")
                #expect(report.exitCode == .difference)
            }
        }

        /// What contradicts itself, or is not known, is refused by its name and never passed.
        @Test(arguments: [
            ("53", "\"confidence\": \"0.99\"", "\"confidence\": \"1.5\"", "confidence 1.5 is not inside 0 to 1"),
            ("53", "\"mpor_days\": 2", "\"mpor\": 2", "unknown key mpor in input.historical"),
            ("53", "\"lambda\": \"0.97\"", "\"convention\": \"worst\"", "convention worst is unknown"),
            ("53", "\"2023-02-20\",", "", "risk factor OILP has 601 levels on 600 dates"),
            ("53", "\"return_kind\": \"log\"", "\"return_kind\": \"square\"", "return_kind square is unknown"),
            ("54", "\"seed_days\": 60", "\"seed_days\": 601", "the history has 600 returns, 601 are needed"),
            (
                "54", "\"from\": \"2023-11-20\"", "\"from\": \"2024-05-27\"",
                "no return lies wholly in the stressed window"
            ),
        ])
        func `a simulation that contradicts itself is refused`(
            number: String, old: String, new: String, words: String
        ) async throws {
            try await withScratchFolder { scratch in
                let copied = scratch + "/refused.json"
                try edited(file(number), old, new, to: copied)
                let report = try await results(of: [copied])
                #expect(report.text.contains(words), "\(report.text)")
                #expect(report.exitCode == .inputRejected)
            }
        }

        @Test(arguments: [
            (
                "01", "\"scan\": \"18000\"", "\"scan\": \"18001\"",
                "account A, combined commodity OIL: scan is 18000, the case expects 18001"
            ),
            (
                "09", "\"a_side\": \"long\"", "\"a_side\": \"short\"",
                "account A, combined commodity OIL, calendar spread 1 (S1): a side is long, the case expects short"
            ),
            (
                "58", "\"excluded\": \"issuer_limit\"", "\"excluded\": \"\"",
                "account A, collateral item b1: excluded is issuer_limit, the case expects empty"
            ),
            ("59", "\"call\": \"7000.00\"", "\"call\": \"7000.01\"", "call is 7000.00, the case expects 7000.01"),
        ])
        func `a changed figure is reported in the desk's words`(
            number: String, old: String, new: String, words: String
        ) async throws {
            try await withScratchFolder { scratch in
                let copied = scratch + "/changed.json"
                try edited(file(number), old, new, to: copied)
                let report = try await results(of: [copied])
                #expect(report.text.contains(words), "\(report.text)")
                #expect(report.exitCode == .difference)
            }
        }

        @Test func `a figure that the case lacks is a difference too`() async throws {
            try await withScratchFolder { scratch in
                let copied = scratch + "/lacking.json"
                try edited(file("01"), "\"requirement\": \"18000.00\"\n   }", "\"house\": null }", to: copied)
                let report = try await results(of: [copied])
                #expect(report.exitCode == .difference, "\(report.text)")
            }
        }

        @Test func `an unknown key of the input is refused by its name`() async throws {
            try await withScratchFolder { scratch in
                let copied = scratch + "/unknown.json"
                try edited(file("01"), "\"member\": \"M1\"", "\"member\": \"M1\", \"colour\": \"red\"", to: copied)
                let report = try await results(of: [copied])
                #expect(report.text.contains("unknown key colour in input.accounts[1]"), "\(report.text)")
                #expect(report.exitCode == .inputRejected)
            }
        }

        @Test func `liquidity and concentration lines are computed where a case has only those`() async throws {
            try await withScratchFolder { scratch in
                let copied = scratch + "/add-ons.json"
                let whole = try jsonObject(String(contentsOfFile: file("48"), encoding: .utf8))
                try JSONSerialization.data(withJSONObject: withoutUnsupportedAddOns(whole))
                    .write(to: URL(fileURLWithPath: copied))
                let report = try await results(of: [copied])
                #expect(report.text == "ok       add-ons")
            }
        }
    }
}

/// The case with nothing but the liquidity and concentration add-ons.
private func withoutUnsupportedAddOns(_ value: Any) -> Any {
    if let members = value as? [String: Any] {
        let dropped = ["half_spreads", "impacts", "credit_multiplier", "member_concentration"]
        return members.filter { !dropped.contains($0.key) }.mapValues(withoutUnsupportedAddOns)
    }
    guard let values = value as? [Any] else { return value }
    let dropped = ["half_spread", "impact", "credit_grade"]
    return values.filter { !dropped.contains(($0 as? [String: Any])?["name"] as? String ?? "") }
        .map(withoutUnsupportedAddOns)
}
