import Cases
import Foundation
import Runtime
import TestSupport
import Testing

extension CaseTests {
    /// Cases of attribution, by houses of our own (Houses/README.md; figures by hand).
    @Suite struct AttributionCaseTests {
        private static let folder = Checkout.root + "/Tests/CasesTests/Houses/Attribution"

        @Test func `every case agrees`() async throws {
            let report = try await results(of: [Self.folder])
            for result in report.results { #expect(result.text == "ok       \(result.name)") }
            #expect(report.summary == "3 agree, 0 differ, 0 refused")
        }

        /// Each figure that a case may state is compared: of each, one digit is changed.
        @Test func `changed figures are told by their place`() async throws {
            let changes = [
                ("half-units", "7890.80", "7890.79", "change of A requirement: effects of positions is 7890.80"),
                ("half-units", "1020.00", "1020.01", "change of A requirement: forward of prices is 1020.00"),
                ("half-units", "255.51", "255.52", "change of A requirement: reverse of prices is 255.51"),
                ("half-units", "\"17.10\"", "\"17.11\"", "change of A requirement: interaction of static is 17.10"),
                (
                    "half-units", "\"effect\": \"positions\"", "\"effect\": \"prices\"",
                    "largest interaction of effect is positions, the case expects prices"
                ),
                ("half-units", "\"today\": \"11042.12\"", "\"today\": \"11042.13\"", "today is 11042.12"),
                (
                    "member-concentration", "\"correction\": \"100.00\"", "\"correction\": \"100.01\"",
                    "change of D add_ons: correction is 100.00, the case expects 100.01"
                ),
                (
                    "expired-and-new-series", "\"account\": \"B\",\n    \"figure\"",
                    "\"account\": \"X\",\n    \"figure\"",
                    "the case expects the change of X requirement, the run has none"
                ),
                (
                    "expired-and-new-series", "\"final_settlement\": \"6.10\"",
                    "\"final_settlement\": \"6.10\", \"settlement\": \"6.30\"", ""
                ),
            ]
            try await withScratchFolder { scratch in
                var paths: [String] = []
                for (index, change) in changes.enumerated() {
                    let copy = "\(scratch)/\(index)-\(change.0).json"
                    paths.append(try edited("\(Self.folder)/\(change.0).json", change.1, change.2, to: copy))
                }
                let report = try await results(of: paths)
                for (result, change) in zip(report.results, changes) where !change.3.isEmpty {
                    #expect(result.text.contains(change.3), "\(result.text)")
                }
                // What settles finally is yesterday's, also where it has a settlement price of its own.
                #expect(report.results.last?.text.hasPrefix("ok ") == true, "\(report.text)")
                #expect(report.summary == "1 agree, \(changes.count - 1) differ, 0 refused", "\(report.text)")
            }
        }

        @Test func `a line tells each figure that differs`() async throws {
            try await withScratchFolder { scratch in
                let first = try edited(
                    "\(Self.folder)/half-units.json", "7890.80", "7890.81", to: scratch + "/1.json")
                let both = try edited(first, "637.75", "637.76", to: scratch + "/2.json")
                let result = try #require(try await results(of: [both]).results.first)
                guard case .differs(let differences) = result.outcome else {
                    Issue.record("\(result)")
                    return
                }
                #expect(
                    differences == [
                        "change of A requirement: effects of positions is 7890.80, the case expects 7890.81",
                        "change of A requirement: effects of prices is 637.75, the case expects 637.76",
                    ])
            }
        }

        @Test func `what is not known, or missing, is refused by its name`() async throws {
            let changes = [
                ("\"reported\"", "\"told\"", "unknown key told in input.attribution"),
                ("\"yesterday\": {", "\"tomorrow\": {", "unknown key tomorrow in input.attribution"),
                ("\"type\": \"net\"", "\"typ\": \"net\"", "unknown key typ in input.attribution.yesterday.accounts[1]"),
                ("\"add_ons\": \"900.00\"", "\"add_ons\": \"x\"", "add_ons x is no exact number"),
            ]
            try await withScratchFolder { scratch in
                let paths = try changes.enumerated().map { index, change in
                    try edited(
                        "\(Self.folder)/member-concentration.json", change.0, change.1, to: "\(scratch)/\(index).json")
                }
                let report = try await results(of: paths)
                for (result, change) in zip(report.results, changes) {
                    #expect(result.text.contains(change.2), "\(result.text)")
                }
                #expect(report.exitCode == .inputRejected)
            }
        }

        @Test(.enabled(if: Evidence.isPresent, "MARGIN_EVIDENCE does not name the evidence folder"))
        func `every case of attribution that was computed separately agrees`() async throws {
            let folder = Evidence.path("cases-tail")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
                (93...100).contains(Int($0.prefix(while: \.isNumber)) ?? 0)
            }.sorted()
            #expect(!names.isEmpty)
            let report = try await results(of: names.map { "\(folder)/\($0)" })
            for result in report.results { #expect(result.text == "ok       \(result.name)") }
        }
    }
}
