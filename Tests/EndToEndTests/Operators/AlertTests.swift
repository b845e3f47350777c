import Foundation
import TestSupport
import Testing

/// The alert rules, by Prometheus' own tool.
@Suite(.enabled(if: TestTools.path("promtool") != nil, "promtool is not installed: run jobs/setup-test-tools.sh"))
struct AlertTests {
    private static let rules = Checkout.root + "/jobs/prometheus-alerts.yaml"

    private func promtool(_ arguments: String...) throws -> Ended {
        try JobTests.shell([try #require(TestTools.path("promtool"))] + arguments)
    }

    @Test func `the rules hold on the evenings that are written down for them`() throws {
        let checked = try promtool("check", "rules", Self.rules)
        #expect(checked.code == 0, "\(checked.output)\(checked.errors)")
        let tested = try promtool("test", "rules", Checkout.root + "/jobs/prometheus-alerts.test.yaml")
        #expect(tested.code == 0, "\(tested.output)\(tested.errors)")
    }

    /// The file that a published night leaves, and nobody starts the next: 2 January 2019, deadline 20:30 in Paris.
    @Test func `what a night has written raises three alerts when the next one never begins`() async throws {
        let installation = try await Installation()
        let path = installation.folder + "/margin.prom"
        let night = try installation.run(
            "margin", "run", "--business-date", "2018-12-31", "--metrics", path,
            environment: ["MARGIN_DEADLINE": "20:30 Europe/Paris"])
        #expect(night.code == 0, "\(night.errors)")
        let linted = try JobTests.shell([
            "bash", "-c", "\(try #require(TestTools.path("promtool"))) check metrics <\(path)",
        ])
        #expect(linted.code == 0, "\(linted.output)\(linted.errors)")

        // promtool's time begins with 1970: moments are counted from midnight of the published date.
        let start = 1_546_214_400.0
        var series = ""
        for (sample, value) in try MetricsTests.parse(try String(contentsOfFile: path, encoding: .utf8)) {
            let isMoment = sample.name.hasSuffix("_timestamp_seconds")
            let number = try #require(Double(value)) - (isMoment ? start : 0)
            let labels = sample.labels.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ",")
            series += "      - {series: '\(sample.name){\(labels)}', values: '\(number)x400'}\n"
        }
        // Hours after that midnight, UTC: New Year's evening, 18:00, 19:00 and 20:00 of 2 January, noon of the 3rd.
        let started = "MarginNightNotStarted"
        let late = "MarginNightNotPublishedByDeadline"
        let evenings: [(String, [String])] = [
            ("44h", []), ("66h", []), ("67h", [started]), ("68h", [started, late]),
            ("84h30m", [started, late, "MarginNoNightAtAll"]),
        ]
        var tests = ""
        for (time, alerts) in evenings {
            tests += "      - expr: count by (alertname) (ALERTS{alertstate=\"firing\"})\n        eval_time: \(time)\n"
            let samples = alerts.map { "{labels: '{alertname=\"\($0)\"}', value: 1}" }
            tests += "        exp_samples: [\(samples.joined(separator: ", "))]\n"
        }
        let file = try installation.write(
            "alerts.test.yaml",
            "rule_files: [\(Self.rules)]\nevaluation_interval: 30m\ntests:\n  - interval: 30m\n    input_series:",
            series + "    promql_expr_test:\n" + tests)
        let tested = try promtool("test", "rules", file)
        #expect(tested.code == 0, "\(tested.output)\(tested.errors)")
        try await installation.close()
    }
}
