import Foundation
import Postgres
import Testing

/// Fault 13: positions that cannot be, that are too many, and that come to nothing.
@Suite struct BadPositionTests {
    @Test func `fault 13: duplicate positions are refused with both lines, with an owner or without`() async throws {
        let installation = try await Installation.editing { try $0.removeTable("position") }
        let file = try installation.write(
            "book.csv", "business_date,account,owner,series,long_quantity,short_quantity",
            "2018-12-31,ALPHA-HOUSE,,CL-2019-02,50,0", "2018-12-31,BETA-SEG,O1,CL-2019-03,25,0",
            "2018-12-31,ALPHA-HOUSE,,CL-2019-02,5,0", "2018-12-31,BETA-SEG,O1,CL-2019-03,25,0")
        let loaded = try installation.run("margin", "load", "position", file)
        #expect(loaded.code == 65)
        let key = "business_date, cycle, account, owner, series"
        #expect(
            loaded.errors.contains(
                "line 4, \(key) “2018-12-31, ALPHA-HOUSE, , CL-2019-02”: the same key stands on line 2"),
            "\(loaded.errors)")
        #expect(
            loaded.errors.contains(
                "line 5, \(key) “2018-12-31, BETA-SEG, O1, CL-2019-03”: the same key stands on line 3"),
            "\(loaded.errors)")
        #expect(try installation.number("select count(*) from margin.position") == 0)
        try await installation.close()
    }

    @Test func `fault 13: a position that is loaded already is refused, and the loaded one stays`() async throws {
        let installation = try await Installation()
        let file = try installation.write(
            "book.csv", "business_date,account,series,long_quantity,short_quantity",
            "2018-12-31,ALPHA-HOUSE,CL-2019-02,5,0")
        let loaded = try installation.run("margin", "load", "position", file)
        #expect(loaded.code == 65)
        #expect(
            loaded.errors.contains(
                "“2018-12-31, ALPHA-HOUSE, CL-2019-02”: already loaded; "
                    + "to change it, load it as a correction with a reason"
            ),
            "\(loaded.errors)")
        let held = try installation.number(
            """
            select sum(long_quantity)::bigint from margin.position
            where business_date = '2018-12-31' and account = 'ALPHA-HOUSE' and series = 'CL-2019-02'
            """)
        #expect(held == 50)
        try await installation.close()
    }

    /// A quantity that is none, and what is said of it.
    struct RefusedQuantity: Sendable, CustomTestStringConvertible {
        let value: String
        let said: String
        var testDescription: String { value }
    }

    static let refusedQuantities = [
        RefusedQuantity(
            value: "9223372036854775808",
            said: "is out of range: whole numbers here go from -9223372036854775808 to 9223372036854775807"),
        RefusedQuantity(value: "-9223372036854775808", said: "must satisfy: long_quantity is 0 or more"),
        RefusedQuantity(value: "-3", said: "must satisfy: long_quantity is 0 or more"),
        RefusedQuantity(value: "2.5", said: "is not a whole number"),
    ]

    @Test(arguments: refusedQuantities)
    func `fault 13: a quantity that is none is refused with its line, column and value`(_ bad: RefusedQuantity)
        async throws
    {
        let installation = try await Installation.editing { try $0.removeTable("position") }
        let file = try installation.write(
            "book.csv", "business_date,account,series,long_quantity,short_quantity",
            "2018-12-31,ALPHA-HOUSE,CL-2019-02,\(bad.value),0")
        let loaded = try installation.run("margin", "load", "position", file)
        #expect(loaded.code == 65)
        #expect(loaded.errors.contains("line 2, long_quantity “\(bad.value)”: \(bad.said)"), "\(loaded.errors)")
        try await installation.close()
    }

    @Test func `fault 13: the largest integers are refused in positions of both days and in trades`() async throws {
        let installation = try await Installation.editing {
            try $0.replace(
                "position", "2018-12-31,ALPHA-HOUSE,,CL-2019-02,50,0",
                with: "2018-12-31,ALPHA-HOUSE,,CL-2019-02,9223372036854775807,0")
            try $0.replace(
                "position", "2018-12-28,BETA-CLIENT,,CL-2019-02,5,45",
                with: "2018-12-28,BETA-CLIENT,,CL-2019-02,5,9223372036854775807")
            try $0.append("trade", "2018-12-31,T9,ALPHA-HOUSE,,CL-2019-02,-9223372036854775808,45.10")
        }
        let night = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(night.code == 65)
        for said in [
            "position.csv, line 15), long_quantity “9223372036854775807”: "
                + "a quantity above 1,000,000,000 contracts [quantity_bound]",
            "position.csv, line 7), short_quantity “9223372036854775807”: "
                + "a quantity above 1,000,000,000 contracts, on the previous "
                + "business date 2018-12-28 [quantity_bound]",
            "trade, T9 (",
            "trade.csv, line 6), quantity “-9223372036854775808”: a quantity above 1,000,000,000 contracts",
        ] {
            #expect(night.errors.contains(said), "\(night.errors)")
        }
        try await installation.close()
    }

    @Test func `fault 13: a sum that leaves 64 bits ends in exit 70, and nothing of it is kept`() async throws {
        let installation = try await Installation.editing {
            try $0.replace("contract", "CL,CRUDE,future,1000,", with: "CL,CRUDE,future,10000000000,")
            try $0.replace(
                "position", "2018-12-31,ALPHA-HOUSE,,CL-2019-02,50,0",
                with: "2018-12-31,ALPHA-HOUSE,,CL-2019-02,1000000000,0")
            try $0.replace(
                "position", "2018-12-31,BETA-CLIENT,,CL-2019-02,5,55",
                with: "2018-12-31,BETA-CLIENT,,CL-2019-02,5,1000000000")
        }
        let night = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(night.code == 70, "\(night.errors)")
        #expect(
            night.errors.contains(
                "margining stopped: an account's figures in combined commodity CRUDE leave 64 bits"),
            "\(night.errors)")
        #expect(try installation.number("select count(*) from margin.combined_commodity_risk") == 0)
        #expect(try installation.number("select count(*) from margin.run where status = 'published'") == 0)
        #expect(
            try installation.connect().one("select status from margin.execution where stage = 'offsets'").text(.at(0))
                == "failed")
        try await installation.close()
    }

    @Test func `fault 13: a contract worth more than any is refused before an array of it is computed`() async throws {
        let installation = try await Installation.editing {
            try $0.replace("contract", "CL,CRUDE,future,1000,", with: "CL,CRUDE,future,999999999999999,")
            try $0.replace("combined_commodity_margin", "amount,3.60", with: "amount,999999999999999")
        }
        let night = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(night.code == 65)
        #expect(
            night.errors.contains(
                "contract.csv, line 2), contract_value_factor “999999999999999”: with prices up to"),
            "\(night.errors)")
        #expect(night.errors.contains("[value_bound]"))
        try await installation.close()
    }

    @Test func `fault 13: one account with 200,000 lines is margined in full`() async throws {
        let count = 200_000
        func lines(_ header: String, _ line: (Int) -> String) -> String {
            (1...count).reduce(into: header + "\n") { $0 += line($1) + "\n" }
        }
        let installation = try await Installation.editing { house in
            try house.removeTable("trade")
            try house.write("series", lines("series,contract,contract_month") { "C\($0),CL,2019-02" })
            try house.write(
                "settlement_price", lines("business_date,series,price,currency") { "2018-12-28,C\($0),45.33,USD" })
            try house.write(
                "position",
                lines("business_date,account,series,long_quantity,short_quantity") {
                    "2018-12-28,ALPHA-HOUSE,C\($0),3,2"
                })
            try house.write("data_gate", "parameter_set,rule,severity\nP2018,long_short_balance,off\n")
        }
        let night = try installation.run("margin", "run", "--business-date", "2018-12-28")
        #expect(night.code == 0, "\(night.errors)")
        let risk = try installation.connect().one(
            "select scan::bigint, (net_delta * 10000)::bigint from margin.combined_commodity_risk where account = 'ALPHA-HOUSE'"
        )
        // 200,000 contracts net, each losing 3.60 × 1000.
        #expect(try risk.int64(.at(0)) == 720_000_000)
        #expect(try risk.int64(.at(1)) == 2_000_000_000)
        try await installation.close()
    }

    @Test func `fault 13: a book hedged to exactly zero requires and calls exactly zero`() async throws {
        let installation = try await Installation.editing { house in
            try house.removeTable("trade")
            let book = ["2018-12-28", "2018-12-31"].flatMap { date in
                ["CL-2019-02,40,40", "CL-2019-03,7,7", "LO-2019-03-C50,30,30"].map { "\(date),ALPHA-HOUSE,\($0)\n" }
            }
            try house.write(
                "position", "business_date,account,series,long_quantity,short_quantity\n" + book.joined())
        }
        for date in ["2018-12-28", "2018-12-31"] {
            let night = try installation.run("margin", "run", "--business-date", date)
            #expect(night.code == 0, "\(night.errors)")
        }
        #expect(try installation.number("select count(*) from margin.finding") == 0)
        #expect(try installation.number("select count(*) from margin.variation_margin where amount <> 0") == 0)
        #expect(try installation.number("select count(*) from margin.requirement where amount <> 0") == 0)
        #expect(
            try installation.number(
                "select count(*) from margin.margin_call where account = 'ALPHA-HOUSE' "
                    + "and requirement = 0 and add_ons = 0 "
                    + "and unpaid_variation_margin = 0 and call_amount = 0") == 2)
        try await installation.close()
    }
}
