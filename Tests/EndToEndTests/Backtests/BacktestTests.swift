import Foundation
import Postgres
import TestSupport
import Testing

/// `margin-backtest` over the two-day house: the night of the 28th held against the prices of the 31st, by hand.
@Suite struct BacktestTests {
    static let nights = ["2018-12-28", "2018-12-31"]

    /// The house with a backtest of a day and three hypothetical portfolios.
    func house(_ edit: (EditedHouse) throws -> Void = { _ in }) async throws -> Installation {
        try await Installation.editing { house in
            try house.write("house", "effective_from,base_currency\n2018-01-01,USD\n")
            try house.write(
                "backtest",
                """
                backtest,account_class,from_date,to_date,confidence,horizon_days
                DAY,HOUSE,2018-12-28,2019-01-02,0.99,1

                """)
            try house.write(
                "hypothetical_portfolio", "portfolio,kind\nGAS-SPREAD,calendar\nLONG,outright\nSTRADDLE,straddle\n")
            try house.write(
                "hypothetical_line",
                """
                portfolio,number,combined_commodity,instrument,month_rank,moneyness,quantity
                GAS-SPREAD,1,GAS,future,1,,1
                GAS-SPREAD,2,GAS,future,2,,-1
                LONG,1,CRUDE,future,1,,3
                STRADDLE,1,CRUDE,call,1,1,-2
                STRADDLE,2,CRUDE,put,1,1,-2

                """)
            try edit(house)
        }
    }

    func publish(_ installation: Installation, _ dates: [String]) throws {
        for date in dates {
            let night = try installation.run("margin", "run", "--business-date", date)
            #expect(night.code == 0, "\(night.errors)")
        }
    }

    func backtest(_ installation: Installation, _ arguments: String...) throws -> Ended {
        try installation.start("margin-backtest", ["--backtest", "DAY"] + arguments).wait()
    }

    /// `unit margin kind: exposure margin exception refusal` of each night of a backtest, the last that was run.
    private func tested(_ installation: Installation) throws -> [String] {
        try installation.connect().rows(
            """
            select format('%s %s %s: %s %s %s%s', n.business_date, n.unit, n.margin_kind, n.exposure, n.margin,
                n.is_exception, n.refusal) as line
            from margin.backtest_night as n
            where n.backtest_run_id = (select max(r.backtest_run_id) from margin.backtest_run as r)
                and n.margin_kind = 'model'
            order by n.business_date, n.unit_kind, n.unit
            """
        ).map { try $0.text("line") }
    }

    /// 40 · 1,000 · 0.08 are gained and 25 · 1,000 · 0.13 lost, 30 written calls are bought back at 1.44, and 12 gas
    /// contracts gain 0.363 each; the January contract settles at what it was. Nobody's gain counts in an omnibus
    /// account.
    @Test func `frozen positions, products and hypothetical portfolios of a published night`() async throws {
        let installation = try await house()
        try publish(installation, Self.nights)
        let ended = try backtest(installation, "--out", installation.folder + "/one", "--threads", "1")
        #expect(ended.code == 0, "\(ended.errors)")
        #expect(ended.output.contains("backtest DAY run 1: 1 night,"), "\(ended.output)")
        let tested = try tested(installation)
        func line(_ unit: String) -> String? { tested.first { $0.contains(" \(unit) model: ") } }
        #expect(line("ALPHA-HOUSE")?.contains("model: -310.00 ") == true, "\(tested)")
        #expect(line("BETA-SEG/O1")?.contains("model: -11490.00 ") == true)
        #expect(line("BETA-SEG/O2")?.contains("model: -6160.00 ") == true)
        #expect(line("CRUDE long") == "2018-12-28 CRUDE long model: -80.00 3600.00 f")
        #expect(line("CRUDE short") == "2018-12-28 CRUDE short model: 80.00 3600.00 f")
        // The January contract expires on the horizon's day.
        #expect(line("GAS long") == "2018-12-28 GAS long model: 3630.00 4200.00 f")
        #expect(line("LONG") == "2018-12-28 LONG model: -240.00 10800.00 f")
        #expect(line("GAS-SPREAD") == "2018-12-28 GAS-SPREAD model:   hypothetical_line_unfilled GAS-SPREAD 2")
        // Two written straddles are bought back at 1.44 and 1.03.
        #expect(line("STRADDLE")?.contains("model: 4940.00 ") == true)
        // Nothing is priced a day after the 31st.
        #expect(!tested.contains { $0.hasPrefix("2018-12-31") })
        // Its margins are known all the same.
        let margins = try installation.connect().rows(
            "select format('%s %s', unit, days) as line from margin.procyclicality order by unit"
        ).map { try $0.text("line") }
        #expect(margins.contains("CRUDE long 2") && margins.contains("LONG 2"), "\(margins)")
        try expectMargins(installation)
        try expectFiles(installation)
        try await installation.close()
    }

