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
        let desk = try await publishedDesk()
        try correct(desk, change.words)
        try expectRerun(desk, run: 2)
        #expect(try computed(desk, change.stage) == change.accounts)
        try await desk.close()
    }

    @Test func `a change that was taken back moves nobody`() async throws {
        let desk = try await publishedDesk()
        let row = ["row", "fx_rate", "from_currency=USD", "to_currency=EUR", "set"]
        try correct(desk, row + ["rate=0.88"])
        try correct(desk, row + ["rate=0.873362"])
        try expectRerun(desk, run: 2)
        for stage in ["offsets", "add-ons", "calls"] { #expect(try computed(desk, stage).isEmpty, "\(stage)") }
        let issued = try desk.connect().rows(
            "select distinct f.report::text from margin.report_file as f where f.issued_run_number = 2 order by 1"
        ).map { try $0.text(.at(0)) }
        #expect(!issued.contains { ["margin-call", "requirement", "parameters", "risk-arrays"].contains($0) })
        try await desk.close()
    }

    @Test func `of another parameter set what differs is computed, and every report names it`() async throws {
        let desk = try await publishedDesk()
        try loadSet(on: desk, replacing: ("amount,0.42", "amount,0.52"))
        let plan = try desk.run("margin", "plan", "--business-date", Self.day)
        let lines = plan.output.split(separator: "\n").filter { line in
            NightTests.stages.contains { line.hasPrefix("  \($0) ") }
        }
        #expect(lines.count == 6, "\(plan.output)")
        for line in lines {
            let words = line.hasPrefix("  report ") ? " to do, whole: " : " stale, what it moves is computed: "
            #expect(line.contains(words), "\(line)")
        }
        try expectRerun(desk, run: 2)
        #expect(try computed(desk, "offsets") == ["ALPHA-HOUSE", "BETA-CLIENT"])
        let old = try desk.number("select count(*) from margin.report_file where run_id = 2 and issued_run_number = 1")
        #expect(old == 0)
        let rules = try desk.number(
            "select count(*) from margin.computed_part where run_id = 2 and stage = 'ingest' and part_kind = 'rule'")
        #expect(
            try rules
                == desk.number("select count(*) from margin.computed_part where run_id = 1 and part_kind = 'rule'"))
        try await desk.close()
    }

    @Test func `a gate that another severity switches off loses its findings, and another one keeps its own`()
        async throws
    {
        let desk = try await publishedDesk {
            try $0.replace(
                "position", "2018-12-31,ALPHA-HOUSE,,NG-2019-02,0,12", with: "2018-12-31,ALPHA-HOUSE,,NG-2019-02,0,11")
        }
        let before = try findings(desk)
        try #require(before.count > 1)
        let gate = "parameter_set,rule,combined_commodity,severity,threshold\nP2019,\(before[0]),,off,\n"
        try loadSet(on: desk, adding: ["data_gate": gate])
        try expectRerun(desk, run: 2)
        #expect(try findings(desk) == Array(before.dropFirst()))
        try await desk.close()
    }

    private func findings(_ desk: Desk) throws -> [String] {
        try desk.connect().rows(
            "select distinct f.rule::text from margin.finding_of((select max(run_id) from margin.run)) as f order by 1"
        ).map { try $0.text(.at(0)) }
    }

    /// Loads P2019, approved and in force on the day, which is P2018 with one text replaced and some tables added.
    private func loadSet(
        on desk: Desk, replacing edit: (old: String, new: String) = ("", ""), adding: [String: String] = [:]
    ) throws {
        let source = Checkout.fixtures + "/two-day-night/input"
        let folder = desk.folder + "/set"
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
        let loaded = try desk.run("margin", "load", folder)
        #expect(loaded.code == 0, "\(loaded.errors)")
    }

    /// The accounts that a stage of the newest run computed.
    private func computed(_ desk: Desk, _ stage: String) throws -> [String] {
        try desk.connect().rows(
            """
            select p.part from margin.computed_part as p
            where p.run_id = (select max(r.run_id) from margin.run as r) and p.stage = '\(stage)'
                and p.part_kind = 'account'
            order by p.part
            """
        ).map { try $0.text(.at(0)) }
    }

    private func expectRerun(_ desk: Desk, run: Int) throws {
        let rerun = try desk.run("margin", "rerun", "--business-date", Self.day, "--reason", "test")
        #expect(rerun.code == 0, "\(rerun.errors)")
        let verified = try desk.run("margin", "verify", "--business-date", Self.day, "--run", "\(run)")
        #expect(verified.code == 0, "\(verified.output)\(verified.errors)")
    }

    private func correct(_ desk: Desk, _ words: [String]) throws {
        let corrected = try desk.start(
            "margin", ["correct"] + words + ["--business-date", Self.day, "--reason", "test"]
        ).wait()
        #expect(corrected.code == 0, "\(corrected.errors)")
    }

    private func publishedDesk(_ edit: (EditedHouse) throws -> Void = { _ in }) async throws -> Desk {
        let desk = try await Desk.editing(edit)
        let night = try desk.run("margin", "run", "--business-date", Self.day)
        #expect(night.code == 0, "\(night.errors)")
        return desk
    }
}
