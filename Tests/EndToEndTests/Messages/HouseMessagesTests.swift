import Foundation
import Postgres
import Quantities
import TestSupport
import Testing

/// Messages of the house to who supervises it, and a member's part in the fund, held to python-iso20022's metadata and
/// to the night's reports and inputs.
@Suite(.enabled(if: MessageCheck.isInstalled, "python-iso20022 is not installed: run jobs/setup-readers.sh"))
struct HouseMessagesTests {
    private static let day = "2018-12-31"
    private static let options = ["--business-date", day]

    /// The identified house with an intraday run before its second night, and a backtest.
    private func withNights(_ body: (Installation) throws -> Void) async throws {
        let installation = try await Installation.editing { house in
            try house.addIdentifications()
            try house.write(
                "call_rule",
                """
                parameter_set,account_class,threshold,minimum_transfer_amount,lot,intraday_trigger
                P2018,HOUSE,5000,1000,1000,1000
                P2018,CLIENT,0,500,500,500

                """)
            try house.write(
                "guaranty_fund_contribution",
                """
                effective_from,member,amount,currency,fund_account
                2018-01-01,ALPHA,50000,USD,FUND-1
                2018-01-01,BETA,60000.50,EUR,
                2018-12-31,ALPHA,50000.25,USD,FUND-1

                """)
            try house.write(
                "backtest",
                """
                backtest,account_class,from_date,to_date,confidence,horizon_days
                DAY,HOUSE,2018-12-28,2019-01-02,0.99,1

                """)
        }
        try done(installation.start("margin", ["run", "--business-date", "2018-12-28"]).wait())
        try loadSnapshot(installation)
        try done(installation.start("margin", ["run"] + Self.options + ["--cycle", "ITD"]).wait())
        try done(installation.start("margin", ["run"] + Self.options).wait())
        try body(installation)
        try await installation.close()
    }

