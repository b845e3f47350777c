import Foundation
import Postgres
import PrivateCluster
import TestSupport
import Testing

/// `margin waive` and `margin findings`.
@Suite struct WaiverTests {
    static let day = "2018-12-31"

    /// A installation whose price of CL-2019-02 is ten times too high.
    private func blockedDesk() async throws -> Installation {
        let installation = try await Installation.editing {
            try $0.replace("settlement_price", "2018-12-31,CL-2019-02,45.41", with: "2018-12-31,CL-2019-02,454.1")
        }
        let night = try installation.run("margin", "run", "--business-date", Self.day)
        #expect(night.code == 65, "\(night.errors)")
        return installation
    }

    @Test func `the line a stopped night prints works in a shell as it stands, and is signed by the login`()
        async throws
    {
        let installation = try await blockedDesk()
        let night = try installation.run("margin", "run", "--business-date", Self.day)
        let lines = night.errors.split(separator: "\n").map { $0.trimmingPrefix { $0 == " " } }
        let line = try #require(lines.first { $0.hasPrefix("margin waive ") })
        let waived = try installation.start(
            "/bin/bash", ["-c", "\(Checkout.products)/\(line)"], environment: ["PATH": "/usr/bin:/bin"]
        ).wait()
        #expect(waived.code == 0, "\(waived.errors)")
        #expect(waived.output.contains("settlement_price, CL-2019-02, settlement ("), "\(waived.output)")
        #expect(waived.output.hasSuffix("next: margin run --business-date 2018-12-31\n"), "\(waived.output)")
        let row = try installation.connect().one(
            "select w.rule || '|' || w.row_key || '|' || w.reason, w.waived_by = session_user from margin.finding_waiver as w"
        )
        #expect(try row.text(.at(0)) == "slipped_price|CL-2019-02, settlement|R")
        #expect(try row.bool(.at(1)))
        let status = try installation.run("margin", "status", "--business-date", Self.day)
        #expect(status.output.contains("findings block: slipped_price; inputs were loaded since: finding_waiver"))
        #expect(status.output.contains("    waived since by "), "\(status.output)")
        #expect(try installation.run("margin", "run", "--business-date", Self.day).code == 0)
        let twice = try installation.start("/bin/bash", ["-c", "\(Checkout.products)/\(line)"]).wait()
        #expect(twice.code == 65)
        #expect(
            twice.errors.contains("error: slipped_price, CL-2019-02, settlement: it is waived already, by "),
            "\(twice.errors)")
        #expect(twice.errors.contains("\nhint: margin findings --business-date 2018-12-31\n"), "\(twice.errors)")
        try await installation.close()
    }

    @Test func `what no run found, what no waiver lets pass and an empty reason are refused`() async throws {
        let installation = try await Installation.editing {
            try $0.replace("account", "BETA-SEG,BETA,", with: "BETA-SEG,BETTA,")
        }
        _ = try installation.run("margin", "run", "--business-date", Self.day)
        for (rule, key, reason, code, said) in [
            ("slipped_price", "CL-2019-02, settlement", "R", 66 as Int32, "has no finding of slipped_price"),
            ("reference", "BETA-SEG", "R", 65, "no waiver lets a night pass reference"),
            ("reference", "BETA-SEG", " ", 64, "--reason says why"),
        ] {
            let ended = try installation.run(
                "margin", "waive", rule, key, "--business-date", Self.day, "--reason", reason)
            #expect(ended.code == code, "\(ended.errors)")
            #expect(ended.errors.contains(said), "\(ended.errors)")
        }
        #expect(try installation.number("select count(*) from margin.finding_waiver") == 0)
        try await installation.close()
    }

    @Test func `findings lists those of a void run, with value, severity, waiver and the command, also as JSON`()
        async throws
    {
        let installation = try await blockedDesk()
        let found = try installation.run("margin", "findings", "--business-date", Self.day)
        #expect(
            found.output.hasPrefix("2018-12-31 EOD run 1, void: 1 finding, 1 blocking\n  block  settlement_price, "))
        #expect(found.output.contains("price “454.1”: "), "\(found.output)")
        let waive = "margin waive slipped_price 'CL-2019-02, settlement' --business-date 2018-12-31 --reason R"
        #expect(found.output.hasSuffix("    \(waive)\n"), "\(found.output)")
        _ = try installation.start("/bin/bash", ["-c", "\(Checkout.products)/\(waive)"]).wait()
        #expect(try installation.run("margin", "run", "--business-date", Self.day).code == 0)
        let now = try installation.run("margin", "findings", "--business-date", Self.day)
        #expect(
            now.output.hasPrefix("2018-12-31 EOD run 2, published: 1 finding, 0 blocking\n  waived  settlement_price"))
        let old = try installation.run("margin", "findings", "--business-date", Self.day, "--run", "1", "--json")
        let document = try jsonObject(old.output)
        let finding = try #require((document["findings"] as? [[String: Any]])?.first)
        #expect(document["status"] as? String == "void")
        #expect(finding["severity"] as? String == "block" && finding["is_waived"] as? Bool == false)
        #expect(finding["value"] as? String == "454.1" && finding["row_key"] as? String == "CL-2019-02, settlement")
        #expect(finding["waiver_reason"] as? String == "R")
        #expect(try installation.run("margin", "findings", "--business-date", Self.day, "--run", "9").code == 66)
        try await installation.close()
    }

    @Test func `where waivers need approval, a night with one is computed and not published before`() async throws {
        let installation = try await blockedDesk()
        let rule = try installation.run("margin", "governance", "require", "waiver_approval", "--reason", "four eyes")
        #expect(rule.code == 0, "\(rule.errors)")
        let officer = "officer_" + installation.settings.database
        #expect(try installation.run("margin", "db", "person", officer).code == 0)
        let waived = try installation.run(
            "margin", "waive", "slipped_price", "CL-2019-02, settlement", "--business-date", Self.day, "--reason",
            "squeeze", "--as", officer)
        #expect(waived.code == 0, "\(waived.errors)")
        let number = try installation.number("select max(load_id) from margin.finding_waiver")
        #expect(waived.output.contains("waiver \(number), by \(officer): squeeze\n"), "\(waived.output)")
        #expect(waived.output.contains("margin approve waiver \(number) --reason R\n"), "\(waived.output)")
        let night = try installation.run("margin", "run", "--business-date", Self.day)
        #expect(night.code == 66)
        #expect(night.errors.contains("not approved: waiver \(number) by \(officer)"), "\(night.errors)")
        let refused = #expect(throws: PostgresError.self) {
            try installation.connect().script(
                "update margin.run set status = 'published', published_at = now(), published_by = 'me' where run_number = 2"
            )
        }
        #expect(refused?.message == "waiver \(number) of a finding is not approved")
        let status = try installation.run("margin", "status", "--business-date", Self.day)
        #expect(
            status.output.hasSuffix("by \(officer)\n  margin approve waiver \(number) --reason R\n"), "\(status.output)"
        )
        let approve = ["approve", "waiver", "\(number)", "--reason", "seen"]
        let own = try installation.start("margin", approve + ["--as", officer]).wait()
        #expect(own.code == 77, "\(own.errors)")
        #expect(own.output.contains("price “454.1”: "), "\(own.output)")
        let other = try installation.start("margin", approve).wait()
        #expect(other.code == 0, "\(other.errors)")
        #expect(other.output.contains("price “454.1”: "), "\(other.output)")
        let again = try installation.start("margin", approve).wait()
        #expect(again.code == 65)
        #expect(again.errors.hasPrefix("error: waiver \(number) is approved already\nhint: "), "\(again.errors)")
        #expect(try installation.run("margin", "publish", "--business-date", Self.day, "--run", "2").code == 0)
        try installation.connect().script("drop owned by \(officer); drop role \(officer)")
        try await installation.close()
    }
}