    /// The margins are those of the published run: the requirement, and with add-ons what was asked for.
    private func expectMargins(_ installation: Installation) throws {
        let differing = """
            select count(*)
            from margin.backtest_night as n
            join margin.run as r on r.business_date = n.business_date and r.status = 'published'
            cross join lateral (
                select coalesce(sum(q.converted_amount), 0) as model
                from margin.requirement_of(r.run_id) as q where q.account = n.unit) as q
            cross join lateral (
                select coalesce(sum(a.converted_amount), 0) as add_ons
                from margin.add_on_of(r.run_id) as a where a.account = n.unit) as a
            where n.unit_kind = 'account'
                and n.margin <> q.model + case n.margin_kind when 'collected' then a.add_ons else 0 end
            """
        #expect(try installation.number(differing) == 0)
        #expect(try installation.number("select count(*) from margin.backtest_night where unit_kind = 'account'") == 4)
        // What a client owns and what is on nobody add up to the account's.
        let owners = """
            select count(*)
            from (
                select sum(n.margin) as margin from margin.backtest_night as n
                where n.unit_kind = 'owner' and n.margin_kind = 'collected') as n,
            margin.run as r,
            lateral (select sum(q.converted_amount) as model from margin.requirement_of(r.run_id) as q
                where q.account = 'BETA-SEG') as q,
            lateral (select coalesce(sum(a.converted_amount), 0) as add_ons from margin.add_on_of(r.run_id) as a
                where a.account = 'BETA-SEG') as a
            where r.business_date = '2018-12-28' and r.status = 'published' and n.margin = q.model + a.add_ons
            """
        #expect(try installation.number(owners) == 1)
    }

