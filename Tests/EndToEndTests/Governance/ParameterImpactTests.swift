import Foundation
import Postgres
import TestSupport
import Testing

/// `margin parameters impact`: the last published nights under another set, and nothing of it kept.
@Suite struct ParameterImpactTests {
    private static let nights = ["2018-12-28", "2018-12-31"]

    private static let asked = """
        select format('%s,%s,%s,%s', r.business_date, q.account, q.requirement,
            q.requirement + coalesce(a.amount, 0)) as line
        from margin.run as r
        cross join lateral (
            select q.account, sum(q.converted_amount) as requirement
            from margin.requirement_of(r.run_id) as q
            group by q.account) as q
        cross join lateral (
            select sum(a.converted_amount) as amount
            from margin.add_on_of(r.run_id) as a
            where a.account = q.account) as a
        where r.status = 'published'
        order by r.business_date, q.account
        """

    private func night(_ installation: Installation, _ dates: [String]) throws {
        for date in dates {
            let ended = try installation.run("margin", "run", "--business-date", date)
            #expect(ended.code == 0, "\(ended.errors)")
        }
    }

    private func lines(_ installation: Installation, _ sql: String) throws -> [String] {
        try installation.connect().rows(sql).map { try $0.text("line") }
    }

    /// `date,account,requirement,collected` of a report, as it was (`old`) or would be (`new`).
    private func table(_ csv: String, _ state: String) throws -> [String] {
        let lines = csv.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let places = try ["business_date", "account", "requirement_\(state)", "collected_\(state)"].map { name in
            try #require(lines[0].firstIndex { $0 == name })
        }
        return lines.dropFirst().map { line in places.map { String(line[$0]) }.joined(separator: ",") }
    }

    /// The house as it would be with the other range from the beginning.
    private func other() async throws -> Installation {
        try await Installation.editing { house in
            try house.replace("combined_commodity_margin", "amount,3.60,", with: "amount,4.40,")
        }
    }

    @Test func `a set asks on past nights what those nights would have asked under it`() async throws {
        let installation = try await Installation.editing { house in
            try house.write("impact_threshold", "threshold\n0.05\n0.2\n0.3\n")
        }
        let other = try await other()
        for house in [installation, other] { try night(house, Self.nights) }
        let proposed = try installation.run(
            "margin", "parameters", "propose", "P2019", "--base", "P2018", "--effective-from", "2019-01-02", "--reason",
            "review", "combined_commodity_margin", "combined_commodity=CRUDE", "set", "price_scan_range=4.40")
        #expect(proposed.code == 0, "\(proposed.errors)")
        let rows = "select count(*) from margin.run"
        let before = try installation.number(rows)
        let ended = try installation.run(
            "margin", "parameters", "impact", "P2019", "--nights", "9", "--out", installation.folder + "/impact",
            "--threads", "1")
        #expect(ended.code == 0, "\(ended.errors)")
        let csv = try String(contentsOfFile: installation.folder + "/impact/impact.csv", encoding: .utf8)
        #expect(try table(csv, "old") == lines(installation, Self.asked))
        #expect(try table(csv, "new") == lines(other, Self.asked))
        #expect(try table(csv, "new") != table(csv, "old"))
        #expect(try installation.number(rows) == before)
        // Outright crude at 4.40 for 3.60 is two ninths more; its owners hold spreads and options too.
        let text = try String(contentsOfFile: installation.folder + "/impact/impact-threshold.csv", encoding: .utf8)
        let counts = text.split(separator: "\n").map(String.init)
        // Two nights, two call currencies, three thresholds.
        #expect(counts.count == 1 + 2 * 2 * 3 && counts[0].hasPrefix("business_date,currency,threshold,accounts,"))
        #expect(
            counts[1...6].elementsEqual([
                "2018-12-28,EUR,0.05,1,1,0,true", "2018-12-28,EUR,0.2,1,0,0,false", "2018-12-28,EUR,0.3,1,0,0,false",
                "2018-12-28,USD,0.05,2,2,0,true", "2018-12-28,USD,0.2,2,1,0,false", "2018-12-28,USD,0.3,2,0,0,false",
            ]), "\(text)")
        let words = """
            2018-12-28 USD: requirement 226014.36 → 259735.00 (+14.92 %)
              beyond 0.05: 2 accounts up, 0 down of 2
              beyond 0.2: 1 account up, 0 down of 2
              most: BETA-SEG 101837.61 → 126940.96 (+24.65 %)

            """
        #expect(ended.output.contains(words), "\(ended.output)")
        let json = try installation.run("margin", "parameters", "impact", "P2019", "--nights", "9", "--json")
        let file = try String(contentsOfFile: installation.folder + "/impact/impact.json", encoding: .utf8)
        #expect(json.output == file)
        for house in [installation, other] { try await house.close() }
    }

    @Test func `the set in force changes nothing, and what is missing is named`() async throws {
        let installation = try await Installation()
        let none = try installation.run("margin", "parameters", "impact", "P2018")
        #expect(none.code == 0 && none.output == "no published night to try P2018 on\n", "\(none.output)\(none.errors)")
        try night(installation, Self.nights)
        let same = try installation.run("margin", "parameters", "impact", "P2018", "--json")
        let document = try jsonObject(same.output)
        let impact = try #require(document["impact"] as? [String: Any])
        let columns = try #require(impact["columns"] as? [String])
        let rows = try #require(impact["rows"] as? [[Any]])
        #expect(rows.count == 6)
        for name in ["requirement_change", "collected_change"] {
            let place = try #require(columns.firstIndex(of: name))
            #expect(rows.allSatisfy { ($0[place] as? String).map { Double($0) == 0 } == true }, "\(rows)")
        }
        let unknown = try installation.run("margin", "parameters", "impact", "NONE")
        #expect(unknown.code == 66 && unknown.errors.contains("there is no parameter set NONE"), "\(unknown.errors)")
        let negative = try installation.run("margin", "parameters", "impact", "P2018", "--nights", "-1")
        #expect(negative.code == 64, "\(negative.errors)")
        let there = try installation.run(
            "margin", "parameters", "impact", "P2018", "--nights", "1", "--out", installation.folder)
        #expect(there.code == 73, "\(there.errors)")
        try await installation.close()
    }
}
