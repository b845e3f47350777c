import Cases
import Foundation
import Runtime
import TestSupport
import Testing

extension CaseTests {
    /// A case that expects a refusal agrees where the night is refused by that rule for that item, and nowhere else.
    @Suite struct RefusedCaseTests {
        @Test func `a refusal that a case expects is compared, and one that does not come is a difference`()
            async throws
        {
            let fund = ["amount": "1000", "currency": "USD"]
            let wanted = ["rule": "guaranty_fund_missing", "item": "USD"]
            try await withScratchFolder { scratch in
                let paths = [
                    try house("agrees", nil, wanted, in: scratch),
                    try house("other-rule", nil, ["rule": "base_currency_missing", "item": "house"], in: scratch),
                    try house("other-item", nil, ["rule": "guaranty_fund_missing", "item": "EUR"], in: scratch),
                    try house("not-refused", fund, wanted, in: scratch),
                ]
                let report = try await results(of: paths)
                #expect(report.summary == "1 agree, 3 differ, 0 refused", "\(report.text)")
                #expect(report.exitCode == .difference)
                let texts = report.results.map(\.text)
                #expect(texts[0] == "ok       agrees")
                for text in texts[1...2] {
                    #expect(text.contains("guaranty_fund_missing: USD: no row is in force"), "\(text)")
                }
                #expect(texts[1].contains("the case expects base_currency_missing: house"), "\(texts[1])")
                #expect(texts[2].contains("the case expects guaranty_fund_missing: EUR"), "\(texts[2])")
                #expect(
                    texts[3].contains("nothing is refused, the case expects guaranty_fund_missing: USD"), "\(texts[3])")
            }
        }

        /// The house of a case with a stress test and a fund, or none, that expects a refusal alone.
        private func house(
            _ name: String, _ fund: [String: String]?, _ refused: [String: String], in folder: String
        ) throws -> String {
            let source = Checkout.root + "/Tests/CasesTests/Houses/wheat-calls.json"
            var file = try jsonObject(String(contentsOfFile: source, encoding: .utf8))
            var input = try #require(file["input"] as? [String: Any])
            var stress: [String: Any] = [
                "base_currency": "USD",
                "scenarios": [
                    [
                        "number": 1, "id": "fall", "kind": "parallel",
                        "moves": [["price_kind": "relative", "price_move": "-0.2"]],
                    ]
                ],
            ]
            stress["guaranty_fund"] = fund
            input["stress"] = stress
            file["id"] = name
            file["input"] = input
            file["expected"] = ["refused": refused]
            let path = "\(folder)/\(name).json"
            try JSONSerialization.data(withJSONObject: file).write(to: URL(fileURLWithPath: path))
            return path
        }
    }
}
