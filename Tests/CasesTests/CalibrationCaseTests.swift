import Cases
import Foundation
import Runtime
import TestSupport
import Testing

extension CaseTests {
    /// Cases of calibration: what is compared how, and what is refused by name.
    @Suite struct CalibrationCaseTests {
        private static let source = Checkout.root + "/Tests/CasesTests/Houses/calibration-by-hand.json"

        /// The case with one text replaced each time, and the line that is told of each.
        private func lines(_ changes: [(old: String, new: String)]) async throws -> [String] {
            try await withScratchFolder { scratch in
                let paths = try changes.enumerated().map { place, change in
                    try edited(Self.source, change.old, change.new, to: "\(scratch)/\(place).json")
                }
                return try await results(of: paths).results.map(\.text)
            }
        }

        @Test func `figures after the increment are compared exactly, those before it as statistics`() async throws {
            let told = try await lines([
                ("\"core\": \"4\"", "\"core\": \"4.000000003\""),
                ("\"core\": \"4\"", "\"core\": \"4.000000005\""),
                ("\"new\": \"40\"", "\"new\": \"40.0000000001\""),
                ("\"ewma\": \"0.000000707425\"", "\"ewma\": \"0.000000707426\""),
                ("\"ewma\": \"0.000000707425\"", "\"ewma\": \"0.000000707427\""),
                ("\"buffer\": \"0\"", "\"buffer\": \"1/100\""),
                ("\"buffer_state\": \"exhausted\"", "\"buffer_state\": \"drawn\""),
                ("\"change\": \"0.000000\"", "\"change\": \"0.000001\""),
            ])
            #expect(told[0].hasPrefix("ok "), "\(told[0])")
            #expect(told[1].contains("proposed value price_scan_range OIL: core is 4, the case expects 4.000000005"))
            #expect(told[2].contains("proposed value intra_spread S: new is 40, the case expects 40.0000000001"))
            #expect(told[3].hasPrefix("ok "), "\(told[3])")
            #expect(told[4].contains("bounds of ewma is 0.000000707425, the case expects 0.000000707427"))
            #expect(told[5].contains("buffer is 0, the case expects 1/100"))
            #expect(told[6].contains("buffer state is exhausted, the case expects drawn"))
            #expect(told[7].contains("change is 0.000000, the case expects 0.000001"))
        }

        @Test func `what a case cannot mean is refused by its name`() async throws {
            let told = try await lines([
                ("\"seed_days\": 2", "\"seeds\": 2"), ("\"return_kind\": \"absolute\"", "\"return_kind\": \"square\""),
                ("\"date\": \"2024-01-05\"", "\"date\": null"), ("\"increment\": \"10\"", "\"increment\": \"ten\""),
                ("\"buffer\": \"1/3\"", "\"buffer\": \"1/0\""), ("\"kind\": \"amount\"", "\"kind\": \"money\""),
                ("\"side\": \"B\"", "\"side\": \"C\""), ("\"min_observations\": 4", "\"min_observations\": 5"),
            ])
            let words = [
                "unknown key seeds in input.calibration.rules[1]", "return_kind square of X is neither",
                "date is missing",
                "increment ten is no exact number", "buffer 1/0 is no fraction", "kind money is unknown",
                "side C is unknown", "too_few_observations: X: price_scan_range OIL: 4 moves, 5 are needed",
            ]
            for (line, word) in zip(told, words) { #expect(line.contains(word), "\(line)") }
            for line in told { #expect(line.hasPrefix("refused "), "\(line)") }
        }

        @Test func `a refusal that a case expects is compared by rule and item, its day or window if it says them`()
            async throws
        {
            func expecting(_ rule: String, _ item: String) throws -> (String, String) {
                let whole = try String(contentsOfFile: Self.source, encoding: .utf8)
                let start = try #require(whole.range(of: "\"expected\": {"))
                return (
                    String(whole[start.lowerBound...]),
                    "\"expected\": {\"refused\": {\"rule\": \"\(rule)\", \"item\": \"\(item)\"}}}"
                )
            }
            let missing = (old: "\"2024-01-05\",", new: "\"2024-01-15\",")
            try await withScratchFolder { scratch in
                var paths: [String] = []
                let wanted = [
                    ("history_stale", "X 2024-01-05"), ("history_stale", "X"), ("history_stale", "Y"),
                    ("history_gap", "X"), ("history_stale", "X 2024-01-04"),
                ]
                for (place, (rule, item)) in wanted.enumerated() {
                    let (old, new) = try expecting(rule, item)
                    let first = try edited(Self.source, old, new, to: "\(scratch)/whole-\(place).json")
                    paths.append(try edited(first, missing.old, missing.new, to: "\(scratch)/\(place).json"))
                }
                let (old, new) = try expecting("history_stale", "X")
                paths.append(try edited(Self.source, old, new, to: "\(scratch)/none.json"))
                let report = try await results(of: paths)
                let texts = report.results.map(\.text)
                #expect(report.summary == "2 agree, 4 differ, 0 refused", "\(report.text)")
                #expect(texts[0].hasPrefix("ok ") && texts[1].hasPrefix("ok "))
                #expect(texts[2].contains("refused is history_stale: X 2024-01-05: "))
                #expect(texts[5].contains("nothing is refused, the case expects history_stale: X"))
            }
        }

        @Test(.enabled(if: Evidence.isPresent, "MARGIN_EVIDENCE does not name the evidence folder"))
        func `every case of calibration that was computed separately agrees`() async throws {
            let folder = Evidence.path("cases-tail")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
                (71...80).contains(Int($0.prefix(2)) ?? 0)
            }.sorted()
            #expect(!names.isEmpty)
            let report = try await results(of: names.map { "\(folder)/\($0)" })
            for result in report.results { #expect(result.text == "ok       \(result.name)") }
        }
    }
}
