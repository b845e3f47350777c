import Foundation
import Postgres
import Testing

/// `margin correct`: a data fix at two in the morning.
@Suite struct CorrectTests {
    /// `margin correct price` of CL-2019-03, which options are on.
    private func correctPrice(
        _ installation: Installation, _ price: String, _ more: String..., day: String = "2018-12-31"
    ) throws
        -> Ended
    {
        try installation.start(
            "margin",
            [
                "correct", "price", "--business-date", day, "--series", "CL-2019-03", "--price", price, "--reason",
                "late print",
            ] + more
        ).wait()
    }

    @Test func `a price is shown before and after with what it touches, and a dry run changes nothing`() async throws {
        let installation = try await Installation()
        let dry = try correctPrice(installation, "45.91", "--dry-run")
        #expect(dry.code == 0, "\(dry.errors)")
        let shown = """
            business date 2018-12-31
            settlement_price 2018-12-31, CL-2019-03, settlement
              price: 45.81 → 45.91
            touches 3 series, 3 accounts, 2 members

            """
        #expect(dry.output.hasPrefix(shown), "\(dry.output)")
        #expect(dry.output.hasSuffix("dry run: nothing is changed\nnext: the same without --dry-run\n"))
        #expect(try installation.number("select count(*) from margin.input_load where kind = 'correction'") == 0)
        let made = try correctPrice(installation, "45.91")
        #expect(made.output.hasPrefix(shown))
        #expect(made.output.hasSuffix("late print\nnext: margin plan --business-date 2018-12-31\n"), "\(made.output)")
        let prices = try installation.connect().rows(
            "select p.price::text from margin.settlement_price as p where p.series = 'CL-2019-03' "
                + "and p.business_date = '2018-12-31' order by p.revision"
        ).map { try $0.text(.at(0)) }
        #expect(prices == ["45.81", "45.91"])
        try await installation.close()
    }

    /// What is corrected on the command line, and the cell it changes.
    struct Fix: Sendable, CustomTestStringConvertible {
        let words: [String]
        let shown: String
        let touched: String
        var testDescription: String { words[0] }
    }

    static let fixes = [
        Fix(
            words: ["volatility", "--instrument", "CL-2019-03", "--volatility", "0.3", "--add"],
            shown: "volatility 2018-12-31, CL-2019-03\n  volatility: nothing → 0.3",
            touched: "touches 3 series, 3 accounts, 2 members"),
        Fix(
            words: ["trade", "--trade", "T1", "--quantity", "11"], shown: "quantity: 10 → 11",
            touched: "touches 1 series, 1 account, 1 member"),
        Fix(
            words: ["trade", "--trade", "T1", "--quantity", "-11"], shown: "quantity: 10 → -11",
            touched: "touches 1 series, 1 account, 1 member"),
        Fix(
            words: ["collateral", "--account", "ALPHA-HOUSE", "--item", "1", "--quantity", "61000"],
            shown: "quantity: 60000 → 61000", touched: "touches 0 series, 1 account, 1 member"),
        Fix(
            words: ["collateral", "--asset", "CASH-USD", "--price", "0.99"], shown: "price: 1 → 0.99",
            touched: "touches 0 series, 2 accounts, 2 members"),
        Fix(
            words: ["position", "--account", "ALPHA-HOUSE", "--series", "NG-2019-02", "--short", "11"],
            shown: "position 2018-12-31, EOD, ALPHA-HOUSE, , NG-2019-02\n  short_quantity: 12 → 11",
            touched: "touches 1 series, 1 account, 1 member"),
        Fix(
            words: ["position", "--account", "ALPHA-HOUSE", "--series", "NG-2019-02", "--withdraw"],
            shown: "  withdrawn: false → true", touched: "touches 1 series, 1 account, 1 member"),
        Fix(
            words: [
                "position", "--account", "BETA-SEG", "--owner", "O2", "--series", "CL-2019-02", "--long", "4",
                "--short", "0", "--add",
            ],
            shown: "  long_quantity: nothing → 4\n  short_quantity: nothing → 0",
            touched: "touches 1 series, 1 account, 1 member"),
        Fix(
            words: ["row", "interest_rate", "rate_code=USD-FLAT", "set", "rate=0.026"], shown: "rate: 0.025 → 0.026",
            touched: "touches 2 series, 3 accounts, 2 members"),
        Fix(
            words: ["row", "series", "series=LO-2019-03-C50", "set", "strike=51"], shown: "strike: 50 → 51",
            touched: "touches 1 series, 3 accounts, 2 members"),
    ]

