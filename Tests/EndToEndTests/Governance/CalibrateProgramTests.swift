import Foundation
import Postgres
import PrivateCluster
import TestSupport
import Testing

/// `margin-calibrate`: a set proposed from histories with what its values follow from, or nothing at all.
@Suite struct CalibrateProgramTests {
    private func calibrate(_ installation: Installation, _ set: String, _ more: String...) throws -> Ended {
        try installation.start(
            "margin-calibrate",
            [
                "--date", EditedHouse.calibrationDay, "--effective-from", "2019-01-02", "--code", set, "--reason",
                "quarterly",
            ] + more
        ).wait()
    }

    private static let report = """
        item,key,bound,old,new,limited,buffer_state
        haircut,asset BUND,quantile,0.035,0.01,no,
        haircut,currency EUR USD,quantile,0.045,0.01,no,
        intra_spread,CRUDE NEAR-FAR,quantile,310,500,no,
        offset_rate,CRUDE-GAS,1y,0.3,0.65,no,
        price_scan_range,CRUDE,quantile,3.6,1.8,down,initial
        price_scan_range,CRUDE 2019-02,quantile,,0.01,no,
        volatility_scan_range,GAS,quantile,0.3,0.02,no,
        """

    /// Some columns of the report, as text.
    private func table(_ csv: String) throws -> String {
        let lines = csv.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let names = ["item", "key", "bound", "old", "new", "limited", "buffer_state"]
        let places = try names.map { name in try #require(lines[0].firstIndex { $0 == name }) }
        return lines.map { line in places.map { String(line[$0]) }.joined(separator: ",") }.joined(separator: "\n")
    }

    @Test func `a calibration is a proposed set, and another person's approval makes it what the next starts from`()
        async throws
    {
        let installation = try await Installation.editing { try $0.addCalibration() }
        let officer = "officer_" + installation.settings.database
        #expect(try installation.run("margin", "db", "person", officer).code == 0)
        let out = installation.folder + "/first"
        let first = try calibrate(
            installation, "P2019", "--out", out, "--crisis-year", "2008", "--crisis-year", "2018")
        #expect(first.code == 0, "\(first.errors)")
        #expect(
            first.output.contains("price_scan_range CRUDE: 3.6 → 1.8, quantile binds, cut down\n"), "\(first.output)")
        #expect(first.output.contains("price_scan_range CRUDE 2019-02: new, 0.01, quantile binds\n"))
        #expect(first.output.hasSuffix("next: margin parameters approve P2019 --reason R\n"))
        // Every move is 1, so that every day of the year asks for 1 and a quarter.
        #expect(
            first.output.contains(
                "  CRUDE in 2018: with_tools 1.25 to 1.25 (2018-06-14), rise in 10 days 0.0 %, 0 of 200 above; "
                    + "without_tools 1 to 1 (2018-06-14)"), "\(first.output)")
        let crises = try String(contentsOfFile: out + "/calibration-crisis.csv", encoding: .utf8).split(separator: "\n")
        #expect(crises.count == 9, "\(crises)")
        #expect(
            crises.contains(
                "price_scan_range,CRUDE,OIL,2018,with_tools,2018-06-14,2018-12-31,201,1.25,2018-06-14,1.25,2018-06-14,"
                    + "1.25,0.0,,,200,0,1.0,2018-06-14,1,1.25,"), "\(crises)")
        #expect(crises.contains { $0.hasSuffix("year_not_reached OIL 2008") })
        let csv = try String(contentsOfFile: out + "/calibration.csv", encoding: .utf8)
        #expect(try table(csv) == Self.report)
        let database = try installation.connect()
        func value(_ sql: String) throws -> String { try database.value(sql, as: .text) }
        #expect(
            try value("select (approved_by is null)::text from margin.parameter_set where parameter_set = 'P2019'")
                == "true")
        #expect(
            try value(
                "select charge_rate::text from margin.intra_spread where parameter_set = 'P2019' and revision = 1")
                == "500")
        #expect(
            try value(
                "select from_month || to_month || price_scan_range_kind from margin.price_scan_range_tier where "
                    + "parameter_set = 'P2019'") == "2019-022019-02percent")
        #expect(try installation.number("select count(*) from margin.calibration_figure") == 7)
        #expect(
            try value(
                "select string_agg(bound || '=' || value, ' ' order by number) from margin.calibration_bound "
                    + "where item = 'offset_rate'")
                == "1y=0.666666666667 3y=0.666666666667 SPRING=0.666666666667")
        let own = try installation.run("margin", "parameters", "approve", "P2019", "--reason", "mine")
        #expect(own.code == 77, "\(own.errors)")
        let approved = try installation.run(
            "margin", "parameters", "approve", "P2019", "--reason", "seen", "--as", officer)
        #expect(approved.code == 0, "\(approved.errors)")
        // The value in force is the proposed one: core 1, buffer a quarter. It rebuilds, and the step limit lets it.
        let second = try installation.run(
            "margin-calibrate", "--date", EditedHouse.calibrationDay, "--effective-from", "2019-02-01", "--code",
            "P2019B", "--reason", "again", "--json")
        #expect(second.code == 0, "\(second.errors)")
        #expect(second.output.contains(#""1/4","full","1.25","1.8","no",null,"1.25","-0.305556""#), "\(second.output)")
        #expect(second.output.hasPrefix(#"{"header":{"base":"P2019","calibrated_on":"2018-12-31""#))
        try installation.connect().script("drop owned by \(officer); drop role \(officer)")
        try await installation.close()
    }

    @Test func `equal inputs give equal bytes, and a set that is there already is refused`() async throws {
        let installation = try await Installation.editing { try $0.addCalibration() }
        let reports = try ["A", "B"].map { name in
            let ended = try calibrate(installation, name, "--out", installation.folder + "/" + name)
            #expect(ended.code == 0, "\(ended.errors)")
            return try ["csv", "json"].map { ending in
                try String(
                    contentsOfFile: installation.folder + "/\(name)/calibration.\(ending)", encoding: .utf8)
            }
        }
        #expect(reports[0][0] == reports[1][0].replacing("\nB,", with: "\nA,"))
        #expect(reports[0][1] == reports[1][1].replacing("\"B\"", with: "\"A\""))
        let again = try calibrate(installation, "A")
        #expect(again.code == 65 && again.errors.contains("there is a parameter set A already"), "\(again.errors)")
        #expect(try installation.number("select count(*) from margin.calibration_figure") == 14)
        try await installation.close()
    }

    /// A fault of the house, and the rule and item it is refused by.
    struct Fault: Sendable {
        let refusal: String
        let edit: @Sendable (EditedHouse) throws -> Void

        init(_ refusal: String, _ edit: @escaping @Sendable (EditedHouse) throws -> Void) {
            self.refusal = refusal
            self.edit = edit
        }
    }

    private static let crude = "price_scan_range,CRUDE,amount,OIL,0.99,200"

    @Test(arguments: [
        Fault("calibration_rule_incomplete: price_scan_range CRUDE") {
            try $0.replace("calibration_rule", crude, with: "price_scan_range,CRUDE,amount,NONE,0.99,200")
        },
        Fault("calibration_rule_incomplete: price_scan_range CRUDE") {
            try $0.replace("calibration_rule", crude, with: "price_scan_range,CRUDE,percent,OIL,0.99,200")
        },
        Fault("calibration_rule_incomplete: offset_rate CRUDE-GAS") {
            try $0.replace("calibration_leg", "GAS,,,1,10000,B", with: "GAS,,,1,10000,A")
        },
        Fault("calibration_rule_incomplete: intra_spread CRUDE NEAR-FAR") {
            try $0.replace("intra_spread", "flat,310", with: "weighted_price_risk,0.5")
        },
        Fault("calibration_rule_incomplete: volatility_scan_range COAL") {
            try $0.replace("calibration_rule", "volatility_scan_range,GAS,", with: "volatility_scan_range,COAL,")
        },
        Fault("tier_factor_missing: CRUDE FAR") {
            try $0.replace("calibration_tier_factor", "CRUDE,FAR,OIL-FAR\n", with: "")
        },
        Fault("history_gap: EURUSD 2018-12-31") { house in
            for day in 24...30 {
                try house.replace(
                    "risk_factor_level", "EURUSD,2018-12-\(day),\(day.isMultiple(of: 2) ? "1.111" : "1.1")\n", with: "")
            }
            try house.replace("calibration_rule", "0.0025,,,7", with: "0.0025,,,6")
        },
        Fault("history_hole: OIL-FAR 2018-12-30") {
            try $0.replace("risk_factor_level", "OIL-FAR,2018-12-30,90.5\n", with: "")
        },
        Fault("log_of_non_positive: BUND 2018-12-31") { house in
            try house.replace("risk_factor_level", "BUND,2018-12-31,100\n", with: "BUND,2018-12-31,0\n")
        },
        Fault("too_few_observations: OIL") {
            try $0.replace("calibration_rule", crude, with: "price_scan_range,CRUDE,amount,OIL,0.99,401")
        },
        Fault("too_few_observations: CRUDE-GAS SPRING") {
            try $0.replace("calibration_stressed_window", "2018-03-01,2018-05-31", with: "2018-03-01,2018-03-10")
        },
    ])
    func `one refusal refuses the whole proposal, and nothing is written`(fault: Fault) async throws {
        let installation = try await Installation.editing { house in
            try house.addCalibration()
            try fault.edit(house)
        }
        let ended = try calibrate(installation, "P2019", "--out", installation.folder + "/none")
        #expect(ended.errors.contains("error: \(fault.refusal): "), "\(ended.errors)")
        #expect(ended.code == 65, "\(ended.errors)")
        #expect(ended.errors.contains("hint: "))
        #expect(try installation.number("select count(*) from margin.parameter_set") == 1)
        #expect(try installation.number("select count(*) from margin.calibration_figure") == 0)
        #expect(!FileManager.default.fileExists(atPath: installation.folder + "/none"))
        try await installation.close()
    }

    /// Whoever loads a cell out of its range is told then, and not weeks later by whoever calibrates or tests with it.
    @Test func `what is out of its range is refused at loading, and nothing of it is loaded`() async throws {
        let installation = try await Installation.editing { try $0.addCalibration() }
        let rule = "item,key,kind,factor,confidence,increment,max_gap_days"
        let faults = [
            (
                "calibration_rule", rule, "price_scan_range,COAL,amount,OIL,0.5,0.01,7",
                "calibration_rule_range: price_scan_range COAL: 0.5 is not above 0.5 and below 1 (calibration_rule.confidence)"
            ),
            (
                "calibration_rule", rule, "haircut,asset COAL,,OIL,0.99,0.01,0",
                "calibration_rule_range: haircut asset COAL: 0 is not 1 or more (calibration_rule.max_gap_days)"
            ),
            (
                "calibration_leg", "item,key,leg,factor,ratio,contract_value_factor,side",
                "intra_spread,CRUDE NEAR-FAR,3,OIL,0,1000,A",
                "calibration_rule_range: intra_spread CRUDE NEAR-FAR 3: 0 is not above 0 (calibration_leg.ratio)"
            ),
        ]
        for (table, header, row, words) in faults {
            let before = try installation.number("select count(*) from margin.\(table)")
            let file = try installation.write("\(table).csv", header, row)
            let refused = try installation.run("margin", "load", table, file)
            #expect(refused.code == 65 && refused.errors.contains(words), "\(refused.errors)")
            #expect(refused.errors.contains("error: nothing was loaded: "), "\(refused.errors)")
            #expect(refused.errors.contains("hint: mend the row and load again"), "\(refused.errors)")
            #expect(try installation.number("select count(*) from margin.\(table)") == before)
        }
        try await installation.close()
    }

    @Test func `histories that end too early, floors, still factors and no rule are refused too`() async throws {
        let installation = try await Installation.editing { try $0.addCalibration() }
        func at(_ date: String) throws -> String {
            let ended = try installation.run(
                "margin-calibrate", "--date", date, "--effective-from", "2019-03-01", "--code", "L", "--reason", "late")
            #expect(ended.code == 65)
            return ended.errors
        }
        #expect(try at("2019-01-08").contains("error: history_stale: BUND 2018-12-31: "))
        func loading(_ row: String) throws -> String {
            let file = try installation.write(
                "rule.csv", "item,key,kind,factor,confidence,z,increment,floor_years,min_moving_share", row)
            let loaded = try installation.run("margin", "load", "calibration_rule", file)
            #expect(loaded.code == 0, "\(loaded.errors)")
            return try at("2018-12-31")
        }
        #expect(
            try loading("price_scan_range,GAS,amount,GAS,0.99,0.1,0.01,2,0").contains(
                "error: history_too_short: GAS: price_scan_range GAS: it begins on 2017-11-26"))
        let still = try await Installation.editing { house in
            try house.addCalibration()
            try house.write(
                "calibration_rule",
                "item,key,kind,factor,confidence,z,increment,min_moving_share\n"
                    + "haircut,asset BUND,,BUND,0.99,0.1,0.01,0.6\n")
        }
        let refused = try calibrate(still, "P2019")
        #expect(refused.errors.contains("error: history_not_moving: BUND: "), "\(refused.errors)")
        let none = try await Installation()
        let without = try calibrate(none, "P2019")
        #expect(without.code == 66 && without.errors.contains("there is no calibration rule"), "\(without.errors)")
        for one in [installation, still, none] { try await one.close() }
    }

    @Test func `what calibrations and backtests are told makes no night stale`() async throws {
        let installation = try await Installation()
        #expect(try installation.run("margin", "run", "--business-date", "2018-12-31").code == 0)
        for (table, header, row) in [
            ("calibration_tier_factor", "combined_commodity,tier,factor", "CRUDE,NEAR,OIL"),
            ("z2_critical", "nights,exception_probability,yellow,red", "250,0.025,-0.7,-1.8"),
        ] {
            let file = try installation.write("\(table).csv", header, row)
            let loaded = try installation.run("margin", "load", table, file)
            #expect(loaded.code == 0, "\(loaded.errors)")
        }
        let plan = try installation.run("margin", "plan", "--business-date", "2018-12-31")
        #expect(plan.output == "2018-12-31 EOD: nothing is stale, run 1 is current\n", "\(plan.output)")
        try await installation.close()
    }
}
