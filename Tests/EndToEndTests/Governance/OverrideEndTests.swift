import Foundation
import Postgres
import TestSupport
import Testing

/// An override is of its parameter set and does not follow into the next: whoever brings that about is told.
@Suite struct OverrideEndTests {
    static let day = "2018-12-31"
    static let crude = ["combined_commodity_margin", "combined_commodity=CRUDE", "set"]

    private func override(_ installation: Installation, _ range: String, _ more: String...) throws -> Ended {
        try installation.start(
            "margin",
            ["correct", "parameter"] + Self.crude + [
                "price_scan_range=\(range)", "--business-date", Self.day, "--until", "2019-01-04", "--reason",
                "the market's moves",
            ] + more
        ).wait()
    }

    private func propose(_ installation: Installation, _ set: String, from date: String) throws -> Ended {
        try installation.start(
            "margin",
            ["parameters", "propose", set, "--base", "P2018", "--effective-from", date, "--reason", "review"]
                + Self.crude + ["price_scan_range=4.4"]
        ).wait()
    }

    @Test
    func `propose, approve, diff, run, findings and the report name an override that ends, with before and after`()
        async throws
    {
        try await GovernanceTests().withOfficer { installation, officer in
            #expect(try override(installation, "5.5").code == 0)
            let number = try installation.number("select max(load_id) from margin.input_load")
            let approved = try installation.run(
                "margin", "approve", "correction", "\(number)", "--reason", "seen", "--as", officer)
            #expect(approved.code == 0, "\(approved.errors)")
            #expect(try installation.run("margin", "run", "--business-date", Self.day).code == 0)
            let line =
                "  override \(number) until 2019-01-04: combined_commodity_margin CRUDE, price_scan_range: 5.5 → 4.4\n"
            let proposed = try propose(installation, "P2018B", from: Self.day)
            #expect(proposed.code == 0, "\(proposed.errors)")
            #expect(proposed.output.contains(line), "\(proposed.output)")
            let diff = try installation.run("margin", "parameters", "diff", "P2018", "P2018B")
            #expect(
                diff.output.hasSuffix("\ncombined_commodity_margin,CRUDE,override_ended,price_scan_range,5.5,4.4\n"),
                "\(diff.output)")
            let words = ["parameters", "approve", "P2018B", "--reason", "seen", "--yes", "--as", officer]
            let approval = try installation.start("margin", words).wait()
            #expect(approval.code == 0, "\(approval.errors)")
            #expect(approval.output.contains(line), "\(approval.output)")
            let night = try installation.run("margin", "run", "--business-date", Self.day)
            #expect(night.code == 0, "\(night.errors)")
            let said = "override \(number) of P2018 until 2019-01-04 ended with parameter set P2018B: 5.5 → 4.4"
            #expect(night.output.contains("look: \(said)\n"), "\(night.output)")
            let json = try installation.run("margin", "run", "--business-date", Self.day, "--json")
            #expect(json.output.contains("\"overrides_ended\" : [\n    \"\(said)\"\n  ]"), "\(json.output)")
            let found = try installation.run("margin", "findings", "--business-date", Self.day)
            #expect(found.output.contains(said + " [override_ended]"), "\(found.output)")
            let files = try installation.reportFiles(Self.day)
            let report = String(decoding: files["findings.2018-12-31.EOD.r2.csv"] ?? Data(), as: UTF8.self)
            #expect(report.contains(said), "\(report)")
            let listed = try installation.run("margin", "corrections", "--business-date", Self.day)
            #expect(listed.output.contains("  does not hold: parameter set P2018B is in force"), "\(listed.output)")
            let verified = try installation.run("margin", "verify", "--business-date", Self.day)
            #expect(verified.code == 0, "\(verified.output)")
        }
    }

    @Test func `an override ends the day before the next approved set, and the command to go on with is printed`()
        async throws
    {
        try await GovernanceTests().withOfficer { installation, officer in
            #expect(try propose(installation, "P2019", from: "2019-01-01").code == 0)
            let early = try override(installation, "5.5", "--dry-run")
            #expect(early.output.contains("holds from 2018-12-31 to 2019-01-04; then the set's own row holds again\n"))
            #expect(
                early.output.contains(
                    "  parameter set P2019 is proposed from 2019-01-01: once approved, it ends the override then\n"),
                "\(early.output)")
            let words = ["parameters", "approve", "P2019", "--reason", "seen", "--as", officer]
            #expect(try installation.start("margin", words).wait().code == 0)
            let made = try override(installation, "5.5")
            #expect(made.code == 0, "\(made.errors)")
            #expect(
                made.output.contains(
                    "holds from 2018-12-31 to 2018-12-31; then parameter set P2019 is in force, and the override does not "
                        + "follow into it\n  asked for until 2019-01-04: not reached\n"), "\(made.output)")
            // New Year is no business day.
            let again =
                "margin correct parameter combined_commodity_margin combined_commodity=CRUDE set price_scan_range=5.5 "
                + "--business-date 2019-01-02 --until 2019-01-04 --reason 'the market'\\''s moves'"
            #expect(made.output.hasSuffix("then, for P2019: \(again)\n"), "\(made.output)")
            let expires = "select max(r.expires_on)::text from margin.corrected_row as r"
            #expect(try installation.connect().one(expires).text(.at(0)) == "2018-12-31")
            let next = try installation.start("/bin/bash", ["-c", "\(Checkout.products)/\(again)"]).wait()
            #expect(next.code == 0, "\(next.errors)")
            #expect(next.output.contains("  price_scan_range: 4.4 → 5.5\n"), "\(next.output)")
            let json = try override(installation, "5.6", "--dry-run", "--json")
            #expect(json.output.contains(#""ended_by":"P2019","expires_on":"2018-12-31""#), "\(json.output)")
            let never = try installation.start(
                "margin",
                ["correct", "parameter"] + Self.crude + [
                    "price_scan_range=6", "--business-date", "2019-01-02", "--until", "2019-01-04", "--parameter-set",
                    "P2018", "--reason", "R",
                ]
            ).wait()
            #expect(never.code == 65, "\(never.output)")
            #expect(never.errors.contains("P2018 is not in force on 2019-01-02: P2019 holds from 2019-01-01"))
        }
    }
}