    @Test(arguments: fixes) func `each kind of input is corrected by its own words`(_ fix: Fix) async throws {
        let installation = try await Installation()
        let words = ["correct"] + fix.words + ["--business-date", "2018-12-31", "--reason", "mended"]
        let made = try installation.start("margin", words).wait()
        #expect(made.code == 0, "\(made.errors)")
        #expect(made.output.contains(fix.shown), "\(made.output)")
        #expect(made.output.contains(fix.touched), "\(made.output)")
        #expect(try installation.number("select count(*) from margin.corrected_row") == 1)
        try await installation.close()
    }

    /// A correction that is refused.
    struct Bad: Sendable, CustomTestStringConvertible {
        let words: [String]
        let code: Int32
        let said: String
        var testDescription: String { words.joined(separator: " ") }
    }

    static let price = ["price", "--business-date", "2018-12-31", "--reason", "R"]
    static let bad = [
        Bad(words: price + ["--series", "CL-2019-03", "--price", "45.810"], code: 65, said: "changes nothing"),
        Bad(
            words: price + ["--series", "CL-X", "--price", "45"], code: 65, said: "there is no such row in force"),
        Bad(
            words: price + ["--series", "CL-2019-03", "--price", "dear"], code: 65,
            said: "price “dear”: is not a number"),
        Bad(
            words: price + ["--series", "CL-2019-03", "--price", "NaN"], code: 65,
            said: "price “NaN”: is not written as a number"
        ),
        Bad(words: price + ["--series", "CL-2019-03", "--currency", "usd"], code: 65, said: "currency code is iso"),
        Bad(
            words: [
                "price", "--business-date", "2019-01-01", "--reason", "R", "--series", "CL-2019-03", "--price", "1",
                "--currency", "USD", "--add",
            ],
            code: 65, said: "the clearing house is closed on this day: New Year"),
        Bad(
            words: ["price", "--business-date", "2018-12-31", "--series", "X", "--price", "1"], code: 64,
            said: "--reason"),
        Bad(
            words: ["price", "--business-date", "2018-12-31", "--series", "X", "--price", "1", "--reason", " "],
            code: 64,
            said: "--reason says why, and is empty"),
        Bad(words: ["price", "--series", "X", "--price", "1", "--reason", "R"], code: 64, said: "--business-date"),
        Bad(
            words: ["row", "prices", "series=X", "set", "price=1", "--reason", "R"], code: 64,
            said: "unknown table prices"),
        Bad(
            words: ["row", "call_rule", "account_class=HOUSE", "set", "threshold=1", "--reason", "R"], code: 65,
            said: "overridden until a date: margin correct parameter call_rule"),
        Bad(
            words: [
                "parameter", "call_rule", "account_class=NONE", "set", "threshold=1", "--reason", "R",
                "--business-date", "2018-12-31", "--until", "2019-01-04",
            ],
            code: 65, said: "there is no such row in force"),
        Bad(
            words: [
                "parameter", "position", "account=A", "set", "long_quantity=1", "--reason", "R", "--business-date",
                "2018-12-31", "--until", "2019-01-04",
            ],
            code: 65, said: "position is no table of parameters"),
        Bad(
            words: [
                "parameter", "combined_commodity_margin", "combined_commodity=CRUDE", "set", "scenario_set=NONE",
                "--reason", "R", "--business-date", "2018-12-31", "--until", "2019-01-04",
            ],
            code: 65, said: "no scenario set NONE"),
        Bad(
            words: price + ["--series", "CL-2019-03", "--price", "4", "--as", "nobody-here"], code: 65, said: "no login"
        ),
    ]

    @Test func `a correction that is none, that a load would refuse or that gives no reason is refused`() async throws {
        let installation = try await Installation()
        let before = try installation.number("select count(*) from margin.input_load")
        for bad in Self.bad {
            let ended = try installation.start("margin", ["correct"] + bad.words).wait()
            #expect(ended.code == bad.code, "\(bad.words): \(ended.errors)")
            #expect(ended.errors.contains(bad.said), "\(bad.words): \(ended.errors)")
        }
        #expect(try installation.number("select count(*) from margin.input_load") == before)
        try await installation.close()
    }

