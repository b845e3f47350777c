import Cases
import EndOfDay
import Foundation
import Testing

extension CaseTests {
    @Suite(.enabled(if: evidenceCases != nil, "MARGIN_EVIDENCE does not name the evidence folder"))
    struct NeutralCaseTests {
        private var folder: String { evidenceCases ?? "" }

        private func file(_ number: String) throws -> String {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            return "\(folder)/\(try #require(names.first { $0.hasPrefix(number + "-") }))"
        }

        @Test func `every case agrees or is refused by the feature it needs`() async throws {
            let report = try await results(of: [folder])
            let refused = ["49": "historical", "53": "historical", "54": "historical"]
            for result in report.results {
                if let features = refused[String(result.name.prefix(2))] {
                    #expect(result.text == "refused  \(result.name): needs \(features)")
                } else {
                    #expect(result.text == "ok       \(result.name)")
                }
            }
            #expect(report.summary == "\(report.results.count - 3) agree, 0 differ, 3 refused")
            #expect(report.exitCode == .inputRejected)
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
                try copy(file(number), to: copied, replacing: old, with: new)
                let report = try await results(of: [copied])
                #expect(report.text.contains(words), "\(report.text)")
                #expect(report.exitCode == .difference)
            }
        }

        @Test func `a figure that the case lacks is a difference too`() async throws {
            try await withScratchFolder { scratch in
                let copied = scratch + "/lacking.json"
                try copy(
                    file("01"), to: copied, replacing: "\"requirement\": \"18000.00\"\n   }", with: "\"house\": null }")
                let report = try await results(of: [copied])
                #expect(report.exitCode == .difference, "\(report.text)")
            }
        }

        @Test func `an unknown key of the input is refused by its name`() async throws {
            try await withScratchFolder { scratch in
                let copied = scratch + "/unknown.json"
                try copy(
                    file("01"), to: copied, replacing: "\"member\": \"M1\"",
                    with: "\"member\": \"M1\", \"colour\": \"red\""
                )
                let report = try await results(of: [copied])
                #expect(report.text.contains("unknown key colour in input.accounts[1]"), "\(report.text)")
                #expect(report.exitCode == .inputRejected)
            }
        }

        @Test func `liquidity and concentration lines are computed where a case has only those`() async throws {
            try await withScratchFolder { scratch in
                let copied = scratch + "/add-ons.json"
                let whole = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: file("48"))))
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
