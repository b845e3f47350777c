import Foundation
import Postgres
import TestSupport
import Testing

/// Nights of a house with a stress set: killed, with one thread and two, and after what moves the stress add-on.
@Suite struct StressNightTests {
    private static let day = "2018-12-31"

    /// The house with a charge above 30 % of the fund of 300,000: GAMMA is short of 152,312.33, so 62,312.33.
    private func house() async throws -> Installation {
        try await Installation.editing { house in
            try house.addStress()
            try house.replace("stress_set", "round_cap,", with: "add_on_share,round_cap,")
            try house.replace("stress_set", "STRESS,1,true,5,2", with: "STRESS,1,true,0.3,5,2")
        }
    }

    @Test func `killed while stress is written, the same command goes on, and threads change no byte`() async throws {
        let whole = try await house()
        let night = ["run", "--business-date", Self.day]
        let undisturbed = try whole.start("margin", night, environment: ["MARGIN_THREADS": "1"]).wait()
        #expect(undisturbed.code == 0, "\(undisturbed.errors)")
        let expected = try whole.reportFiles(Self.day)
        #expect(expected.keys.contains { $0.hasPrefix("stress-exposures.") }, "\(expected.keys)")
        let killed = try await house()
        let dead = try killed.start(
            "margin", night, environment: ["MARGIN_FAILPOINT": "stress:mid-copy", "MARGIN_THREADS": "2"]
        ).wait()
        #expect(dead.code == 128 + 9, "\(dead.errors)")
        #expect(try killed.number("select count(*) from margin.stress_array") == 0)
        let recovered = try killed.start("margin", night, environment: ["MARGIN_THREADS": "2"]).wait()
        #expect(recovered.code == 0, "\(recovered.errors)")
        #expect(try killed.reportFiles(Self.day) == expected)
        #expect(try killed.number("select count(*) from margin.execution where status = 'abandoned'") == 1)
        try await killed.close()
        try await whole.close()
    }

    @Test func `a price and the fund move the stress add-on, its calls and its reports, and nothing else`() async throws
    {
        let installation = try await house()
        let night = try installation.run("margin", "run", "--business-date", Self.day)
        #expect(night.code == 0, "\(night.errors)")
        #expect(try charges(installation, run: 1)["GAMMA"] == 6_231_233)

        // 30 short contracts lose 30 × 1,000 × 0.2 × 1 = 6,000 more.
        try give(installation, ["correct", "price", "--series", "CL-2019-03", "--price", "46.81", "--reason", "late"])
        let priced = try give(installation, ["rerun", "--reason", "late"])
        #expect(priced.output.contains("stress done"), "\(priced.output)")
        try give(installation, ["publish", "--run", "2"])
        let second = try charges(installation, run: 2)
        #expect(try charges(installation, run: 1)["GAMMA"] != second["GAMMA"], "\(second)")
        let exposure =
            "select exposure[2] from margin.stress_exposure_of(\(try id(installation, 2))) "
            + "where account = 'GAMMA-HOUSE'"
        #expect(try installation.number(exposure) == 27_486_000 + 600_000)
        try expectCalled(installation, run: 2)
        #expect(try issued(installation, run: 2).contains("stress.2018-12-31.GAMMA.EOD.r2.csv"))

        // Of another fund 30 % are 120,000.
        let file = try installation.write(
            "guaranty_fund.csv", "effective_from,amount,currency", "2018-01-01,400000,USD")
        let corrected = try installation.run(
            "margin", "correct", "row", "guaranty_fund", "--from", file, "--reason", "paid in")
        #expect(corrected.code == 0, "\(corrected.errors)")
        let funded = try give(installation, ["rerun", "--reason", "paid in"])
        for stage in ["risk-arrays", "offsets", "add-ons"] {
            #expect(funded.output.contains("\(stage) stands as it is: its inputs are unchanged"), "\(funded.output)")
        }
        #expect(funded.output.contains("stress done"), "\(funded.output)")
        try give(installation, ["publish", "--run", "3"])
        let third = try charges(installation, run: 3)
        #expect(third == second.filter { $0.value > 3_000_000 }.mapValues { $0 - 3_000_000 }, "\(second)")
        #expect(third["GAMMA"] != nil)
        try expectCalled(installation, run: 3)
        let fund = "select fund::bigint from margin.cover_two_of(\(try id(installation, 3))) where is_maximum"
        #expect(try installation.number(fund) == 400_000)
        for run in ["2", "3"] {
            let verified = try installation.run("margin", "verify", "--business-date", Self.day, "--run", run)
            #expect(verified.code == 0, "\(verified.output)\(verified.errors)")
        }
        try await refuseUnknownMembers(installation)
        try await installation.close()
    }