    @Test func `a file of corrections is taken whole, or refused with line, column and reason`() async throws {
        let installation = try await Installation()
        let bad = try installation.write(
            "bad.csv", "business_date,series,price", "2018-12-31,CL-2019-03,45.91", "2018-12-31,CL-2019-02,high",
            "2018-12-31,CL-2031-02,45")
        let refused = try installation.run("margin", "correct", "price", "--from", bad, "--reason", "resend")
        #expect(refused.code == 65)
        #expect(refused.errors.contains("line 3, price “high”: is not a number"), "\(refused.errors)")
        let listed = try installation.run("margin", "rejects", "--json")
        #expect(listed.output.contains(#""column":"price","line":3"#), "\(listed.output)")
        #expect(listed.output.contains(#""reason":"not_a_number""#), "\(listed.output)")
        let good = try installation.write(
            "good.csv", "business_date,series,price", "2018-12-31,CL-2019-03,45.91", "2018-12-31,CL-2019-02,45.41")
        let made = try installation.run("margin", "correct", "price", "--from", good, "--reason", "resend", "--json")
        #expect(made.code == 0, "\(made.errors)")
        #expect(made.output.contains(#""rows":1"#) && made.output.contains(#""unchanged_rows":1"#), "\(made.output)")
        #expect(made.output.split(separator: "\n").count == 1)
        try await installation.close()
    }

    @Test func `two corrections of one price at once come one after the other, and both stay`() async throws {
        let installation = try await Installation()
        let words = ["correct", "price", "--business-date", "2018-12-31", "--series", "CL-2019-03", "--reason", "R"]
        let started = try ["46.01", "46.02"].map { try installation.start("margin", words + ["--price", $0]) }
        let ended = try started.map { try $0.wait() }
        #expect(ended.map(\.code) == [0, 0], "\(ended.map(\.errors))")
        let chain = try installation.connect().rows(
            "select before_value || ' ' || after_value from margin.corrected_cell order by load_id"
        ).map { try $0.text(.at(0)) }
        #expect(["45.81 46.01,46.01 46.02", "45.81 46.02,46.02 46.01"].contains(chain.joined(separator: ",")))
        try await installation.close()
    }

    @Test func `fault 1: killed anywhere in a correction, nothing of it is there or all of it`() async throws {
        let installation = try await Installation()
        for (point, price) in [("before-lock", "46.01"), ("mid-copy", "46.02"), ("before-commit", "46.03")] {
            let killed = try installation.start(
                "margin",
                [
                    "correct", "price", "--business-date", "2018-12-31", "--series", "CL-2019-03", "--price", price,
                    "--reason", "R",
                ],
                environment: ["MARGIN_FAILPOINT": "correct:\(point)"]
            ).wait()
            #expect(killed.code == 128 + 9, "\(point) was not reached: \(killed.errors)")
            #expect(try installation.number("select count(*) from margin.corrected_cell") == 0, "\(point)")
            #expect(
                try installation.number("select count(*) from margin.input_load where kind = 'correction'") == 0,
                "\(point)")
        }
        let killed = try installation.start(
            "margin",
            [
                "correct", "price", "--business-date", "2018-12-31", "--series", "CL-2019-03", "--price", "46.04",
                "--reason", "R",
            ],
            environment: ["MARGIN_FAILPOINT": "correct:after-commit"]
        ).wait()
        #expect(killed.code == 128 + 9)
        #expect(try installation.number("select count(*) from margin.corrected_cell") == 1)
        let again = try correctPrice(installation, "46.04")
        #expect(again.code == 65)
        #expect(again.errors.contains("changes nothing"), "\(again.errors)")
        try await installation.close()
    }

    @Test func `the reports of the next run say what was corrected, for whom and why`() async throws {
        let installation = try await Installation()
        _ = try installation.run("margin", "run", "--business-date", "2018-12-31")
        let made = try installation.run(
            "margin", "correct", "position", "--business-date", "2018-12-31", "--account", "ALPHA-HOUSE", "--series",
            "NG-2019-02", "--short", "11", "--reason", "give-up missed")
        #expect(made.code == 0, "\(made.errors)")
        let night = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(night.output.contains("run 2 is published"), "\(night.errors)")
        let files = try installation.reportFiles("2018-12-31")
        func text(_ name: String) -> String { String(decoding: files[name] ?? Data(), as: UTF8.self) }
        let row =
            "correction,position,\"2018-12-31, EOD, ALPHA-HOUSE, , NG-2019-02\",short_quantity,12,11,,,give-up missed"
        #expect(text("corrections.2018-12-31.ALPHA.EOD.r2.csv").contains(row))
        #expect(text("house-corrections.2018-12-31.EOD.r2.csv").contains(row))
        #expect(files["corrections.2018-12-31.BETA.EOD.r2.csv"] == nil)
        try await installation.close()
    }
}
