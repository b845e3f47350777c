import Foundation
import Postgres
import TestSupport
import Testing

/// Monitoring through the database: thirty quiet nights tell nothing, ten planted anomalies are told, each once.
@Suite struct WatchedNightsTests {
    private static let rules =
        "('size_move', 'concentration_move', 'margin_move', 'member_limit', 'parameter_jump', 'stuck_figure')"

    /// What the newest run of a date tells: rule, row key and column.
    private func told(_ installation: Installation, _ date: String) throws -> [String] {
        try installation.connect().values(
            """
            select f.rule || ' ' || f.row_key || ' ' || f.column_name
            from (select max(r.run_id) as run_id from margin.run as r where r.business_date = '\(date)') as r
            cross join lateral margin.finding_of(r.run_id) as f
            where f.rule in \(Self.rules)
            order by f.finding
            """, as: .text)
    }

    private func margin(
        _ installation: Installation, _ words: String..., threads: Int = 2
    ) throws -> String {
        let ended = try installation.start("margin", words, environment: ["MARGIN_THREADS": "\(threads)"]).wait()
        #expect(ended.code == 0, "\(words): \(ended.errors)")
        return ended.output
    }

    /// The ten, by the night after the thirtieth.
    private static let planted: [[String]] = [
        [
            "size_move A04 size", "size_move M4 size", "size_move A01, , OIL-1 size",
            "concentration_move A05 concentration", "margin_move A03 margin",
        ],
        [
            "member_limit M1, margin limit_amount", "member_limit MD, open_interest_share limit_amount",
            "parameter_jump ZINC price_scan_range",
        ],
        ["member_limit M2, collateral_cover limit_amount", "stuck_figure A02 threshold"], [],
    ]

    @Test func `thirty quiet nights tell nothing, and ten planted anomalies are told once each`() async throws {
        let seed: UInt64 = 20_181_221
        print("WatchedNightsTests: seed \(seed)")
        let house = WatchedHouse(seed: seed)
        let installation = try await Installation(house: nil)
        _ = try margin(installation, "load", house.write(into: installation.folder))
        for (night, date) in house.dates.enumerated() {
            _ = try margin(installation, "run", "--business-date", date)
            let expected = night < WatchedHouse.quietNights ? [] : Self.planted[night - WatchedHouse.quietNights]
            #expect(try told(installation, date) == expected, "seed \(seed), night \(night + 1)")
        }
        try expectLimits(installation, house)
        try expectWaiver(installation, house)
        for threads in [1, 2] {
            let verified = try margin(
                installation, "verify", "--business-date", house.dates[33], threads: threads)
            #expect(verified.contains("equal"), "\(threads) threads: \(verified)")
        }
        try await installation.close()
    }

    /// The report of the last night.
    private func expectLimits(_ installation: Installation, _ house: WatchedHouse) throws {
        let date = house.dates[33]
        let rows = CSVRows.rows(
            try margin(installation, "show", "--business-date", date, "--report", "limits"))
        #expect(
            rows.map { "\($0["member"] ?? "") \($0["measure"] ?? "") \($0["state"] ?? "")" } == [
                "M1 margin near", "M2 collateral_cover near", "M3 fund_days not_measured",
                "MD open_interest_share exceeded",
            ])
        // By hand from the night's calls.
        let margin = try installation.connect().value(
            """
            select sum(m.requirement + m.add_ons)::numeric(20, 2)::text from margin.margin_call as m
            where m.member = 'M1' and m.run_id = (select max(r.run_id) from margin.run as r
                where r.business_date = '\(date)')
            """, as: .text)
        #expect(Double(margin) == Double(rows[0]["figure"] ?? ""))
        #expect(rows[0]["limit_amount"] == "2500000" && rows[0]["currency"] == "USD")
        let share = try #require(Double(margin)) / 2_500_000
        #expect(abs(share - (Double(rows[0]["utilisation"] ?? "") ?? 0)) < 0.000_001)
    }

    /// A waiver of what is told, and a rerun: the same findings once, one of them waived.
    private func expectWaiver(_ installation: Installation, _ house: WatchedHouse) throws {
        let date = house.dates[32]
        _ = try margin(
            installation, "waive", "member_limit", "M2, collateral_cover", "--business-date", date, "--reason",
            "asked the member")
        _ = try margin(installation, "rerun", "--business-date", date, "--reason", "waived")
        #expect(try told(installation, date) == Self.planted[2])
        let findings = try margin(installation, "findings", "--business-date", date)
        #expect(findings.contains("waived  member_limit, M2, collateral_cover, limit_amount"), "\(findings)")
        #expect(findings.contains("flag  margin_call, A02, threshold “20”"), "\(findings)")
        _ = try margin(installation, "publish", "--business-date", date)
    }

    @Test(arguments: [
        ("2018-12-01,ALPHA,margin,-1,USD", "limit_amount"),
        ("2018-12-01,ALPHA,margin,100,", "limit in money has a currency"),
        ("2018-12-01,ALPHA,collateral_cover,1,USD", "limit in money has a currency"),
        ("2018-12-01,ALPHA,open_interest_share,1.01,", "limit_amount"),
        ("2018-12-01,ALPHA,fund_days,2.5,", "fund_days"),
        ("2018-12-01,ALPHA,size,1,", "measure"),
        ("2018-12-01,ALPHA,fund_days,2,\n2018-12-01,ALPHA,fund_days,3,", "the same key stands on line 2"),
    ]) func `a limit that says what it may not is refused at load`(_ row: String, _ said: String) async throws {
        let installation = try await Installation(house: nil)
        let file = try installation.write("limit.csv", "effective_from,member,measure,limit_amount,currency", row)
        let loaded = try installation.run("margin", "load", "member_limit", file)
        #expect(loaded.code == 65)
        #expect(loaded.errors.contains(said) && loaded.errors.contains("line "), "\(loaded.errors)")
        #expect(try installation.number("select count(*) from margin.member_limit") == 0)
        try await installation.close()
    }

    @Test func `a limit of an unknown member, and a house without base currency, stop the night`() async throws {
        let installation = try await Installation.editing {
            try $0.write(
                "member_limit", "effective_from,member,measure,limit_amount,currency\n2018-12-01,NOBODY,margin,1,USD\n")
            try $0.write("monitoring", "parameter_set,least_contracts,least_margin\nP2018,1,1\n")
        }
        let night = ["run", "--business-date", "2018-12-31"]
        let unknown = try installation.start("margin", night).wait()
        #expect(unknown.code == 65)
        #expect(unknown.errors.contains("unknown member NOBODY [reference]"), "\(unknown.errors)")
        let member = try installation.write("member.csv", "member,name,member_group", "NOBODY,Nobody,NOBODY")
        #expect(try installation.run("margin", "load", "clearing_member", member).code == 0)
        let stopped = try installation.start("margin", night).wait()
        #expect(stopped.code == 65)
        #expect(
            stopped.errors.contains("the house cannot be monitored: house has no row in force with its base currency"),
            "\(stopped.errors)")
        #expect(stopped.errors.contains("hint: load the row, then the night again: margin load house FILE"))
        let house = try installation.write("house.csv", "effective_from,base_currency", "2018-01-01,USD")
        #expect(try installation.run("margin", "load", "house", house).code == 0)
        #expect(try installation.start("margin", night).wait().code == 0)
        try await installation.close()
    }
}
