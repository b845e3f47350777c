import Foundation
import Postgres
import Testing

/// Intraday runs with snapshots of their own, beside each other and before the end of the day. The figures follow from
/// those worked out in fixtures/two-day-night/README.md.
@Suite struct IntradayTests {
    private static let day = "2018-12-31"

    /// The two-day house with triggers, and a first snapshot of the second date: its positions and prices at the close.
    private func intradayDesk() async throws -> Installation {
        let installation = try await Installation.editing { house in
            try house.write(
                "call_rule",
                """
                parameter_set,account_class,threshold,minimum_transfer_amount,lot,intraday_trigger
                P2018,HOUSE,5000,1000,1000,100000
                P2018,CLIENT,0,500,500,20000

                """)
        }
        try loadSnapshot(installation)
        return installation
    }

    private func loadSnapshot(_ installation: Installation) throws {
        let house = try EditedHouse()
        defer { try? house.close() }
        let positions = try house.text("position").split(separator: "\n").filter { $0.hasPrefix(Self.day) }
        try house.write(
            "position",
            "business_date,cycle,account,owner,series,long_quantity,short_quantity\n"
                + positions.map { $0.replacing("\(Self.day),", with: "\(Self.day),ITD,", maxReplacements: 1) + "\n" }
                .joined())
        try expectDone(installation.run("margin", "load", "position", house.file("position")))
        let prices = try house.text("settlement_price").split(separator: "\n")
            .filter { $0.hasPrefix(Self.day) && $0.hasSuffix(",settlement") }
        try house.write(
            "intraday_settlement_price",
            "business_date,series,price,currency\n"
                + prices.map { $0.replacing(",settlement", with: "") + "\n" }.joined())
        try expectDone(
            installation.run("margin", "load", "intraday_settlement_price", house.file("intraday_settlement_price")))
    }

    private func expectDone(_ ended: Ended) throws {
        try #require(ended.code == 0, "\(ended.output)\(ended.errors)")
    }

    private func runIntraday(_ installation: Installation) throws {
        try expectDone(installation.run("margin", "run", "--business-date", Self.day, "--cycle", "ITD"))
    }

    /// A later snapshot, in which February crude has another price. It moves variation margin alone.
    private func moveFebruaryCrude(_ installation: Installation, to price: String) throws {
        try expectDone(
            installation.run(
                "margin", "correct", "row", "intraday_settlement_price", "business_date=\(Self.day)",
                "series=CL-2019-02", "set", "price=\(price)", "--reason", "snapshot"))
    }

    /// Account, deficit, collected, call, return and reason of each call as a run sees them.
    private func calls(_ installation: Installation, _ cycle: String, _ number: Int) throws -> [String] {
        try installation.connect().rows(
            """
            select concat_ws(' ', m.account, trim_scale(m.deficit), trim_scale(m.intraday_collected),
                trim_scale(m.call_amount), trim_scale(m.return_amount), m.reason_code)
            from margin.run as r cross join lateral margin.margin_call_of(r.run_id) as m
            where r.cycle = '\(cycle)' and r.run_number = \(number) order by m.account
            """
        ).map { try $0.text(.at(0)) }
    }

    private func statuses(_ installation: Installation) throws -> [String] {
        try installation.connect().rows(
            "select r.cycle || ' ' || r.run_number || ' ' || r.status from margin.run as r order by r.cycle, r.run_number"
        ).map { try $0.text(.at(0)) }
    }

    private func verify(_ installation: Installation, _ cycle: String, _ number: String) throws {
        try expectDone(
            installation.run("margin", "verify", "--business-date", Self.day, "--cycle", cycle, "--run", number))
    }

    @Test func `intraday runs call beyond their triggers what is not collected, and the end of the day nets them`()
        async throws
    {
        let installation = try await intradayDesk()
        try runIntraday(installation)
        // 111,201.90 is above 100,000; 216,072.12 above 20,000; 19,641.44 is not.
        #expect(
            try calls(installation, "ITD", 1) == [
                "ALPHA-HOUSE 111201.9 0 112000 0 deficit_above_trigger",
                "BETA-CLIENT 216072.12 0 216500 0 deficit_above_trigger",
                "BETA-SEG 19641.44 0 0 0 deficit_within_trigger",
            ])
        try runIntraday(installation)
        #expect(try statuses(installation) == ["ITD 1 published"], "nothing has come since")

        try moveFebruaryCrude(installation, to: "46.41")
        try runIntraday(installation)
        // ALPHA-HOUSE is long and received already. BETA-CLIENT, short 50, owes (49,860 + 50,000) × 0.873362 =
        // 87,213.93 EUR: 307,883.53 + 48,481.41 + 87,213.93 − 183,838.65 − 216,500.
        let second = [
            "ALPHA-HOUSE -798.1 112000 0 0 covered", "BETA-CLIENT 43240.22 216500 43500 0 deficit_above_trigger",
            "BETA-SEG 19641.44 0 0 0 deficit_within_trigger",
        ]
        #expect(try calls(installation, "ITD", 2) == second)

