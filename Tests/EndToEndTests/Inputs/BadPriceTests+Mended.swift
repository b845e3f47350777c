import Postgres
import Testing

/// What mends a night that a price stopped, and what no waiver can.
extension BadPriceTests {
    @Test func `a refused night touches nothing, keeps its findings, and is run 3 once the price is mended`()
        async throws
    {
        let installation = try await Installation.editing {
            try $0.replace("settlement_price", Self.good, with: Self.good.replacing("45.41", with: "454.1"))
        }
        let before = try inputRows(installation)
        #expect(try installation.run("margin", "run", "--business-date", "2018-12-31").code == 65)
        #expect(try inputRows(installation) == before)
        let again = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(again.code == 65)
        #expect(again.errors.contains("2018-12-31 EOD run 2: 1 finding blocks"), "\(again.errors)")
        let file = try installation.write(
            "mended.csv", "business_date,series,price,currency", "2018-12-31,CL-2019-02,45.41,USD")
        #expect(try installation.run("margin", "load", "settlement_price", file).code == 65)
        let unexplained = try installation.run("margin", "load", "settlement_price", file, "--correct")
        #expect(unexplained.code == 64)
        let mended = try installation.run(
            "margin", "load", "settlement_price", file, "--correct", "--reason", "decimal point slipped at the vendor"
        )
        #expect(mended.code == 0, "\(mended.errors)")
        let night = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(night.code == 0, "\(night.errors)")
        #expect(night.output.contains("2018-12-31 EOD run 3 is published"))
        let connection = try installation.connect()
        let runs = try connection.rows(
            "select r.status || ' ' || (select count(*) from margin.finding as f where f.run_id = r.run_id) "
                + "from margin.run as r order by r.run_number"
        ).map { try $0.text(.at(0)) }
        #expect(runs == ["void 1", "void 1", "published 0"])
        let prices = try connection.rows(
            "select p.price::text from margin.settlement_price as p where p.series = 'CL-2019-02' "
                + "and p.business_date = '2018-12-31' order by p.revision"
        ).map { try $0.text(.at(0)) }
        #expect(prices == ["454.1", "45.41"])
        let undisturbed = try await Installation()
        _ = try undisturbed.run("margin", "run", "--business-date", "2018-12-31")
        #expect(try calls(installation) == calls(undisturbed))
        try await undisturbed.close()
        try await installation.close()
    }

    @Test func `a waiver lets a price pass, with its reason in the findings report`() async throws {
        let installation = try await Installation.editing {
            try $0.replace("settlement_price", Self.good, with: Self.good.replacing("45.41", with: "454.1"))
        }
        let refused = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(refused.code == 65)
        let row = "2018-12-31,slipped_price,settlement_price,\"CL-2019-02, settlement\",price,454.1"
        #expect(
            refused.errors.contains(
                "\n        margin waive slipped_price 'CL-2019-02, settlement' --business-date 2018-12-31 --reason R\n"),
            "\(refused.errors)")
        let file = try installation.write(
            "waiver.csv", "business_date,rule,table_name,row_key,column_name,value,reason,waived_by",
            row + ",squeeze confirmed by the exchange,r.officer")
        let waived = try installation.run("margin", "load", "finding_waiver", file)
        #expect(waived.code == 0, "\(waived.errors)")
        let night = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(night.code == 0, "\(night.errors)")
        let findings = try installation.reportFiles("2018-12-31").filter { $0.key.hasPrefix("findings.") }
        #expect(!findings.isEmpty)
        for (name, bytes) in findings {
            let text = String(decoding: bytes, as: UTF8.self)
            for said in ["slipped_price", "squeeze confirmed by the exchange", "r.officer"] {
                #expect(text.contains(said), "\(name)")
            }
        }
        try await installation.close()
    }

    @Test func `no waiver lets a night pass that cannot be computed`() async throws {
        let installation = try await Installation.editing {
            try $0.replace("account", "BETA-SEG,BETA,", with: "BETA-SEG,BETTA,")
            try $0.write(
                "finding_waiver",
                "business_date,rule,table_name,row_key,column_name,value,reason,waived_by\n"
                    + "2018-12-31,reference,account,BETA-SEG,member,BETTA,later,me\n")
        }
        let night = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(night.code == 65)
        #expect(
            night.errors.contains("account.csv, line 4), member “BETTA”: unknown member BETTA [reference]"),
            "\(night.errors)")
        #expect(!night.errors.contains("waive"))
        try expectRefused(installation)
        try await installation.close()
    }

    private func inputRows(_ installation: Installation) throws -> [String] {
        try ["settlement_price", "position", "trade", "account"].flatMap { table in
            try installation.connect().rows("select t::text from margin.\(table) as t order by 1").map {
                try $0.text(.at(0))
            }
        }
    }

    private func calls(_ installation: Installation) throws -> [String] {
        try installation.connect().rows(
            """
            select c.account || ' ' || c.requirement || ' ' || c.call_amount from margin.margin_call as c
            join margin.run as r on r.run_id = c.run_id and r.status = 'published' order by c.account
            """
        ).map { try $0.text(.at(0)) }
    }
}
