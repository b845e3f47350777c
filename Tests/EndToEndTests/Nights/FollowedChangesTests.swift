import Foundation
import Postgres
import TestSupport
import Testing

/// Changes of parameters, rates and reference rows: whom they move, and what is computed and issued.
@Suite struct FollowedChangesTests {
    static let day = "2018-12-31"

    /// A correction and the accounts that the stage computes then, of ALPHA-HOUSE, BETA-CLIENT and BETA-SEG.
    struct Change: Sendable, CustomTestStringConvertible {
        let words: [String]
        let stage: String
        let accounts: [String]
        var testDescription: String { words.joined(separator: " ") }
    }

    static let changes = [
        Change(
            words: ["row", "fx_rate", "from_currency=USD", "to_currency=EUR", "set", "rate=0.88"], stage: "offsets",
            accounts: ["BETA-CLIENT"]),
        Change(
            words: ["row", "fx_rate", "from_currency=EUR", "to_currency=USD", "set", "rate=1.2"], stage: "offsets",
            accounts: []),
        Change(
            words: ["parameter", "call_rule", "account_class=HOUSE", "set", "lot=500", "--until", day], stage: "calls",
            accounts: ["ALPHA-HOUSE"]),
        Change(
            words: [
                "parameter", "combined_commodity_margin", "combined_commodity=GAS", "set", "price_scan_range=0.5",
                "--until", day,
            ], stage: "offsets", accounts: ["ALPHA-HOUSE", "BETA-CLIENT"]),
        Change(
            words: ["row", "liquidity", "combined_commodity=GAS", "set", "average_daily_volume=40"],
            stage: "add-ons", accounts: ["ALPHA-HOUSE", "BETA-CLIENT"]),
        Change(
            words: ["row", "account", "account=BETA-SEG", "set", "call_currency=EUR"], stage: "offsets",
            accounts: ["BETA-SEG"]),
        Change(
            words: ["row", "clearing_member", "member=ALPHA", "set", "credit_multiplier=1.5"], stage: "add-ons",
            accounts: ["ALPHA-HOUSE"]),
    ]

    @Test(arguments: changes) func `a changed row is followed to the accounts it moves`(_ change: Change) async throws {
        let installation = try await publishedDesk()
        try correct(installation, change.words)
        try expectRerun(installation, run: 2)
        #expect(try computed(installation, change.stage) == change.accounts)
        try await installation.close()
    }

    @Test func `a member who asks for the greeks gets them with the next run, and nobody else`() async throws {
        let installation = try await publishedDesk()
        #expect(try membersWithGreeks(installation) == [])
        try correct(installation, ["row", "clearing_member", "member=ALPHA", "set", "wants_greeks=true"])
        try expectRerun(installation, run: 2)
        #expect(try membersWithGreeks(installation) == ["ALPHA"])
        try correct(installation, ["row", "clearing_member", "member=ALPHA", "set", "wants_greeks=false"])
        try expectRerun(installation, run: 3)
        #expect(try membersWithGreeks(installation) == [])
        try await installation.close()
    }

    private func membersWithGreeks(_ installation: Installation) throws -> [String] {
        try installation.connect().rows(
            """
            select distinct f.member::text
            from margin.report_file as f
            where f.report = 'greeks' and f.run_id = (select max(r.run_id) from margin.run as r)
            order by 1
            """
        ).map { try $0.text(.at(0)) }
    }

    @Test func `a change that was taken back moves nobody`() async throws {
        let installation = try await publishedDesk()
        let row = ["row", "fx_rate", "from_currency=USD", "to_currency=EUR", "set"]
        try correct(installation, row + ["rate=0.88"])
        try correct(installation, row + ["rate=0.873362"])
        try expectRerun(installation, run: 2)
        for stage in ["offsets", "add-ons", "calls"] { #expect(try computed(installation, stage).isEmpty, "\(stage)") }
        let issued = try installation.connect().rows(
            "select distinct f.report::text from margin.report_file as f where f.issued_run_number = 2 order by 1"
        ).map { try $0.text(.at(0)) }
        #expect(!issued.contains { ["margin-call", "requirement", "parameters", "risk-arrays"].contains($0) })
        try await installation.close()
    }

    @Test func `of another parameter set what differs is computed, and every report names it`() async throws {
        let installation = try await publishedDesk()
        try loadSet(on: installation, replacing: ("amount,0.42", "amount,0.52"))
        let plan = try installation.run("margin", "plan", "--business-date", Self.day)
        let lines = plan.output.split(separator: "\n").filter { line in
            NightTests.stages.contains { line.hasPrefix("  \($0) ") }
        }
        #expect(lines.count == 8, "\(plan.output)")
        for line in lines {
            let isWhole = ["report", "attribution"].contains { line.hasPrefix("  \($0) ") }
            let words = isWhole ? " to do, whole: " : " stale, what it moves is computed: "
            #expect(line.contains(words), "\(line)")
        }
        try expectRerun(installation, run: 2)
        #expect(try computed(installation, "offsets") == ["ALPHA-HOUSE", "BETA-CLIENT"])
        let old = try installation.number(
            "select count(*) from margin.report_file where run_id = 2 and issued_run_number = 1")
        #expect(old == 0)
        let rules = try installation.number(
            "select count(*) from margin.computed_part where run_id = 2 and stage = 'ingest' and part_kind = 'rule'")
        #expect(
            try rules
                == installation.number(
                    "select count(*) from margin.computed_part where run_id = 1 and part_kind = 'rule'"))
        try await installation.close()
    }