        try expectDone(installation.run("margin", "run", "--business-date", Self.day))
        // The day as the two-day night has it, less 112,000 and 216,500 + 43,500. The excess of BETA-CLIENT goes back.
        let closing = [
            "ALPHA-HOUSE -798.1 112000 0 0 covered", "BETA-CLIENT -43927.88 260000 0 43500 excess_returned",
            "BETA-SEG 19641.44 0 20000 0 deficit_above_threshold",
        ]
        #expect(try calls(installation, "EOD", 1) == closing)
        #expect(try statuses(installation) == ["EOD 1 published", "ITD 1 published", "ITD 2 published"])
        #expect(
            try installation.number("select count(*) from margin.margin_call as m where m.due_date <> '2018-12-31'")
                == 3)
        let explained = try installation.run("margin", "explain", "BETA-CLIENT", "--business-date", Self.day)
        #expect(
            explained.output.contains("− collateral 183838.65 − collected intraday 260000.00"), "\(explained.output)")
        let intraday = try installation.run(
            "margin", "explain", "BETA-SEG", "--business-date", Self.day, "--cycle", "ITD")
        #expect(intraday.output.contains("above the trigger 20000.00; rounded to the lot 500.00"), "\(intraday.output)")
        for (cycle, number) in [("ITD", "1"), ("ITD", "2"), ("EOD", "1")] { try verify(installation, cycle, number) }
        try await installation.close()
    }

    @Test func `an intraday run published late makes the end of the day's calls stale, and those alone`() async throws {
        let installation = try await intradayDesk()
        try expectDone(installation.run("margin", "run", "--business-date", Self.day))
        // Neither a later book nor a later price of the day makes the end of the day stale: it reads its own.
        for long in ["26", "25"] {
            try expectDone(
                installation.run(
                    "margin", "correct", "position", "--business-date", Self.day, "--cycle", "ITD", "--account",
                    "BETA-SEG", "--owner", "O1", "--series", "CL-2019-03", "--long", long, "--reason", "late trade"))
        }
        let current = try installation.run("margin", "plan", "--business-date", Self.day)
        #expect(current.output == "2018-12-31 EOD: nothing is stale, run 1 is current\n")
        try runIntraday(installation)
        let plan = try installation.run("margin", "plan", "--business-date", Self.day)
        for (stage, what) in [
            ("risk-arrays", "stands: same inputs"), ("offsets", "stands: same inputs"),
            ("add-ons", "stands: same inputs"), ("calls", "intraday_call none → v"),
        ] {
            let line = plan.output.split(separator: "\n").first { $0.hasPrefix("  \(stage) ") }
            #expect(line?.contains(what) == true, "\(plan.output)")
        }
        let status = try installation.run("margin", "status", "--business-date", Self.day)
        #expect(status.output.contains("inputs were loaded since: intraday_call"), "\(status.output)")
        try expectDone(
            installation.run("margin", "rerun", "--business-date", Self.day, "--reason", "late intraday run"))
        #expect(
            try calls(installation, "EOD", 2) == [
                "ALPHA-HOUSE -798.1 112000 0 0 covered", "BETA-CLIENT -427.88 216500 0 0 covered",
                "BETA-SEG 19641.44 0 20000 0 deficit_above_threshold",
            ])
        let computed = try installation.number(
            "select count(*) from margin.computed_part as p join margin.run as r on r.run_id = p.run_id "
                + "where r.cycle = 'EOD' and r.run_number = 2 and p.stage = 'calls'")
        #expect(computed == 2, "BETA-SEG was not called intraday")

        // Another one before run 2 is published: run 2 no longer follows from what was collected.
        try moveFebruaryCrude(installation, to: "46.41")
        try runIntraday(installation)
        let refused = try installation.run("margin", "publish", "--business-date", Self.day, "--run", "2")
        #expect(refused.code == 66)
        #expect(refused.errors.contains("its inputs have changed since: intraday_call v"), "\(refused.errors)")
        try expectDone(
            installation.run("margin", "rerun", "--business-date", Self.day, "--reason", "late intraday run"))
        try expectDone(installation.run("margin", "publish", "--business-date", Self.day, "--run", "3"))
        #expect(
            try statuses(installation) == [
                "EOD 1 superseded", "EOD 2 complete", "EOD 3 published", "ITD 1 published", "ITD 2 published",
            ])
        for number in ["1", "2", "3"] { try verify(installation, "EOD", number) }
        try await installation.close()
    }

    @Test func `an intraday run looks at its own snapshot: neither the day's positions nor its prices stand in`()
        async throws
    {
        let installation = try await Installation()
        let empty = try installation.run("margin", "run", "--business-date", Self.day, "--cycle", "ITD")
        #expect(empty.code == 65)
        #expect(empty.errors.contains("the positions table is empty for this date and cycle"), "\(empty.errors)")
        let position = try installation.write(
            "position.csv", "business_date,cycle,account,series,long_quantity,short_quantity",
            "2018-12-31,ITD,ALPHA-HOUSE,CL-2019-02,50,0")
        try expectDone(installation.run("margin", "load", "position", position))
        let unpriced = try installation.run("margin", "run", "--business-date", Self.day, "--cycle", "ITD")
        #expect(unpriced.code == 65)
        #expect(
            try installation.number(
                "select count(*) from margin.finding as f where f.rule = 'missing_price' "
                    + "and f.table_name = 'intraday_settlement_price' and f.row_key = 'CL-2019-02'") == 1)
        let plan = try installation.run("margin", "run", "--business-date", Self.day)
        #expect(plan.code == 0, "\(plan.errors)")
        #expect(
            try installation.number("select count(*) from margin.margin_call as m where m.intraday_collected <> 0") == 0
        )
        try await installation.close()
    }
}