    /// Threads, and another run of the same backtest, change no byte.
    private func expectFiles(_ installation: Installation) throws {
        let again = try backtest(installation, "--out", installation.folder + "/two", "--threads", "2", "--json")
        #expect(again.code == 0, "\(again.errors)")
        let document = try jsonObject(again.output)
        #expect(document["backtest_run"] as? Int == 2 && document["nights"] as? Int == 1, "\(document)")
        let names = try FileManager.default.contentsOfDirectory(atPath: installation.folder + "/one").sorted()
        #expect(
            names.count == 15 && names.contains("backtest.html") && names.contains("backtest-night.csv")
                && names.contains("sensitivity.json"))
        for name in names {
            let one = FileManager.default.contents(atPath: "\(installation.folder)/one/\(name)")
            #expect(one == FileManager.default.contents(atPath: "\(installation.folder)/two/\(name)"), "\(name)")
        }
        let there = try backtest(installation, "--out", installation.folder + "/two")
        #expect(there.code == 73, "\(there.errors)")
    }

    @Test func `a series without a price at the horizon is named, and the others are tested`() async throws {
        let installation = try await house { house in
            try house.replace("settlement_price", "2018-12-31,LO-2019-03-P40,1.03,USD,settlement\n", with: "")
        }
        try publish(installation, ["2018-12-28"])
        #expect(try backtest(installation).code == 0)
        let tested = try tested(installation)
        for unit in ["BETA-SEG/O1", "BETA-SEG/O2", "STRADDLE"] {
            let line = tested.first { $0.contains(" \(unit) model: ") }
            #expect(line?.hasSuffix("price_missing LO-2019-03-P40") == true, "\(tested)")
        }
        #expect(tested.contains { $0.contains(" ALPHA-HOUSE model: -310.00 ") })
        try await installation.close()
    }

    @Test func `where a rate lacks, what needs it is refused by name and the accounts are tested`() async throws {
        let installation = try await house { house in
            try house.replace("currency", "USD,2\n", with: "USD,2\nGBP,2\n")
            try house.write("house", "effective_from,base_currency\n2018-01-01,GBP\n")
        }
        try publish(installation, ["2018-12-28"])
        let ended = try backtest(installation)
        #expect(ended.code == 0, "\(ended.errors)")
        let tested = try tested(installation)
        func line(_ unit: String) -> String? { tested.first { $0.contains(" \(unit) model: ") } }
        #expect(line("ALPHA-HOUSE")?.contains("model: -310.00 ") == true, "\(tested)")
        for unit in ["CRUDE long", "LONG", "STRADDLE"] {
            #expect(line(unit)?.hasSuffix("fx_rate_missing USD GBP") == true, "\(tested)")
        }
        #expect(line("GAS-SPREAD")?.hasSuffix("hypothetical_line_unfilled GAS-SPREAD 2") == true)
        try await installation.close()
    }

    @Test func `dates without a published run are not tested, and an unknown backtest is missing`() async throws {
        let installation = try await house()
        let nothing = try backtest(installation)
        #expect(nothing.code == 0 && nothing.output.contains("0 nights"), "\(nothing.output)\(nothing.errors)")
        let unknown = try installation.run("margin-backtest", "--backtest", "NONE")
        #expect(unknown.code == 66 && unknown.errors.contains("there is no backtest NONE"), "\(unknown.errors)")
        try await installation.close()
    }

    @Test(arguments: [
        ("LONG,1,CRUDE,future,1,,3", "LONG,1,CRUDE,call,1,1,3", "hypothetical_kind: LONG: an outright is one line"),
        ("GAS-SPREAD,2,GAS,future,2,,-1", "GAS-SPREAD,2,GAS,future,2,,1", "hypothetical_kind: GAS-SPREAD: a calendar"),
        ("STRADDLE,2,CRUDE,put,1,1,-2", "STRADDLE,2,CRUDE,put,1,1,2", "hypothetical_kind: STRADDLE: a straddle"),
    ])
    func `a portfolio that is not of its kind refuses the load`(old: String, new: String, words: String) async throws {
        let installation = try await house()
        let lines = try installation.write(
            "hypothetical_line.csv",
            "portfolio,number,combined_commodity,instrument,"
                + "month_rank,moneyness,quantity", new)
        let loads = try installation.number("select max(load_id) from margin.input_load")
        let refused = try installation.run(
            "margin", "correct", "row", "hypothetical_line", "--from", lines, "--reason", "typo")
        let ran = try backtest(installation)
        // Corrected where no load looks, it is refused where it is used.
        #expect(refused.code == 65 || (ran.code == 65 && ran.errors.contains(words)), "\(refused.errors)\(ran.errors)")
        let after = try installation.number("select max(load_id) from margin.input_load")
        #expect(refused.code == 0 || loads == after)
        try await installation.close()
        let house = try EditedHouse()
        defer { try? house.close() }
        let empty = try await Installation(house: house.folder)
        let folder = empty.folder + "/portfolios"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        try "portfolio,kind\nGAS-SPREAD,calendar\nLONG,outright\nSTRADDLE,straddle\n".write(
            toFile: folder + "/hypothetical_portfolio.csv", atomically: true, encoding: .utf8)
        let others = [
            "GAS-SPREAD,1,GAS,future,1,,1", "GAS-SPREAD,2,GAS,future,2,,-1", "LONG,1,CRUDE,future,1,,3",
            "STRADDLE,1,CRUDE,call,1,1,-2", "STRADDLE,2,CRUDE,put,1,1,-2",
        ].map { $0 == old ? new : $0 }
        let header = "portfolio,number,combined_commodity,instrument,month_rank,moneyness,quantity"
        try ([header] + others).map { $0 + "\n" }.joined().write(
            toFile: folder + "/hypothetical_line.csv", atomically: true, encoding: .utf8)
        let load = try empty.run("margin", "load", folder)
        #expect(load.code == 65 && load.errors.contains(words), "\(load.errors)")
        #expect(try empty.number("select count(*) from margin.hypothetical_portfolio") == 0)
        try await empty.close()
    }

    /// The levels 10, 11, 9, 10, 12, 11, −1, 4, 4, 5: from the fourth on a range of the largest move so far, every
    /// second day; two of the six moves after are above it.
    @Test func `a rule is walked over its factor's levels, through a price below zero`() async throws {
        let days = ["06", "07", "08", "09", "10", "13", "14", "15", "16", "17"]
        let levels = ["10", "11", "9", "10", "12", "11", "-1", "4", "4", "5"]
        let installation = try await house { house in
            try house.write(
                "risk_factor", "parameter_set,risk_factor,return_kind,lower_clamp,upper_clamp\nP2018,P,absolute,1,1\n")
            try house.write(
                "risk_factor_level",
                "level_date,risk_factor,level\n"
                    + zip(days, levels).map { "2014-01-\($0),P,\($1)\n" }.joined())
            try house.write(
                "calibration_rule",
                """
                item,key,kind,factor,horizon_days,confidence,min_observations,seed_days,z,increment,step_limit
                price_scan_range,CRUDE,amount,P,1,0.9,3,2,0.001,1,

                """)
            try house.write(
                "walk_forward",
                """
                backtest,walk_forward,item,key,contract_value_factor,currency,recalibrate_days
                DAY,WALK,price_scan_range,CRUDE,10,USD,2
                DAY,OTHER,price_scan_range,GAS,10,USD,2

                """)
            try house.write(
                "sensitivity_change",
                """
                backtest,walk_forward,parameter,value
                DAY,OTHER,confidence,0.95
                DAY,WALK,look_back_days,1
                DAY,WALK,confidence,0.6

                """)
        }
        let ended = try backtest(installation)
        #expect(ended.code == 0, "\(ended.errors)")
        let nights = try tested(installation).filter { $0.contains("WALK either") }
        #expect(
            nights == [
                "2014-01-09 WALK either model: 20.00 20.00 f", "2014-01-10 WALK either model: 10.00 20.00 f",
                "2014-01-13 WALK either model: 120.00 20.00 t", "2014-01-14 WALK either model: 50.00 20.00 t",
                "2014-01-15 WALK either model: 0.00 120.00 f", "2014-01-16 WALK either model: 10.00 120.00 f",
            ])
        let figures = try installation.connect().rows(
            """
            select format('%s %s %s %s %s %s %s %s %s %s', unit, days, peak_to_trough, average, rise_1, rise_1_date,
                rise_5, rise_5_date, rise_5_days, refusal) as line
            from margin.procyclicality order by unit
            """
        ).map { try $0.text("line") }
        #expect(figures.count == 2, "\(figures)")
        #expect(figures.first == "OTHER         backtest_range DAY OTHER", "\(figures)")
        #expect(figures.last?.hasPrefix("WALK 7 6 62.85714285714") == true, "\(figures)")
        // From 20 to 120 in one day; within five days first so from the first day.
        #expect(figures.last?.hasSuffix(" 5 2014-01-14 5 2014-01-09 4 ") == true, "\(figures)")
        let changes = try installation.connect().rows(
            """
            select format('%s %s %s %s %s %s', unit, parameter, base, n, x, refusal) as line
            from margin.sensitivity order by 1
            """
        ).map { try $0.text("line") }
        #expect(changes.count == 3 && changes[1].hasPrefix("WALK confidence 0.9 6 "), "\(changes)")
        #expect(changes.first == "OTHER confidence    backtest_range DAY OTHER", "\(changes)")
        #expect(changes.last?.hasSuffix("calibration_rule_range price_scan_range CRUDE") == true, "\(changes)")
        try await installation.close()
    }
}