    @Test func `a gate that another severity switches off loses its findings, and another one keeps its own`()
        async throws
    {
        let installation = try await publishedDesk {
            try $0.replace(
                "position", "2018-12-31,ALPHA-HOUSE,,NG-2019-02,0,12", with: "2018-12-31,ALPHA-HOUSE,,NG-2019-02,0,11")
        }
        let before = try findings(installation)
        try #require(before.count > 1)
        let gate = "parameter_set,rule,combined_commodity,severity,threshold\nP2019,\(before[0]),,off,\n"
        try loadSet(on: installation, adding: ["data_gate": gate])
        try expectRerun(installation, run: 2)
        #expect(try findings(installation) == Array(before.dropFirst()))
        try await installation.close()
    }

    private func findings(_ installation: Installation) throws -> [String] {
        try installation.connect().rows(
            "select distinct f.rule::text from margin.finding_of((select max(run_id) from margin.run)) as f order by 1"
        ).map { try $0.text(.at(0)) }
    }

    /// Loads P2019, approved and in force on the day, which is P2018 with one text replaced and some tables added.
    private func loadSet(
        on installation: Installation, replacing edit: (old: String, new: String) = ("", ""),
        adding: [String: String] = [:]
    ) throws {
        let source = Checkout.fixtures + "/two-day-night/input"
        let folder = installation.folder + "/set"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for file in try FileManager.default.contentsOfDirectory(atPath: source) {
            let text = try String(contentsOfFile: "\(source)/\(file)", encoding: .utf8)
            guard text.hasPrefix("parameter_set,") else { continue }
            let renamed = text.replacing("P2018,2018-12-01", with: "P2019,2018-12-31")
                .replacing("P2018,", with: "P2019,")
            try (edit.old.isEmpty ? renamed : renamed.replacing(edit.old, with: edit.new)).write(
                toFile: "\(folder)/\(file)", atomically: true, encoding: .utf8)
        }
        for (table, text) in adding {
            try text.write(toFile: "\(folder)/\(table).csv", atomically: true, encoding: .utf8)
        }
        let loaded = try installation.run("margin", "load", folder)
        #expect(loaded.code == 0, "\(loaded.errors)")
    }

    /// The accounts that a stage of the newest run computed.
    private func computed(_ installation: Installation, _ stage: String) throws -> [String] {
        try installation.connect().rows(
            """
            select p.part from margin.computed_part as p
            where p.run_id = (select max(r.run_id) from margin.run as r) and p.stage = '\(stage)'
                and p.part_kind = 'account'
            order by p.part
            """
        ).map { try $0.text(.at(0)) }
    }

    private func expectRerun(_ installation: Installation, run: Int) throws {
        let rerun = try installation.run("margin", "rerun", "--business-date", Self.day, "--reason", "test")
        #expect(rerun.code == 0, "\(rerun.errors)")
        let verified = try installation.run("margin", "verify", "--business-date", Self.day, "--run", "\(run)")
        #expect(verified.code == 0, "\(verified.output)\(verified.errors)")
    }

    private func correct(_ installation: Installation, _ words: [String]) throws {
        let corrected = try installation.start(
            "margin", ["correct"] + words + ["--business-date", Self.day, "--reason", "test"]
        ).wait()
        #expect(corrected.code == 0, "\(corrected.errors)")
    }

    private func publishedDesk(_ edit: (EditedHouse) throws -> Void = { _ in }) async throws -> Installation {
        let installation = try await Installation.editing(edit)
        let night = try installation.run("margin", "run", "--business-date", Self.day)
        #expect(night.code == 0, "\(night.errors)")
        return installation
    }
}
