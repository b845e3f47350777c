import Foundation
import Postgres
import Testing

/// Fault 12: prices that are no prices. Loading or the night refuses each with its table, line, column and value.
@Suite struct BadPriceTests {
    static let good = "2018-12-31,CL-2019-02,45.41,USD,settlement"

    /// A cell that no price can stand in, and what is said of it.
    struct RefusedCell: Sendable, CustomTestStringConvertible {
        let value: String
        let said: String
        var testDescription: String { value.isEmpty ? "nothing" : value }
    }

    static let refusedCells = [
        RefusedCell(value: "NaN", said: "is not written as a number: digits with a point"),
        RefusedCell(value: "Infinity", said: "is not written as a number: digits with a point"),
        RefusedCell(value: "-Infinity", said: "is not written as a number: digits with a point"),
        RefusedCell(value: "1e308", said: "is not written as a number: digits with a point"),
        RefusedCell(value: "4.9e-324", said: "is not written as a number: digits with a point"),
        RefusedCell(value: "n/a", said: "is not a number: digits with a point for the decimals"),
        RefusedCell(value: "", said: "missing value"),
    ]

    @Test(arguments: refusedCells)
    func `fault 12: a cell that is no price is refused with its table, line, column and value`(_ cell: RefusedCell)
        async throws
    {
        let installation = try await Installation.editing { try $0.removeTable("settlement_price") }
        let file = try installation.write(
            "prices.csv", "business_date,series,price,currency", "2018-12-31,CL-2019-03,45.81,USD",
            "2018-12-31,CL-2019-02,\(cell.value),USD")
        let loaded = try installation.run("margin", "load", "settlement_price", file)
        #expect(loaded.code == 65)
        #expect(loaded.errors.contains("error: settlement_price, \(file): nothing was loaded: 1 error"))
        #expect(loaded.errors.contains("line 3, price “\(cell.value)”: \(cell.said)"), "\(loaded.errors)")
        #expect(loaded.errors.contains("hint: mend the file and load it again"))
        #expect(try installation.number("select count(*) from margin.settlement_price") == 0)
        try await installation.close()
    }