    private func done(_ ended: Ended) throws { try #require(ended.code == 0, "\(ended.output)\(ended.errors)") }

    /// The second date's book at its close, with February crude at another price.
    private func loadSnapshot(_ installation: Installation) throws {
        let house = try EditedHouse()
        defer { try? house.close() }
        try house.addIdentifications()
        let positions = try house.text("position").split(separator: "\n").filter { $0.hasPrefix(Self.day) }
        try house.write(
            "position",
            "business_date,cycle,account,owner,series,long_quantity,short_quantity\n"
                + positions.map { $0.replacing("\(Self.day),", with: "\(Self.day),ITD,", maxReplacements: 1) + "\n" }
                .joined())
        let prices = try house.text("settlement_price").split(separator: "\n")
            .filter { $0.hasPrefix(Self.day) && $0.hasSuffix(",settlement") }
        try house.write(
            "intraday_settlement_price",
            "business_date,series,price,currency\n"
                + prices.map { $0.replacing(",settlement", with: "").replacing("45.41", with: "41.41") + "\n" }
                .joined())
        for table in ["position", "intraday_settlement_price"] {
            try done(installation.start("margin", ["load", table, house.file(table)]).wait())
        }
    }

    /// A message's values below its element, which must be without a fault and the same a second time.
    private func values(
        _ installation: Installation, _ name: String, _ words: String...
    ) throws -> [String: String] {
        let path = "\(installation.folder)/\(name)-\(UUID().uuidString).xml"
        let arguments = ["message", name] + Self.options + words
        try done(installation.start("margin", arguments + ["--out", path]).wait())
        let again = try installation.start("margin", arguments + ["--out", "-"]).wait()
        #expect(Data(again.output.utf8) == FileManager.default.contents(atPath: path))
        let (faults, values) = try MessageCheck.read(path, in: installation)
        #expect(faults == [], "\(name)")
        return Dictionary(
            uniqueKeysWithValues: values.map { key, value in
                (key.split(separator: "/").dropFirst(2).joined(separator: "/"), value)
            })
    }

    private func rows(_ installation: Installation, _ report: String) throws -> [[String: String]] {
        let folder = "\(installation.reports)/\(Self.day)/EOD/current"
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            .filter { $0.hasPrefix("\(report).") && $0.hasSuffix(".csv") }
            .flatMap { try CSVRows.rows(ofFile: "\(folder)/\($0)") }
    }

    private func amount(_ text: String?) throws -> ExactDecimal {
        try #require(text.flatMap { ExactDecimal($0) }, "\(text ?? "nothing")")
    }

    /// An amount with its sign beside it.
    private func signed(_ values: [String: String], _ path: String) throws -> ExactDecimal {
        let amount = try amount(values["\(path)/Amt"])
        return values["\(path)/Sgn"] == "true" ? amount : .zero - amount
    }

    @Test func `requirements have the figures of calls, add-ons, variation margin and intraday runs`() async throws {
        try await withNights { installation in
            let values = try values(installation, "auth.055")
            let calls = try rows(installation, "margin-call").sorted { $0["account"]! < $1["account"]! }
            #expect(calls.count == 5)
            let settled = try rows(installation, "variation-margin").filter {
                ["position", "trade", "expiry"].contains($0["kind"])
            }
            var (credits, moved) = (0, 0)
            for (index, call) in calls.enumerated() {
                let path = "EndOfDayRqrmnt[\(index + 1)]"
                #expect(values["\(path)/MrgnAcctId/Id"] == call["account"])
                #expect(values["\(path)/MrgnAcctId/Issr"] == EditedHouse.lei)
                let exposures = "\(path)/InitlMrgnRqrmnts/InitlMrgnXpsr"
                let credit = try amount(values["\(path)/InitlMrgnRqrmnts/Cdt"])
                credits += credit > .zero ? 1 : 0
                #expect(values["\(exposures)[1]/Tp/Cd"] == "MARM" && values["\(exposures)[1]/CoreInd"] == "true")
                let gross = try amount(values["\(exposures)[1]/Amt/RptgAmt"])
                #expect(gross - credit == (try amount(call["requirement"])))
                let all = try values.filter { $0.key.hasPrefix(exposures) && $0.key.hasSuffix("/RptgAmt") }
                    .reduce(ExactDecimal.zero) { $0 + (try amount($1.value)) }
                #expect(all - gross == (try amount(call["add_ons"])))
                let own = settled.filter { $0["account"] == call["account"] }
                // Every line is in USD; EUR at the rate of the date.
                #expect(own.allSatisfy { $0["currency"] == "USD" })
                let sum = try own.reduce(ExactDecimal.zero) { $0 + (try amount($1["amount"])) }
                let rate = call["call_currency"] == "EUR" ? "0.873362" : "1"
                let told = try signed(values, "\(path)/VartnMrgnRqrmnts")
                #expect(told == (sum * (try amount(rate))).rounded(toScale: 2))
                moved += told == .zero ? 0 : 1
                try expectPeaks(values, index + 1, call, installation)
            }
            #expect(credits > 0 && moved > 3)
            for (path, value) in [
                ("ClrMmbId/Id", EditedHouse.alphaLEI), ("Amt", "50000.25"), ("Amt@Ccy", "USD"),
                ("ClrMmbId/SchmeNm", "CLIM"),
            ] {
                #expect(values["DfltFndRqrmnt[1]/\(path)"] == value)
            }
            #expect(values["DfltFndRqrmnt[1]/ClrMmbId/Issr"] == nil)
            #expect(values["DfltFndRqrmnt[2]/ClrMmbId/Id"] == "BETA")
            #expect(values["DfltFndRqrmnt[2]/ClrMmbId/Issr"] == EditedHouse.lei)
            #expect(values["DfltFndRqrmnt[3]/Amt"] == nil)
        }
    }

    /// What the intraday run asked more than the night before, and called.
    private func expectPeaks(
        _ values: [String: String], _ index: Int, _ call: [String: String], _ installation: Installation
    ) throws {
        let path = "IntraDayRqrmntAmt[\(index)]"
        let account = try #require(call["account"])
        let row = try installation.connect().one(
            """
            select greatest(i.requirement + i.add_ons - p.requirement - p.add_ons, 0)::text as increase,
                i.unpaid_variation_margin::text as unpaid, i.call_amount::text as called
            from margin.run as r
            cross join lateral margin.margin_call_of(r.run_id) as i
            join margin.run as n on n.business_date = '2018-12-28'
            join lateral margin.margin_call_of(n.run_id) as p on p.account = i.account
            where r.cycle = 'ITD' and i.account = '\(account)'
            """)
        let (increase, unpaid) = (try amount(row.text("increase")), try amount(row.text("unpaid")))
        let called = try amount(row.text("called"))
        #expect(values["\(path)/MrgnAcctId/Id"] == account)
        #expect((try amount(values["\(path)/PeakInitlMrgnLblty"])) == increase)
        #expect((try amount(values["\(path)/PeakVartnMrgnLblty"])) == unpaid)
        #expect((try amount(values["\(path)/AggtPeakLblty"])) == increase + unpaid)
        #expect((try amount(values["\(path)/IntraDayMrgnCall"])) == called)
        #expect((try amount(call["intraday_collected"])) == called)
        let told = values.filter { $0.key.hasPrefix("IntraDayMrgnCall[") && $0.value == account }.count
        #expect(told == (called > .zero ? 1 : 0))
        if account == "ALPHA-HOUSE" { #expect(called > .zero) }
    }

    @Test func `positions have the notional, deltas and values of the book`() async throws {
        try await withNights { installation in
            let values = try values(installation, "auth.068")
            let house = try EditedHouse()
            defer { try? house.close() }
            func prices() throws -> [String: ExactDecimal] {
                let rows = try CSVRows.rows(ofFile: house.file("settlement_price")).filter {
                    $0["business_date"] == Self.day && $0["price_kind"] == "settlement"
                }
                return try Dictionary(uniqueKeysWithValues: rows.map { ($0["series"]!, try amount($0["price"])) })
            }
            let price = try prices()
            let arrays = try Dictionary(
                uniqueKeysWithValues: rows(installation, "risk-arrays").map { ($0["series"]!, $0) })
            var held: [String: [String: (long: ExactDecimal, short: ExactDecimal)]] = [:]
            for row in try rows(installation, "positions") {
                let before = held[row["account"]!]?[row["series"]!] ?? (.zero, .zero)
                held[row["account"]!, default: [:]][row["series"]!] = (
                    before.long + (try amount(row["long_quantity"])), before.short + (try amount(row["short_quantity"]))
                )
            }
            #expect(values.keys.count { $0.hasSuffix("/PdctId") } == held.values.map(\.count).reduce(0, +))
            for (index, account) in held.keys.sorted().enumerated() {
                #expect(values["Prtfl[\(index + 1)]/Id/Id"] == account)
                for (place, series) in held[account]!.keys.sorted().enumerated() {
                    let path = "Prtfl[\(index + 1)]/Pos[\(place + 1)]"
                    let (long, short) = held[account]![series]!
                    let array = try #require(arrays[series])
                    let isOption = array["option_right"] != ""
                    let delta = isOption ? try amount(array["composite_delta"]) : .one
                    // The options are all on March crude.
                    let moves = try #require(price[isOption ? "CL-2019-03" : series])
                    let factor = try amount(array["contract_value_factor"])
                    let notional = delta * moves * factor
                    let gross = ((long + short) * notional.magnitude).rounded(toScale: 2)
                    let value = isOption ? try #require(price[series]) * factor : .zero
                    #expect(values["\(path)/PdctId"] == series)
                    #expect((try amount(values["\(path)/GrssNtnl"])) == gross, "\(account) \(series)")
                    #expect((try signed(values, "\(path)/NetNtnl")) == ((long - short) * notional).rounded(toScale: 2))
                    #expect((try amount(values["\(path)/GrssDltaEqvtQty"])) == (long + short) * delta.magnitude)
                    #expect((try amount(values["\(path)/NetDltaEqvtQty"])) == (long - short) * delta)
                    #expect((try amount(values["\(path)/GrssMktVal"])) == (long + short) * value)
                }
            }
        }
    }

    @Test func `a long at a price below zero is a long`() async throws {
        let installation = try await Installation.editing { house in
            try house.addIdentifications()
            try house.write(
                "combined_commodity",
                """
                combined_commodity,name,currency,can_trade_at_or_below_zero
                CRUDE,Crude oil,USD,false
                GAS,Natural gas,USD,true

                """)
            try house.replace("settlement_price", "2018-12-31,NG-2019-02,2.940", with: "2018-12-31,NG-2019-02,-2.940")
        }
        try done(installation.start("margin", ["run"] + Self.options).wait())
        let values = try values(installation, "auth.068")
        for (account, isLong) in [("ALPHA-HOUSE", false), ("BETA-CLIENT", true)] {
            let portfolio = try #require(values.first { $0.key.hasSuffix("]/Id/Id") && $0.value == account }).key
                .replacing("/Id/Id", with: "")
            let position = try #require(
                values.first { $0.key.hasPrefix(portfolio + "/") && $0.value == "NG-2019-02" }
            ).key.replacing("/PdctId", with: "")
            #expect(values["\(position)/GrssNtnl"] == "352800.00")
            #expect(values["\(position)/NetNtnl/Sgn"] == "\(isLong)", "\(account)")
        }
        try await installation.close()
    }

    @Test func `a member's part in the fund, and what lacks for it`() async throws {
        try await withNights { installation in
            let values = try values(installation, "secl.006", "--member", "ALPHA")
            for (path, value) in [
                ("RptParams/RptId", "DF-\(Self.day)-EOD-r1-USD"), ("RptParams/RptCcy", "USD"),
                ("ClrMmb/PrtryId/Id", "ALPHA"), ("RptDtls[1]/DfltFndClctn[1]/DfltFndAcct/Othr/Id", "FUND-1"),
                ("RptDtls[1]/DfltFndClctn[1]/TtlDfltFndAmt", "50000.25"), ("RptDtls[1]/CollDesc[1]/MktVal", "50000.25"),
                ("RptDtls[1]/NetXcssOrDfcit/Amt", "0.00"),
            ] {
                #expect(values[path] == value, "\(path)")
            }
            for (words, code, said) in [
                (["secl.006", "--member", "BETA"], 65, "guaranty_fund_contribution.fund_account is empty"),
                (["secl.006", "--member", "BETA"], 65, "margin correct row guaranty_fund_contribution"),
                (["secl.006", "--member", "GAMMA"], 66, "those who have: ALPHA, BETA"),
                (["secl.006", "--member", "ALPHA", "--currency", "EUR"], 64, "contributes in USD"),
                (["auth.055", "--member", "ALPHA"], 64, "leave --member out"),
                (["auth.068", "--cycle", "ITD"], 64, "leave --cycle out"),
                (["auth.066"], 66, "margin-backtest --backtest BACKTEST"),
            ] as [([String], Int32, String)] {
                let ended = try installation.start("margin", ["message"] + words + Self.options + ["--out", "-"]).wait()
                #expect(ended.code == code && ended.errors.contains(said), "\(words): \(ended.errors)")
                #expect(ended.output.isEmpty)
            }
        }
        let plain = try await Installation.editing { house in
            try house.write("house", "effective_from,base_currency,lei\n2018-01-01,USD,\(EditedHouse.lei)\n")
        }
        try done(plain.start("margin", ["run"] + Self.options).wait())
        for (name, code, said) in [
            ("auth.058", 66, "was not stressed: parameter set P2018 has no stress set"),
            ("auth.055", 65, "DfltFndRqrmnt is mandatory, and there is no row of guaranty_fund_contribution in force"),
        ] as [(String, Int32, String)] {
            let ended = try plain.start("margin", ["message", name] + Self.options + ["--out", "-"]).wait()
            #expect(ended.code == code && ended.errors.contains(said), "\(name): \(ended.errors)")
        }
        try await plain.close()
    }

    @Test func `stress results have the exposures of each member's report, before and after cover`() async throws {
        try await withNights { installation in
            let values = try values(installation, "auth.058")
            let exposures = try rows(installation, "stress").filter { $0["figure"] == "exposure" }
                .sorted { [$0["account"]!, $0["owner"]!].lexicographicallyPrecedes([$1["account"]!, $1["owner"]!]) }
            let scenarios = try rows(installation, "cover-two").filter { $0["scenario_number"] != "0" }
            let groups = ["ALPHA": "ALPHA-GROUP", "BETA": "BETA-GROUP", "GAMMA": "GAMMA-GROUP", "DELTA": "ALPHA-GROUP"]
            #expect(exposures.count == 6 && scenarios.count == 2)
            var flags = [0, 0]
            for (index, scenario) in scenarios.enumerated() {
                let number = try #require(scenario["scenario_number"])
                #expect(values["ScnroStrssTstRslt[\(index + 1)]/Id/Id"] == scenario["scenario"])
                let largest = try #require(scenario["member_groups"]).split(separator: " ").map(String.init)
                for (place, row) in exposures.enumerated() {
                    let path = "ScnroStrssTstRslt[\(index + 1)]/PrtflStrssTstRslt[\(place + 1)]"
                    let owner = row["owner"]!
                    #expect(values["\(path)/PrtflId/Id"] == row["account"]! + (owner.isEmpty ? "" : "/\(owner)"))
                    let exposure = try amount(row["scenario_\(number)"])
                    #expect((try signed(values, "\(path)/RawStrssLoss")) == exposure)
                    #expect((try signed(values, "\(path)/StrssLoss")) == exposure - (try amount(row["cover"])))
                    for (rank, flag) in ["Cover1Flg", "Cover2Flg"].enumerated() {
                        let isOne = rank < largest.count && largest[rank] == groups[row["member"]!]
                        #expect(values["\(path)/\(flag)"] == "\(isOne)")
                        flags[rank] += isOne ? 1 : 0
                    }
                }
            }
            #expect(flags.allSatisfy { $0 > 0 })
        }
    }

    @Test func `backtest results are those of the newest backtest, by currency`() async throws {
        try await withNights { installation in
            try done(installation.start("margin-backtest", ["--backtest", "DAY"]).wait())
            let values = try values(installation, "auth.066")
            let tested = try installation.connect().rows(
                """
                select currency, count(*)::text as nights, (count(*) filter (where is_exception))::text as exceptions
                from margin.backtest_night
                where unit_kind in ('account', 'owner') and margin_kind = 'model' and is_exception is not null
                group by currency order by currency
                """
            ).map { [try $0.text("currency"), try $0.text("nights"), try $0.text("exceptions")] }
            #expect(!tested.isEmpty)
            for (index, result) in tested.enumerated() {
                let path = "MnthlyRslt[\(index + 1)]"
                #expect(values["\(path)/LrgstXcptn@Ccy"] == result[0])
                #expect(values["\(path)/NbOfObsrvtns"] == result[1] && values["\(path)/NbOfXcptns"] == result[2])
            }
            // A later run of the backtest, with exceptions of 4.00, 9.99 twice and 0.02 in 7 nights of two accounts,
            // and nights that do not count: of another month, kind and unit, after the date, and refused.
            try installation.connect().script(
                """
                insert into margin.backtest_run (backtest, pinned_load_id) values ('DAY', 1);
                insert into margin.backtest_night (backtest_run_id, unit_kind, unit, business_date, margin_kind,
                    currency, exposure, margin, is_exception, refusal)
                select (select max(backtest_run_id) from margin.backtest_run), v.kind, v.unit, v.day::date,
                    v.margin_kind, 'USD', v.exposure, 100, v.exposure > 100, ''
                from (values ('account', 'A', '2018-12-03', 'model', 104), ('account', 'A', '2018-12-04', 'model', 100),
                    ('account', 'A', '2018-12-05', 'model', 109.99), ('account', 'A', '2018-12-06', 'model', -7),
                    ('owner', 'B/1', '2018-12-05', 'model', 109.99), ('owner', 'B/1', '2018-12-04', 'model', 100.02),
                    ('owner', 'B/1', '2018-12-31', 'model', 0),
                    ('account', 'A', '2018-11-30', 'model', 900), ('account', 'A', '2019-01-02', 'model', 900),
                    ('account', 'A', '2018-12-03', 'collected', 900), ('product', 'P long', '2018-12-03', 'model', 900)
                    ) as v (kind, unit, day, margin_kind, exposure);
                insert into margin.backtest_night (backtest_run_id, unit_kind, unit, business_date, margin_kind,
                    currency, refusal)
                select max(backtest_run_id), 'account', 'A', '2018-12-07', 'model', 'USD', 'x'
                from margin.backtest_run;
                """)
            let second = try self.values(installation, "auth.066")
            for (path, value) in [
                ("NbOfObsrvtns", "7"), ("NbOfXcptns", "4"), ("Cvrg", "0.4285714286"), ("LrgstXcptn", "9.99"),
                ("AvrgXcptn", "6.00"), ("LrgstXcptnId/Id", "A"), ("LrgstXcptnId/Issr", EditedHouse.lei),
            ] {
                #expect(second["MnthlyRslt[1]/\(path)"] == value, "\(path)")
            }
            #expect(second["MnthlyRslt[2]/NbOfObsrvtns"] == nil)
        }
    }
}
