import Foundation
import Postgres
import TestSupport
import Testing

/// What `margin walk-forward` does with a small house of rules: as the database's walk, through a price below zero, and
/// told what is wrong.
@Suite struct WalkForwardInputTests {
    private static let days = ["06", "07", "08", "09", "10", "13", "14", "15", "16", "17"]
    private static let levels = ["10", "11", "9", "10", "12", "11", "-1", "4", "4", "5"]
    private static let rule = """
        item,key,kind,factor,horizon_days,confidence,min_observations,seed_days,z,increment,step_limit
        price_scan_range,CRUDE,amount,P,1,0.9,3,2,0.001,1,

        """
    private static let kind = "parameter_set,risk_factor,return_kind,lower_clamp,upper_clamp\nP2018,P,absolute,1,1\n"
    private static let walk = """
        backtest,walk_forward,item,key,contract_value_factor,currency,recalibrate_days
        DAY,WALK,price_scan_range,CRUDE,10,USD,2

        """
    private static let history =
        "level_date,risk_factor,level\n" + zip(days, levels).map { "2014-01-\($0),P,\($1)\n" }.joined()

    /// The folder of rules and the history, with one file changed.
    private func files(
        _ scratch: ScratchFolder, changing name: String = "", _ old: String = "", _ new: String = ""
    ) throws {
        let texts = [
            "calibration_rule": Self.rule, "risk_factor": Self.kind, "walk_forward": Self.walk,
            "currency": "currency,minor_unit_decimals\nUSD,2\n", "history": Self.history,
        ]
        for (file, text) in texts {
            let changed = file == name ? text.replacing(old, with: new) : text
            #expect(file != name || changed != text, "\(name) has no “\(old)”")
            try scratch.write("\(file).csv", changed)
        }
    }

    private func walked(_ scratch: ScratchFolder, _ arguments: String...) throws -> BuiltProgram.Ended {
        return try BuiltProgram.run(
            "margin",
            ["walk-forward", scratch.path, "--history", scratch.path(of: "history.csv")] + arguments)
    }

    /// The walk of `BacktestTests`, from files and from the database.
    @Test func `the walk over files is the walk of margin-backtest`() async throws {
        let scratch = try ScratchFolder()
        try files(scratch)
        let out = scratch.path(of: "out")
        let ended = try walked(scratch, "--out", out)
        #expect(ended.code == 0, "\(ended.errors)")
        let own = try CSVRows.rows(ofFile: "\(out)/walk-forward-day.csv").filter {
            $0["variant"] == "stated" && $0["loss"] != ""
        }
        .map { "\($0["business_date"] ?? "") \($0["loss"] ?? "") \($0["margin"] ?? "") \($0["is_exception"] ?? "")" }
        let installation = try await Installation.editing { house in
            try house.write("house", "effective_from,base_currency\n2018-01-01,USD\n")
            try house.write(
                "backtest",
                """
                backtest,account_class,from_date,to_date,confidence,horizon_days
                DAY,HOUSE,2018-12-28,2019-01-02,0.99,1

                """)
            try house.write("risk_factor", Self.kind)
            try house.write("risk_factor_level", Self.history)
            try house.write("calibration_rule", Self.rule)
            try house.write("walk_forward", Self.walk)
        }
        let backtest = try installation.run("margin-backtest", "--backtest", "DAY")
        #expect(backtest.code == 0, "\(backtest.errors)")
        let stored = try installation.connect().rows(
            """
            select format('%s %s %s %s', business_date, exposure, margin, to_json(is_exception)) as line
            from margin.backtest_night where unit = 'WALK either' order by business_date
            """
        ).map { try $0.text("line") }
        #expect(own.count == 6)
        let plain = { (lines: [String]) in lines.map { $0.replacing(".00", with: "") } }
        #expect(plain(own) == plain(stored))
        try await installation.close()
    }

