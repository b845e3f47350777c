import Foundation
import Postgres
import PrivateCluster
import TestSupport
import Testing

/// What a night tells of the next business date, held to the night that then happens when nothing moves.
@Suite struct TomorrowNightTests {
    private static let asset = "BUND-2028"

    /// Options that expire on the next date, a future with options of its own over the weekend, paper that matures, and
    /// another parameter set in force then: another scan range, tiers rolled on, a delivery period that begins, a group
    /// that is simulated, stress that is charged.
    private func edit(_ folder: String) throws {
        try StillHouse.replace(folder, "series", "2019-01-04,", with: "2018-12-31,")
        try StillHouse.replace(
            folder, "series", "GAS-F-2019-02,GAS-F,2019-02,2019-01-28,", with: "GAS-F-2019-02,GAS-F,2019-02,2018-12-29,"
        )
        try StillHouse.replace(folder, "collateral_asset", "asset_class\n", with: "asset_class,matures_on\n")
        let assets = try String(contentsOfFile: folder + "/collateral_asset.csv", encoding: .utf8)
        let lines = assets.split(separator: "\n").map { line in
            line.hasPrefix("asset,") ? String(line) : line + (line.hasPrefix(Self.asset) ? ",2018-12-30" : ",")
        }
        try (lines.joined(separator: "\n") + "\n").write(
            toFile: folder + "/collateral_asset.csv", atomically: true, encoding: .utf8)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let path = folder + "/" + name
            let text = try String(contentsOfFile: path, encoding: .utf8)
            guard text.hasPrefix("parameter_set,") else { continue }
            let rows = text.split(separator: "\n").dropFirst().map {
                $0.replacing("2018-12,", with: "2018-12-R,", maxReplacements: 1)
            }
            try (text + rows.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        }
        let set = "2018-12-R"
        try StillHouse.replace(folder, "parameter_set", "\(set),2018-12-01", with: "\(set),2018-12-31")
        try StillHouse.replace(
            folder, "combined_commodity_margin", "\(set),WTI,SPAN-16-ENERGY,amount,5.45",
            with: "\(set),WTI,SPAN-16-ENERGY,amount,6.10")
        try StillHouse.replace(
            folder, "month_tier", "\(set),WTI,NEAR,2019-02,false\n", with: "\(set),WTI,NEAR,2019-05,false\n")
        try StillHouse.replace(folder, "month_tier", "\(set),WTI,MIDDLE,2019-05,false\n", with: "")
        try StillHouse.replace(
            folder, "delivery_charge", "\(set),WTI,2019-02,545.00,272.50,both\n",
            with: "\(set),WTI,2019-02,545.00,272.50,both\n\(set),WTI,2019-03,400.00,200.00,both\n")
        try StillHouse.replace(
            folder, "stress_set", "\(set),HISTORY-AND-SHAPES,2,true,0.45", with: "\(set),HISTORY-AND-SHAPES,2,true,0.02"
        )
        func write(_ table: String, _ lines: String...) throws {
            try lines.map { $0 + "\n" }.joined().write(
                toFile: "\(folder)/\(table).csv", atomically: true, encoding: .utf8)
        }
        // A group that is simulated offsets nothing beyond it.
        for table in ["inter_spread", "inter_spread_leg"] {
            let path = "\(folder)/\(table).csv"
            let rows = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
                .filter { !$0.hasPrefix("\(set),INDEX-FX,") }
            try (rows.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        }
        try write(
            "simulation", "parameter_set,simulation,confidence,mpor_days,look_back_days", "\(set),TWO-DAYS,0.99,2,500")
        // Accounts that are margined gross are only scanned, which the night flags.
        let gates = try String(contentsOfFile: folder + "/data_gate.csv", encoding: .utf8)
        try (gates + "\(set),gross_simulation,\"\",flag,\n").write(
            toFile: folder + "/data_gate.csv", atomically: true, encoding: .utf8)
        try write("risk_group", "parameter_set,risk_group,simulation,measure", "\(set),YEN,TWO-DAYS,es")
        try write("risk_group_commodity", "parameter_set,risk_group,combined_commodity", "\(set),YEN,FX")
        try write("risk_factor_mapping", "parameter_set,combined_commodity,price_factor", "\(set),FX,FX")
    }

    @Test func `a weekend and a holiday ahead, every account's call is the one of the night that then happens`()
        async throws
    {
        let installation = try await Installation(house: nil)
        var house = try StillHouse(in: installation, edit)
        try StillHouse.margin(installation, "run", "--business-date", "2018-12-28")
        // The paper is not held any more: its issuer has paid it back.
        try house.load(into: installation, on: "2018-12-31") { table, rows in
            table == "collateral_holding" ? rows.filter { $0["asset"] != Self.asset } : rows
        }
        try StillHouse.margin(installation, "run", "--business-date", "2018-12-31")
        try expectTold(installation, of: "2018-12-31", on: "2018-12-28", under: "2018-12-R")
        try expectMoved(installation)

        // Another scan range on this date alone, and one that begins after the holiday.
        let officer = "officer_" + installation.settings.database
        try StillHouse.margin(installation, "db", "person", officer)
        for (first, last, range) in [("2018-12-31", "2018-12-31", "7.41"), ("2019-01-02", "2019-01-09", "5.37")] {
            try StillHouse.margin(
                installation, "correct", "parameter", "combined_commodity_margin", "--business-date", first, "--until",
                last, "combined_commodity=WTI", "set", "price_scan_range=\(range)", "--reason", "test")
            let number = try installation.number("select max(load_id) from margin.input_load")
            try StillHouse.margin(
                installation, "approve", "correction", "\(number)", "--reason", "seen", "--as", officer)
        }
        try StillHouse.margin(installation, "rerun", "--business-date", "2018-12-31", "--reason", "test")
        try StillHouse.margin(installation, "publish", "--business-date", "2018-12-31")
        try house.load(into: installation, on: "2019-01-02") { _, rows in rows }
        try StillHouse.margin(installation, "run", "--business-date", "2019-01-02")
        try expectTold(installation, of: "2019-01-02", on: "2018-12-31", under: "2018-12-R")
        try expectReports(installation)
        let moved = try installation.number(
            """
            select count(*)
            from margin.run as r
            cross join lateral margin.next_night_call_of(r.run_id) as n
            join lateral margin.margin_call_of(r.run_id) as m on m.account = n.account
            where r.business_date = '2018-12-31' and r.status = 'published' and n.requirement <> m.requirement
            """)
        #expect(moved > 15)
        let verified = try StillHouse.margin(installation, "verify", "--business-date", "2018-12-31")
        #expect(verified.contains("equal"), "\(verified)")
        try installation.connect().script("drop owned by \(officer); drop role \(officer)")
        try await installation.close()
    }

    /// What the published run of one date told of the next is what that date's published run calls.
    private func expectTold(
        _ installation: Installation, of next: String, on date: String, under set: String
    ) throws {
        func run(_ date: String) -> String {
            "(select run_id from margin.run where business_date = '\(date)' and status = 'published')"
        }
        let columns = """
            account, member, call_currency, requirement, add_ons, unpaid_variation_margin, collateral_value,
            intraday_collected, deficit, call_amount, return_amount, reason_code, due_date
            """
        let differing = try installation.connect().rows(
            """
            with told as (select \(columns) from margin.next_night_call_of(\(run(date)))),
                called as (select \(columns) from margin.margin_call_of(\(run(next))))
            select 'told ' || t::text as difference from (select * from told except all select * from called) as t
            union all
            select 'called ' || c::text from (select * from called except all select * from told) as c
            order by 1
            """
        ).map { try $0.text("difference") }
        #expect(differing.isEmpty, "\(date): \(differing.prefix(6).joined(separator: "\n"))")
        let told = try installation.connect().one(
            """
            select (select count(*) from margin.next_night_call_of(\(run(date)))) as accounts,
                n.next_business_date::text || ' ' || n.parameter_set as told
            from margin.next_night_of(\(run(date))) as n
            """)
        #expect(try told.int64("accounts") == 40)
        #expect(try told.text("told") == "\(next) \(set)")
    }

    /// The night that was told differs from the one before it in all that the house was made to change in.
    private func expectMoved(_ installation: Installation) throws {
        func count(_ condition: String) throws -> Int64 {
            try installation.number(
                """
                select count(*)
                from margin.run as r
                cross join lateral margin.next_night_call_of(r.run_id) as n
                join lateral margin.margin_call_of(r.run_id) as m on m.account = n.account
                where r.business_date = '2018-12-28' and r.status = 'published' and \(condition)
                """)
        }
        #expect(try count("n.requirement <> m.requirement") > 20)
        #expect(try count("n.add_ons > m.add_ons") > 10)
        #expect(try count("n.collateral_value < m.collateral_value") > 2)
        #expect(try count("n.unpaid_variation_margin > 0") > 5)
        #expect(try count("n.call_amount > m.call_amount") > 2)
        for table in ["stress_add_on", "value_at_risk"] {
            let rows = try installation.number(
                """
                select count(*) from margin.\(table) as s join margin.run as r using (run_id)
                where r.business_date = '2018-12-31'
                """)
            #expect(rows > 0, "\(table)")
        }
    }

    /// Members' files, the house's with the same rows, and the list of who will be called.
    private func expectReports(_ installation: Installation) throws {
        let folder = "\(installation.reports)/2018-12-28/EOD/current"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".csv") }.sorted()
        func rows(_ prefix: String) throws -> [[String: String]] {
            try names.filter { $0.hasPrefix(prefix) }.flatMap { try CSVRows.rows(ofFile: "\(folder)/\($0)") }
        }
        let (members, house) = (try rows("tomorrow.2018-12-28."), try rows("house-tomorrow."))
        #expect(members.count == 40 && members == house)
        #expect(names.filter { $0.hasPrefix("tomorrow.2018-12-28.") }.count == 12)
        let called = house.filter { $0["call_amount"]?.contains { "123456789".contains($0) } == true }
        let listed = try rows("tomorrow-calls.")
        #expect(Set(listed.map { $0["account"] }) == Set(called.map { $0["account"] }) && !listed.isEmpty)
    }

    @Test func `tonight's reports do not wait for a parameter set that is not whole`() async throws {
        let installation = try await Installation(house: nil)
        _ = try StillHouse(in: installation) { folder in
            try edit(folder)
            try StillHouse.replace(folder, "collateral_haircut", "2018-12-R,\(Self.asset),0.035,true\n", with: "")
        }
        try StillHouse.margin(installation, "run", "--business-date", "2018-12-28")
        let told = try installation.connect().one(
            "select f.message from margin.finding as f where f.rule = 'next_night'"
        ).text("message")
        #expect(told.hasPrefix("the night of 2018-12-31 cannot be computed from what is known tonight: "), "\(told)")
        #expect(try installation.number("select count(*) from margin.next_night") == 0)
        try await installation.close()
    }
}