    @Test func `fault 12: two prices for one series are refused with both lines`()
        async throws
    {
        let installation = try await Installation.editing { try $0.removeTable("settlement_price") }
        let file = try installation.write(
            "prices.csv", "business_date,series,price,currency", "2018-12-31,CL-2019-02,45.41,USD",
            "2018-12-31,CL-2019-02,45.14,USD")
        let loaded = try installation.run("margin", "load", "settlement_price", file)
        #expect(loaded.code == 65)
        #expect(
            loaded.errors.contains(
                "line 3, business_date, series, price_kind “2018-12-31, CL-2019-02”: the same key stands on line 2"),
            "\(loaded.errors)")
        try await installation.close()
    }

    /// A price that loads and that a gate stops.
    struct BlockedPrice: Sendable, CustomTestStringConvertible {
        let what: String
        var series = "CL-2019-02"
        let old: String
        let new: String
        var line = 8
        var column = "price"
        /// The value as it is shown.
        let value: String
        let said: String
        var testDescription: String { what }
    }

    static let blockedPrices = [
        BlockedPrice(
            what: "zero", old: "45.41,USD", new: "0,USD", value: "0",
            said: "a price of zero for CRUDE, which cannot trade there [price_sign]"),
        BlockedPrice(
            what: "minus zero", old: "45.41,USD", new: "-0.0,USD", value: "0.0",
            said: "a price of zero for CRUDE, which cannot trade there [price_sign]"),
        BlockedPrice(
            what: "negative", old: "45.41,USD", new: "-45.41,USD", value: "-45.41",
            said: "a price below zero for CRUDE, which cannot trade there [price_sign]"),
        BlockedPrice(
            what: "ten times", old: "45.41,USD", new: "454.1,USD", value: "454.1",
            said: "the price is 10.02 times the previous 45.33: a slipped decimal point [slipped_price]"),
        BlockedPrice(
            what: "a tenth", old: "45.41,USD", new: "4.541,USD", value: "4.541",
            said: "the previous 45.33 is 9.98 times the price: a slipped decimal point [slipped_price]"),
        BlockedPrice(
            what: "a hundred times", old: "45.41,USD", new: "4541,USD", value: "4541",
            said: "the price is 100.18 times the previous 45.33: a slipped decimal point [slipped_price]"),
        BlockedPrice(
            what: "an option above its underlying", series: "LO-2019-03-C50", old: "1.44,USD", new: "48.60,USD",
            line: 10, value: "48.60", said: "a call struck at 50 on 45.81 cannot cost this much [option_bound]"),
        BlockedPrice(
            what: "wrong currency", old: "45.41,USD", new: "45.41,EUR", column: "currency", value: "EUR",
            said: "the series settles in USD [price_currency]"),
    ]

    @Test(arguments: blockedPrices)
    func `fault 12: a price that cannot be stops the night with its table, line, column and value`(
        _ bad: BlockedPrice
    )
        async throws
    {
        let installation = try await Installation.editing {
            try $0.replace(
                "settlement_price", "2018-12-31,\(bad.series),\(bad.old)", with: "2018-12-31,\(bad.series),\(bad.new)"
            )
        }
        let night = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(night.code == 65)
        #expect(night.errors.contains("settlement_price, \(bad.series), settlement ("), "\(night.errors)")
        #expect(
            night.errors.contains("settlement_price.csv, line \(bad.line)), \(bad.column) “\(bad.value)”: "),
            "\(night.errors)")
        #expect(night.errors.contains(bad.said), "\(night.errors)")
        try expectRefused(installation)
        try await installation.close()
    }

    @Test func `fault 12: a price as large as loads is worth more than a contract can be`() async throws {
        let installation = try await Installation.editing {
            try $0.replace(
                "settlement_price", "2018-12-31,CL-2019-02,45.41,USD", with: "2018-12-31,CL-2019-02,999999999999999,USD"
            )
        }
        let night = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(night.code == 65)
        #expect(night.errors.contains("with prices up to 999999999999999 "), "\(night.errors)")
        #expect(night.errors.contains("[value_bound]"), "\(night.errors)")
        try await installation.close()
    }

    /// A slip is a factor of about ten or a hundred, of a future's price; what else jumps is for other gates.
    @Test func `fault 12: an option at ten times and a future next to nothing are no slipped prices`() async throws {
        for (old, new) in [
            ("LO-2019-03-C50,1.44", "LO-2019-03-C50,14.40"), ("CL-2019-02,45.41", "CL-2019-02,0.000000000001"),
        ] {
            let installation = try await Installation.editing {
                try $0.replace("settlement_price", "2018-12-31,\(old),USD", with: "2018-12-31,\(new),USD")
            }
            let night = try installation.run("margin", "run", "--business-date", "2018-12-31")
            #expect(night.code == 0, "\(night.errors)")
            #expect(try installation.number("select count(*) from margin.finding where rule = 'slipped_price'") == 0)
            try await installation.close()
        }
    }

    @Test func `fault 12: a missing price stops the night`() async throws {
        let installation = try await Installation.editing {
            try $0.replace("settlement_price", Self.good + "\n", with: "")
        }
        let night = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(night.code == 65)
        #expect(
            night.errors.contains(
                "settlement_price, CL-2019-02, price “no row”: no price for CL-2019-02 [missing_price]"),
            "\(night.errors)")
        try expectRefused(installation)
        try await installation.close()
    }

    @Test func `fault 12: a quote ten days old is flagged, and the night goes on`() async throws {
        let installation = try await Installation.editing {
            try $0.write(
                "settlement_price",
                $0.text("settlement_price").replacing("price_kind", with: "price_kind,last_quoted_on")
                    .replacing("settlement\n", with: "settlement,\n").replacing("final\n", with: "final,\n")
                    .replacing(Self.good + ",", with: Self.good + ",2018-12-21"))
        }
        let night = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(night.code == 0, "\(night.errors)")
        let flagged = try installation.connect().one("select rule || ': ' || message from margin.finding").text(.at(0))
        #expect(flagged == "stale_price: last quoted 10 days before the business date")
        try await installation.close()
    }

    @Test func `fault 12: a negative price of a product that may trade there is margined`() async throws {
        let installation = try await Installation.editing {
            try $0.write(
                "combined_commodity",
                "combined_commodity,name,currency,can_trade_at_or_below_zero\nCRUDE,Crude oil,USD,false\n"
                    + "GAS,Natural gas,USD,true\n")
            try $0.replace("settlement_price", "2018-12-31,NG-2019-02,2.940,", with: "2018-12-31,NG-2019-02,-2.940,")
        }
        let night = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(night.code == 0, "\(night.errors)")
        try await installation.close()
    }

    @Test func `fault 12: an option on a price below zero needs a model that can value it`() async throws {
        let installation = try await Installation.editing {
            try $0.write(
                "combined_commodity",
                "combined_commodity,name,currency,can_trade_at_or_below_zero\nCRUDE,Crude oil,USD,true\n"
                    + "GAS,Natural gas,USD,false\n")
            try $0.replace("settlement_price", "2018-12-31,CL-2019-03,45.81,", with: "2018-12-31,CL-2019-03,-3.00,")
        }
        let night = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(night.code == 65)
        #expect(
            night.errors.contains(
                "option_model “black76”: cannot value options on CL-2019-03 at -3.00; bachelier can [option_model]"),
            "\(night.errors)")
        try expectRefused(installation)
        try await installation.close()
    }

    /// The run is void with its findings, and nothing was computed or published.
    func expectRefused(_ installation: Installation) throws {
        let connection = try installation.connect()
        #expect(try connection.one("select string_agg(status, ' ') from margin.run").text(.at(0)) == "void")
        #expect(
            try installation.number(
                "select count(*) from margin.finding where severity = 'block' and waiver_reason is null")
                > 0)
        for table in ["risk_array", "combined_commodity_risk", "margin_call", "report_file"] {
            #expect(try installation.number("select count(*) from margin.\(table)") == 0, "\(table)")
        }
        #expect(!FileManager.default.fileExists(atPath: installation.reports))
    }
}
