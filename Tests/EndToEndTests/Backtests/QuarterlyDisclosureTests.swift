import Foundation
import TestSupport
import Testing

/// `margin disclosure`: a quarter's figures from its published nights.
@Suite struct QuarterlyDisclosureTests {
    @Test func `a quarter has average, peak and end of its nights, and names those that are missing`() async throws {
        let desk = try await Installation.editing { house in
            try house.append("calendar_date", "2018-12-27,true,Thursday")
            try house.addStress()
        }
        let none = try desk.run("margin", "disclosure", "--quarter", "2018Q4")
        #expect(none.code == 66 && none.errors.contains("no night of 2018Q4 is published"), "\(none.errors)")
        for date in ["2018-12-28", "2018-12-31"] {
            let night = try desk.run("margin", "run", "--business-date", date)
            #expect(night.code == 0, "\(night.errors)")
        }
        let out = desk.folder + "/disclosure"
        let made = try desk.run("margin", "disclosure", "--quarter", "2018Q4", "--out", out)
        #expect(made.code == 0, "\(made.errors)")
        #expect(
            made.output.hasPrefix("2018Q4: 2 nights published, 1 missing\n  missing: 2018-12-27\n"), "\(made.output)")
        #expect(made.output.contains("6.5: no backtest has published nights of the quarter"), "\(made.output)")

        let figures = try CSVRows.rows(ofFile: out + "/disclosure-figures.csv")
        func figure(_ name: String, _ scope: String, _ currency: String) throws -> [String: String] {
            try #require(figures.first { $0["figure"] == name && $0["scope"] == scope && $0["currency"] == currency })
        }
        // Against the reports of the two nights, added up by hand here.
        for (name, column) in [
            ("initial_margin_required", "requirement"), ("add_ons_required", "add_ons"),
            ("collateral_held", "collateral_value"),
        ] {
            for scope in ["house", "client", "total"] {
                let nights = try ["2018-12-28", "2018-12-31"].map { try sum(desk, $0, scope, "USD") { $0[column] } }
                let row = try figure(name, scope, "USD")
                #expect(row["nights"] == "2" && row["end_date"] == "2018-12-31", "\(row)")
                #expect(
                    try amount(row["end"]) == nights[1] && amount(row["peak"]) == max(nights[0], nights[1]), "\(row)")
                #expect(row["peak_date"] == (nights[1] > nights[0] ? "2018-12-31" : "2018-12-28"), "\(row)")
                #expect(try abs(amount(row["average"]) * 2 - nights[0] - nights[1]) <= Decimal(1) / 100, "\(row)")
            }
        }
        #expect(Set(figures.map { $0["item"] }) == ["4.1", "4.4", "6.1", "6.2", "6.6, 6.7", "6.8"])
        // On the first night nothing was carried over: the second pays alone, and the mean is half of it.
        let paid = try figure("variation_margin_paid", "total", "USD")
        #expect(paid["nights_above_zero"] == "1" && paid["peak_date"] == "2018-12-31", "\(paid)")
        #expect(try amount(paid["average"]) * 2 == amount(paid["peak"]), "\(paid)")
        let nights = try CSVRows.rows(ofFile: out + "/disclosure-nights.csv")
        #expect(nights.map { $0["state"] } == ["missing", "published", "published"])
        #expect(nights.map { $0["run"] } == ["", "1", "1"])
        #expect(try CSVRows.rows(ofFile: out + "/disclosure-coverage.csv").isEmpty)

        let again = try desk.run("margin", "disclosure", "--quarter", "2018Q4", "--out", out)
        #expect(again.code == 73, "\(again.errors)")
        let json = try jsonObject(desk.run("margin", "disclosure", "--quarter", "2018Q4", "--json").output)
        #expect(json["missing"] as? [String] == ["2018-12-27"] && json["quarter"] as? String == "2018Q4")
        #expect((json["figures"] as? [[String: Any]])?.count == figures.count)
        for (words, code, said) in [
            (["--quarter", "2018Q5"], 64, "write it as 2018Q4"),
            (["--quarter", "2017Q4"], 66, "no night of 2017Q4 is published"),
            (
                ["--quarter", "2018Q4", "--backtest", "NIX"], 66,
                "no run of backtest NIX has published nights of 2018Q4"
            ),
        ] as [([String], Int32, String)] {
            let refused = try desk.start("margin", ["disclosure"] + words).wait()
            #expect(refused.code == code && refused.errors.contains(said), "\(words): \(refused.errors)")
        }
        try await desk.close()
    }

    private func amount(_ text: String?) throws -> Decimal { try #require(text.flatMap { Decimal(string: $0) }) }

    /// A column of a night's margin-call reports added up, of house or client accounts or all.
    private func sum(
        _ desk: Installation, _ date: String, _ scope: String, _ currency: String,
        _ column: ([String: String]) -> String?
    ) throws -> Decimal {
        let folder = "\(desk.reports)/\(date)/EOD/current"
        return try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasPrefix("margin-call.") && $0.hasSuffix(".csv") }
            .flatMap { try CSVRows.rows(ofFile: folder + "/" + $0) }
            .filter { $0["call_currency"] == currency && (scope == "total" || $0["origin"] == scope) }
            .reduce(Decimal(0)) { $0 + (try amount(column($1))) }
    }
}

extension BacktestTests {
    @Test func `a quarter's disclosure has what the newest run of a backtest covered`() async throws {
        let desk = try await house()
        // The first run has one night to look at, the second two.
        for date in Self.nights {
            try publish(desk, [date])
            let ended = try backtest(desk)
            #expect(ended.code == 0, "\(ended.errors)")
        }
        let out = desk.folder + "/disclosure"
        let made = try desk.run("margin", "disclosure", "--quarter", "2018Q4", "--backtest", "DAY", "--out", out)
        #expect(made.code == 0, "\(made.errors)")
        #expect(made.output.hasSuffix("  6.5: by backtest DAY\n"), "\(made.output)")
        let rows = try CSVRows.rows(ofFile: out + "/disclosure-coverage.csv")
        // Of two runs the newest, and its rows once.
        let kept = try desk.number(
            """
            select count(*) from margin.procyclicality_disclosure as d
            where d.backtest_run_id = 2 and d.quarter_end = '2018-12-31' and d.source = 'published'
            """)
        #expect(kept > 0 && rows.count == Int(kept))
        #expect(rows.compactMap { $0["days"] }.max() == "2", "\(rows)")
        let coverage: Set = ["observations", "exceedances", "coverage", "peak_excess", "average_excess"]
        for row in rows {
            let isOfTemplate = row["unit_kind"] == "house" && coverage.contains(row["measure"] ?? "")
            #expect(row["item"] == (isOfTemplate ? "6.5" : "") && row["backtest"] == "DAY", "\(row)")
        }
        #expect(rows.contains { $0["item"] == "6.5" && $0["measure"] == "observations" && $0["value"] != "0" })
        try await desk.close()
    }
}
