import Foundation
import Postgres
import Testing

/// Series that expire: settled when their final price comes, in the book until then, and out of it afterwards.
@Suite struct FinalPriceTests {
    static let day = "2018-12-31"

    /// The house of the two days, in which NG-2019-01 expires on the day or before: its holders still have it in the
    /// evening's file, and its final price has not come.
    private func waitingDesk(expiry: String = day) async throws -> Installation {
        let installation = try await Installation.editing { house in
            try house.replace("series", "NG-2019-01,NG,2019-01,2018-12-31", with: "NG-2019-01,NG,2019-01,\(expiry)")
            try house.replace("settlement_price", "2018-12-31,NG-2019-01,3.642,USD,final\n", with: "")
            try house.append(
                "position", "2018-12-31,ALPHA-HOUSE,,NG-2019-01,3,0", "2018-12-31,BETA-CLIENT,,NG-2019-01,0,3")
            try house.write(
                "data_gate", "parameter_set,rule,severity\nP2018,missing_final_price,flag\n")
        }
        let night = try installation.run("margin", "run", "--business-date", Self.day)
        #expect(night.code == 0, "\(night.errors)")
        return installation
    }

    /// The thirtieth was a Sunday.
    @Test(arguments: [day, "2018-12-30"])
    func `a final price that comes by correction takes the series out of its holders' book`(
        expiry: String
    ) async throws {
        let installation = try await waitingDesk(expiry: expiry)
        #expect(try findings(installation) == ["missing_final_price NG-2019-01, final"])
        let before = try requirement(installation, of: "ALPHA-HOUSE")
        let fix = try installation.write(
            "final.csv", "business_date,series,price,currency,price_kind", "2018-12-31,NG-2019-01,3.742,USD,final")
        let corrected = try installation.start(
            "margin", ["correct", "row", "settlement_price", "--from", fix, "--add", "--reason", "came late"]
        ).wait()
        #expect(corrected.code == 0, "\(corrected.errors)")
        #expect(corrected.output.contains("touches 1 series, 2 accounts"), "\(corrected.output)")

        #expect(try installation.run("margin", "rerun", "--business-date", Self.day, "--reason", "final").code == 0)
        #expect(try computed(installation) == ["ALPHA-HOUSE", "BETA-CLIENT"])
        #expect(
            try findings(installation) == [
                "settled_position ALPHA-HOUSE, , NG-2019-01", "settled_position BETA-CLIENT, , NG-2019-01",
            ])
        #expect(try requirement(installation, of: "ALPHA-HOUSE") != before)
        let lines = try installation.connect().rows(
            """
            select v.account || ' ' || v.kind || ' ' || v.amount
            from margin.variation_margin_of((select max(run_id) from margin.run)) as v
            where v.series = 'NG-2019-01' order by v.account
            """
        ).map { try $0.text(.at(0)) }
        #expect(lines == ["ALPHA-HOUSE expiry 3000.00", "BETA-CLIENT expiry -3000.00"])

        let verified = try installation.run("margin", "verify", "--business-date", Self.day, "--run", "2")
        #expect(verified.code == 0, "\(verified.output)\(verified.errors)")
        let digest = try Self.totals(installation, run: 2)
        #expect(digest.count == 3)
        let whole = try installation.run(
            "margin", "rerun", "--business-date", Self.day, "--whole", "--reason", "everything again")
        #expect(whole.code == 0, "\(whole.errors)")
        #expect(try Self.totals(installation, run: 3) == digest)
        let greeks = try installation.number(
            "select count(*) from margin.position_greeks where series = 'NG-2019-01' and run_id > 1")
        #expect(greeks == 0)
        try await installation.close()
    }

    @Test func `a correction of another series loses no finding about a series that waits`() async throws {
        let installation = try await waitingDesk()
        let corrected = try installation.start(
            "margin",
            [
                "correct", "price", "--business-date", Self.day, "--series", "CL-2019-02", "--price", "45.61",
                "--reason", "late",
            ]
        ).wait()
        #expect(corrected.code == 0, "\(corrected.errors)")
        #expect(try installation.run("margin", "rerun", "--business-date", Self.day, "--reason", "late").code == 0)
        #expect(try findings(installation) == ["missing_final_price NG-2019-01, final"])
        try await installation.close()
    }

    @Test func `a position that waits for its final price is not lost, whatever the parameter set says`() async throws {
        let installation = try await Installation.editing { house in
            try house.replace("settlement_price", "2018-12-31,NG-2019-01,3.642,USD,final\n", with: "")
            try house.write("data_gate", "parameter_set,rule,severity\nP2018,missing_final_price,off\n")
            try house.write(
                "finding_waiver",
                "business_date,rule,table_name,row_key,column_name,value,reason,waived_by\n"
                    + "2018-12-31,missing_final_price,settlement_price,\"NG-2019-01, final\",price,no row,late,ops\n"
            )
        }
        let night = try installation.run("margin", "run", "--business-date", Self.day)
        #expect(night.code == 65)
        #expect(
            night.errors.contains("2 positions, one of ALPHA-HOUSE, would be lost: not in the book any more"),
            "\(night.errors)")
        try await installation.close()
    }

    private func findings(_ installation: Installation) throws -> [String] {
        try installation.connect().rows(
            "select f.rule || ' ' || f.row_key from margin.finding_of((select max(run_id) from margin.run)) as f order by 1"
        ).map { try $0.text(.at(0)) }
    }

    private func requirement(_ installation: Installation, of account: String) throws -> String {
        try installation.connect().one(
            """
            select r.amount::text from margin.requirement_of((select max(run_id) from margin.run)) as r
            where r.account = '\(account)'
            """
        ).text(.at(0))
    }

    /// The accounts whose requirement the newest run computed.
    private func computed(_ installation: Installation) throws -> [String] {
        try installation.connect().rows(
            """
            select p.part from margin.computed_part as p
            where p.run_id = (select max(r.run_id) from margin.run as r) and p.stage = 'offsets'
                and p.part_kind = 'account' and p.is_changed
            order by p.part
            """
        ).map { try $0.text(.at(0)) }
    }

    private static func totals(_ installation: Installation, run: Int) throws -> [String] {
        try installation.connect().rows(
            """
            select concat_ws(' ', c.account, c.requirement, c.add_ons, c.unpaid_variation_margin, c.deficit)
            from margin.run as r
            cross join lateral margin.margin_call_of(r.run_id) as c
            where r.run_number = \(run)
            order by 1
            """
        ).map { try $0.text(.at(0)) }
    }
}