    @Test func `a history that falls below zero is walked in differences and refused in logarithms`() throws {
        let scratch = try ScratchFolder()
        try files(scratch)
        let through = try walked(scratch, "--year", "2014")
        #expect(
            through.code == 0 && through.output.contains("2 of 6 above margin"), "\(through.output)\(through.errors)")
        try files(scratch, changing: "risk_factor", "absolute", "log")
        let refused = try walked(scratch)
        #expect(refused.code == 65)
        #expect(refused.errors.contains("walk-forward WALK: log_of_non_positive: P 2014-01-14: "), "\(refused.errors)")
        #expect(refused.errors.contains("hint: make the factor's return_kind absolute in risk_factor.csv"))
    }

    /// A file, what stands in it, what is put there; the exit code, and words of the message and of the hint.
    struct BadInput: Sendable, CustomTestStringConvertible {
        let file, old, new: String
        var arguments: [String] = []
        let code: Int32
        let words: [String]

        var testDescription: String { words[0] }
    }

    @Test(arguments: [
        BadInput(
            file: "history", old: zip(days, levels).dropFirst().dropLast(3).map { "2014-01-\($0),P,\($1)\n" }.joined(),
            new: "", code: 65,
            words: ["history_gap: P 2014-01-15: ", "the level before is of 2014-01-06", "max_gap_days"]),
        BadInput(
            file: "calibration_rule", old: ",3,2,0.001", new: ",30,2,0.001", code: 65,
            words: ["too_few_observations: P: ", "9 moves, 30 are needed", "give a longer history"]),
        BadInput(
            file: "history", old: "2014-01-17,P,5\n", new: "", arguments: ["--through", "2014-02-28"], code: 65,
            words: ["history_stale: P 2014-01-16: ", "43 days old on 2014-02-28", "name an earlier --through"]),
        BadInput(
            file: "calibration_rule", old: "step_limit\nprice_scan_range,CRUDE,amount,P,1,0.9,3,2,0.001,1,",
            new: "min_moving_share\nprice_scan_range,CRUDE,amount,P,1,0.9,3,2,0.001,1,1", code: 65,
            words: ["history_not_moving: P: ", "a share of 1 is needed", "lower min_moving_share"]),
        BadInput(
            file: "history", old: "level_date,risk_factor,level\n", new: "level_date,risk_factor,price\n", code: 65,
            words: ["history.csv: the column level is missing", "then the same command again"]),
        BadInput(
            file: "history", old: "P,12\n", new: "P,twelve\n", code: 65,
            words: ["history.csv, line 6: unreadable level “twelve”"]),
        BadInput(
            file: "history", old: "2014-01-10", new: "2014-01-08", code: 65,
            words: ["history.csv, line 6: P has 2014-01-08 below 2014-01-09: its days do not ascend"]),
        BadInput(
            file: "walk_forward", old: "CRUDE", new: "GAS", code: 65,
            words: ["walk_forward.csv, line 2: there is no rule price_scan_range GAS", "calibration_rule.csv"]),
        BadInput(
            file: "calibration_rule", old: "0.9,3", new: "1.9,3", code: 65,
            words: ["calibration_rule_range: price_scan_range CRUDE: 1.9 is not above 0.5 and below 1"]),
        BadInput(
            file: "history", old: ",P,", new: ",Q,", code: 66,
            words: ["P has no level", "--history FILE"]),
        BadInput(
            file: "walk_forward", old: "USD", new: "EUR", code: 65,
            words: ["EUR has no decimals", "currency.csv"]),
    ])
    func `bad input is told by place, value and what to do next`(bad: BadInput) throws {
        let scratch = try ScratchFolder()
        try files(scratch, changing: bad.file, bad.old, bad.new)
        let ended = try BuiltProgram.run(
            "margin", ["walk-forward", scratch.path, "--history", scratch.path(of: "history.csv")] + bad.arguments)
        #expect(ended.code == bad.code, "\(ended.output)\(ended.errors)")
        for words in bad.words { #expect(ended.errors.contains(words), "\(ended.errors)") }
        #expect(ended.errors.contains("hint: "), "\(ended.errors)")
    }

    @Test func `a grid, a sweep and what is wrong in one`() throws {
        let scratch = try ScratchFolder()
        try files(scratch)
        try scratch.write("grid.txt", "parameter,value\nbuffer,\nbuffer,0.5\nlook_back_days,\nlook_back_days,1\n")
        let out = scratch.path(of: "searched")
        let grid = try walked(scratch, "--year", "2014", "--grid", scratch.path(of: "grid.txt"), "--out", out)
        #expect(
            grid.code == 0 && grid.output.hasPrefix("4 rules over 1 histories, 2 refused"),
            "\(grid.output)\(grid.errors)")
        let rows = try CSVRows.rows(ofFile: "\(out)/walk-forward-search.csv")
        #expect(rows.map { $0["changes"] ?? "" }.last == "buffer=0.5 look_back_days=1")
        // 20, 20, 120, 120 of the rule without tools, a half more and held where the fall comes.
        #expect(rows[0]["rise_share_2014"] == "1.0" && rows[0]["cost"] == "0.0", "\(rows[0])")
        #expect(rows[2]["n"] == "6" && rows[2]["x"] == "2" && rows[2]["cost"] != "0.0", "\(rows[2])")
        #expect(rows[1]["refusal"]?.contains("calibration_rule_range") == true, "\(rows[1])")
        let sweep = try walked(scratch, "--year", "2014", "--sweep", scratch.path(of: "grid.txt"))
        #expect(sweep.output.hasPrefix("5 rules over 1 histories, 1 refused\n1 as stated\n"), "\(sweep.output)")
        try scratch.write("grid.txt", "parameter,value\nlambada,0.9\n")
        let unknown = try walked(scratch, "--grid", scratch.path(of: "grid.txt"))
        #expect(
            unknown.code == 65 && unknown.errors.contains("line 2: unknown parameter “lambada”"), "\(unknown.errors)")
        try scratch.write("grid.txt", "parameter,value\nlambda,much\n")
        let unreadable = try walked(scratch, "--sweep", scratch.path(of: "grid.txt"))
        #expect(
            unreadable.code == 65 && unreadable.errors.contains("“much” is no value of lambda"), "\(unreadable.errors)")
    }
}