    /// What an unknown member has paid in, or can raise, stops the night.
    private func refuseUnknownMembers(_ installation: Installation) async throws {
        for table in ["guaranty_fund_contribution", "liquidity_resource"] {
            let file = try installation.write(
                "\(table).csv", "effective_from,member,amount,currency", "2018-01-01,OMEGA,1,USD")
            let loaded = try installation.run("margin", "load", table, file)
            #expect(loaded.code == 0, "\(loaded.errors)")
        }
        let refused = try installation.run("margin", "rerun", "--business-date", Self.day, "--reason", "new member")
        #expect(refused.code == 65, "\(refused.output)")
        for table in ["guaranty_fund_contribution", "liquidity_resource"] {
            #expect(refused.errors.contains("\(table), 2018-01-01, OMEGA ("), "\(refused.errors)")
        }
        #expect(refused.errors.contains("member “OMEGA”: unknown member OMEGA [reference]"), "\(refused.errors)")
    }

    @Test func `a scenario's code twice and months the wrong way round are refused when they are loaded`() async throws
    {
        let house = try EditedHouse()
        try house.addStress()
        try house.write(
            "stress_scenario", "parameter_set,number,scenario,kind\nP2018,1,fall,other\nP2018,2,fall,other\n")
        try house.write(
            "stress_move",
            """
            parameter_set,number,move,combined_commodity,from_month,to_month,price_kind,price_move
            P2018,1,1,,,,relative,-0.1
            P2018,2,1,CRUDE,2019-06,2019-03,relative,-0.1
            P2018,2,2,GAS,,,relative,-0.1

            """)
        let installation = try await Installation(house: nil)
        let refused = try installation.run("margin", "load", house.folder)
        #expect(refused.code == 65, "\(refused.output)")
        for said in [
            "breaks 2 rules, nothing was loaded",
            "stress_scenario, 1: stress_code: fall: scenario: number 2 has the same code (",
            "stress_move, 2, 1: stress_move_range: fall: to_month: 2019-03 is before 2019-06 (",
        ] { #expect(refused.errors.contains(said), "\(said): \(refused.errors)") }
        #expect(try installation.number("select count(*) from margin.stress_set") == 0)
        try house.close()
        try await installation.close()
    }

    @discardableResult
    private func give(_ installation: Installation, _ words: [String]) throws -> Ended {
        let ended = try installation.start("margin", words + ["--business-date", Self.day]).wait()
        #expect(ended.code == 0, "\(words): \(ended.errors)")
        return ended
    }

    private func id(_ installation: Installation, _ number: Int) throws -> Int64 {
        try installation.number(
            "select run_id from margin.run where run_number = \(number) and business_date = '\(Self.day)'")
    }

    /// The charges of a run by member, in cents.
    private func charges(_ installation: Installation, run: Int) throws -> [String: Int64] {
        let charged = """
            select member, (100 * min(charge))::bigint as charge
            from margin.stress_add_on_of(\(try id(installation, run)))
            group by member
            """
        return Dictionary(
            try installation.connect().rows(charged).map { (try $0.text("member"), try $0.int64("charge")) },
            uniquingKeysWith: +)
    }

    /// What an account is called for holds its add-ons and its part of the stress add-on.
    private func expectCalled(_ installation: Installation, run: Int) throws {
        let run = try id(installation, run)
        let apart = """
            select count(*) from margin.margin_call_of(\(run)) as c
            left join (select account, sum(converted_amount) as amount from margin.add_on_of(\(run)) group by account)
                as a on a.account = c.account
            left join margin.stress_add_on_of(\(run)) as s on s.account = c.account
            where c.add_ons <> coalesce(a.amount, 0) + coalesce(s.converted_amount, 0)
            """
        #expect(try installation.number(apart) == 0)
    }

    private func issued(_ installation: Installation, run: Int) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(installation.reports)/\(Self.day)/EOD/r\(run)")
    }
}
