import Foundation
import Postgres
import TestSupport
import Testing

/// Sets that are looked at before they are approved, written to a folder, and proposed with rows more and rows less.
@Suite struct ParameterSetTests {
    static let day = "2018-12-31"

    private func propose(_ installation: Installation, _ set: String, from date: String = day, _ changes: String...)
        throws -> Ended
    {
        try installation.start(
            "margin",
            ["parameters", "propose", set, "--base", "P2018", "--effective-from", date, "--reason", "review"] + changes
        ).wait()
    }

    @Test func `approving shows what differs and what it touches, and asks where published nights become stale`()
        async throws
    {
        try await GovernanceTests().withOfficer { installation, officer in
            #expect(try installation.run("margin", "run", "--business-date", Self.day).code == 0)
            let proposed = try propose(
                installation, "P2018B", "combined_commodity_margin", "combined_commodity=CRUDE", "set",
                "price_scan_range=4.4")
            #expect(proposed.code == 0, "\(proposed.errors)")
            let approve = ["parameters", "approve", "P2018B", "--reason", "seen", "--as", officer]
            let asked = try installation.start("margin", approve).wait()
            #expect(asked.code == 64, "\(asked.errors)")
            #expect(asked.errors.contains("makes 1 published run stale, 2018-12-31 to 2018-12-31: --yes is needed"))
            #expect(
                asked.output.contains(
                    """
                    takes the place of P2018
                      combined_commodity_margin CRUDE: changed
                        price_scan_range: 3.60 → 4.4
                      parameter_set: changed
                        effective_from: 2018-12-01 → 2018-12-31
                        reason: first set → review
                    touches 4 series, 3 accounts, 2 members
                    makes 1 published run stale: 2018-12-31 EOD run 1

                    """), "\(asked.output)")
            #expect(try installation.number("select count(*) from margin.parameter_set_approval") == 0)
            let looked = try installation.run("margin", "parameters", "approve", "P2018B", "--dry-run", "--json")
            #expect(looked.code == 0, "\(looked.errors)")
            #expect(
                looked.output.contains(
                    #""published_runs_made_stale":[{"business_date":"2018-12-31","cycle":"EOD","parameter_set":"P2018","run":1}]"#
                ), "\(looked.output)")
            #expect(looked.output.contains(#""touches":{"accounts":3,"members":2,"series":4}"#), "\(looked.output)")
            #expect(try installation.number("select count(*) from margin.parameter_set_approval") == 0)
            let own = try installation.run("margin", "parameters", "approve", "P2018B", "--reason", "mine")
            #expect(own.code == 77, "\(own.errors)")
            let approved = try installation.start("margin", approve + ["--yes"]).wait()
            #expect(approved.code == 0, "\(approved.errors)")
            #expect(approved.output.hasSuffix("next: margin plan --business-date 2018-12-31\n"), "\(approved.output)")
            let plan = try installation.run("margin", "plan", "--business-date", Self.day)
            #expect(plan.output.contains("parameter_set v"), "\(plan.output)")
        }
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script"), "script is not installed"))
    func `at a terminal the set's code is typed, and anything else approves nothing`() async throws {
        try await GovernanceTests().withOfficer { installation, officer in
            #expect(try installation.run("margin", "run", "--business-date", Self.day).code == 0)
            #expect(try propose(installation, "P2018B").code == 0)
            let command = "\(Checkout.products)/margin parameters approve P2018B --reason seen --as \(officer)"
            for (typed, code) in [("yes", 64 as Int32), ("P2018B", 0)] {
                let ended = try installation.start(
                    "/bin/bash", ["-c", "echo \(typed) | script -qec '\(command)' /dev/null"]
                ).wait()
                #expect(ended.code == code, "\(typed): \(ended.output)")
                #expect(ended.output.contains("type P2018B to go on: "), "\(ended.output)")
            }
            #expect(try installation.number("select count(*) from margin.parameter_set_approval") == 1)
        }
    }

    @Test func `an exported set loads elsewhere and computes the same, and under another code it is a draft`()
        async throws
    {
        let installation = try await Installation()
        let night = try installation.run("margin", "run", "--business-date", Self.day)
        let folder = installation.folder + "/P2018's"
        let exported = try installation.run("margin", "parameters", "export", "P2018", folder)
        #expect(exported.code == 0, "\(exported.errors)")
        #expect(
            exported.output.hasSuffix("next: margin load '\(installation.folder)/P2018'\\''s'\n"), "\(exported.output)")
        #expect(try installation.run("margin", "parameters", "export", "P2018", folder).code == 73)
        #expect(try installation.run("margin", "parameters", "export", "NONE", folder + "2").code == 66)
        let house = try EditedHouse()
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            try house.write(String(name.dropLast(4)), text)
        }
        let other = try await Installation(house: house.folder)
        let again = try other.run("margin", "run", "--business-date", Self.day)
        #expect(again.code == 0, "\(again.errors)")
        func figures(_ ended: Ended) -> [Substring] {
            ended.output.split(separator: "\n").filter { $0.contains("margin required") }
        }
        #expect(figures(again) == figures(night) && !figures(night).isEmpty)
        let draft = installation.folder + "/draft"
        #expect(try installation.run("margin", "parameters", "export", "P2018", draft, "--code", "P2019").code == 0)
        let sets = try String(contentsOfFile: draft + "/parameter_set.csv", encoding: .utf8)
        #expect(sets.contains("\nP2019,2018-12-01,a.quant,,first set,"), "\(sets)")
        let loaded = try installation.run("margin", "load", draft)
        #expect(loaded.code == 0, "\(loaded.errors)")
        let diff = try installation.run("margin", "parameters", "diff", "P2018", "P2019")
        #expect(
            diff.output.split(separator: "\n").filter { !$0.hasPrefix("parameter_set,") }.count == 1, "\(diff.output)")
        try house.close()
        try await other.close()
        try await installation.close()
    }

    @Test func `a proposal adds rows that its base has not and leaves out rows that it has`() async throws {
        let installation = try await Installation()
        let proposed = try propose(
            installation, "P2019", from: "2019-01-02", "delivery_charge", "add", "combined_commodity=CRUDE",
            "contract_month=2019-02", "outright_rate=50", "spread_rate=25", "and", "delivery_charge",
            "combined_commodity=GAS", "remove", "and", "inter_spread", "add", "spread=NEW", "priority=9",
            "kind=delta", "credit_rate=0.1", "and", "inter_spread_leg", "add", "spread=NEW", "leg=1",
            "combined_commodity=CRUDE", "ratio=1", "side=A", "and", "inter_spread_leg", "add", "spread=NEW", "leg=2",
            "combined_commodity=GAS", "ratio=1", "side=B")
        #expect(proposed.code == 0, "\(proposed.errors)")
        let diff = try installation.run("margin", "parameters", "diff", "P2018", "P2019")
        #expect(
            diff.output.contains("\ndelivery_charge,\"CRUDE, 2019-02\",added,outright_rate,,50\n"), "\(diff.output)")
        #expect(
            diff.output.contains("\ndelivery_charge,\"GAS, 2019-02\",removed,outright_rate,120,\n"), "\(diff.output)")
        #expect(diff.output.contains("\ninter_spread_leg,\"NEW, 2\",added,combined_commodity,,GAS\n"), "\(diff.output)")
        for (words, said) in [
            (
                ["delivery_charge", "add", "combined_commodity=GAS", "contract_month=2019-02", "outright_rate=1"],
                "already"
            ),
            (["delivery_charge", "add", "combined_commodity=GAS"], "contract_month is missing"),
            (["delivery_charge", "combined_commodity=CRUDE", "remove"], "has no row with"),
            (["inter_spread", "spread=CRUDE-GAS", "remove"], "not proposed"),
        ] {
            let refused = try installation.start(
                "margin",
                [
                    "parameters", "propose", "PX", "--base", "P2018", "--effective-from", "2019-01-02", "--reason", "R",
                ] + words
            ).wait()
            #expect(refused.code == 65, "\(words): \(refused.output)\(refused.errors)")
            #expect(refused.errors.contains(said), "\(words): \(refused.errors)")
        }
        #expect(try propose(installation, "PX", "delivery_charge", "remove").code == 64)
        #expect(try installation.number("select count(*) from margin.parameter_set") == 2)
        try await installation.close()
    }
}
