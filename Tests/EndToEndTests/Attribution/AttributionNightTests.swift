import Foundation
import Postgres
import PrivateCluster
import TestSupport
import Testing

/// The stage that says what moved requirements and add-ons since the night before, of a house that wants it.
@Suite struct AttributionNightTests {
    private static let (before, day) = ("2018-12-28", "2018-12-31")
    private static let tables = [
        "attribution", "attribution_night", "attribution_parameter", "attribution_position", "attribution_weight",
    ]

    /// The two-day house, which wants to be told, or says nothing of it.
    private func installation(
        wants: Bool = true, _ edit: (EditedHouse) throws -> Void = { _ in }
    ) async throws -> Installation {
        try await Installation.editing { house in
            if wants {
                try house.write(
                    "house", "effective_from,base_currency,wants_attribution\n2018-12-01,USD,true\n")
            }
            try edit(house)
        }
    }

    private func run(_ installation: Installation, _ dates: String...) throws {
        for date in dates { try StillHouse.margin(installation, "run", "--business-date", date) }
    }

    /// The rows that a run sees of a table, as JSON without the run, in any order.
    private func rows(_ installation: Installation, _ table: String, _ date: String, run: Int) throws -> Set<String> {
        Set(
            try installation.connect().rows(
                """
                select (to_jsonb(t) - 'run_id')::text as cells
                from margin.run as r cross join lateral margin.\(table)_of(r.run_id) as t
                where r.business_date = '\(date)' and r.run_number = \(run)
                """
            ).map { try $0.text("cells") })
    }

    private func reported(_ installation: Installation, _ report: String) throws -> [[String: String]] {
        let folder = "\(installation.reports)/\(Self.day)/EOD/current"
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            .filter { $0.hasPrefix("\(report).\(Self.day)") && $0.hasSuffix(".csv") }
            .flatMap { try CSVRows.rows(ofFile: "\(folder)/\($0)") }
    }

    private func amount(_ row: [String: String], _ column: String) throws -> Decimal {
        try #require(Decimal(string: row[column] ?? ""), "\(column): \(row)")
    }

    private func explained(_ installation: Installation, _ account: String) throws -> [String] {
        try [[], ["--json"]].map { words in
            let ended = try installation.start(
                "margin", ["explain", account, "--why", "--business-date", Self.day] + words
            ).wait()
            #expect(ended.code == 0, "\(ended.errors)")
            return ended.output
        }
    }

    @Test func `effects lead from the night before to tonight, and explain reads what it would compute`()
        async throws
    {
        let installation = try await installation()
        try run(installation, Self.before, Self.day)
        let told = try reported(installation, "attribution")
        #expect(told == (try reported(installation, "house-attribution")))
        #expect(Set(told.compactMap { $0["account"] }) == ["ALPHA-HOUSE", "BETA-CLIENT", "BETA-SEG"])
        let calls = try reported(installation, "margin-call")
        let steps = try reported(installation, "attribution-interaction")
        for row in told {
            #expect(row["reason"] == "attributed" && row["business_date_before"] == Self.before)
            let (account, figure) = (try #require(row["account"]), try #require(row["figure"]))
            let call = try #require(calls.first { $0["account"] == account })
            #expect(try amount(row, "today") == amount(call, figure), "\(row)")
            let kinds = ["time", "positions", "prices", "volatilities", "parameters", "static"]
            let sum = try kinds.map { try amount(row, $0) }.reduce(0, +)
            #expect(try amount(row, "yesterday") + sum == amount(row, "today") && sum != 0, "\(row)")
            #expect(try amount(row, "correction") == 0 && row["reported_yesterday"] == row["yesterday"])
            let own = steps.filter { $0["account"] == account && $0["figure"] == figure }
            #expect(own.compactMap { $0["effect"] } == kinds)
            for way in ["forward", "reverse"] {
                #expect(try own.map { try amount($0, way) }.reduce(0, +) == sum, "\(row)")
            }
        }
        try expectBelow(installation)
        let kept = try ["ALPHA-HOUSE", "BETA-CLIENT", "BETA-SEG"].map { try explained(installation, $0) }
        let verified = try StillHouse.margin(installation, "verify", "--business-date", Self.day)
        #expect(verified.contains("equal"), "\(verified)")
        // A run that has kept nothing is worked out, to the same.
        let connection = try installation.connect()
        for table in Self.tables { try connection.script("delete from margin.\(table)") }
        #expect(try ["ALPHA-HOUSE", "BETA-CLIENT", "BETA-SEG"].map { try explained(installation, $0) } == kept)
        try await installation.close()
    }

    /// The rows below the effects, against the files of the house.
    private func expectBelow(_ installation: Installation) throws {
        let house = Checkout.fixtures + "/two-day-night/input"
        let held = try CSVRows.rows(ofFile: "\(house)/position.csv")
        struct Key: Hashable {
            let account, owner, series: String
        }
        func book(_ date: String) throws -> [Key: [Int]] {
            // What settles finally is held no more.
            try Dictionary(
                uniqueKeysWithValues: held.filter { $0["business_date"] == date && $0["series"] != "" }.map { row in
                    let key = Key(
                        account: row["account"] ?? "", owner: row["owner"] ?? "", series: row["series"] ?? "")
                    return (key, try ["long_quantity", "short_quantity"].map { try #require(Int(row[$0] ?? "")) })
                })
        }
        let (then, now) = (try book(Self.before), try book(Self.day))
        var changed: [Key: [Int]] = [:]
        for key in Set(then.keys).union(now.keys) where then[key] != now[key] {
            changed[key] = (then[key] ?? [0, 0]) + (now[key] ?? [0, 0])
        }
        let columns = ["long_yesterday", "short_yesterday", "long_today", "short_today"]
        let told = try reported(installation, "attribution-positions")
        #expect(
            try Dictionary(
                uniqueKeysWithValues: told.map { row in
                    let key = Key(
                        account: row["account"] ?? "", owner: row["owner"] ?? "", series: row["series"] ?? "")
                    return (key, try columns.map { try #require(Int(row[$0] ?? "")) })
                }) == changed)
        #expect(changed.count == 6)

        // quantity · contract value factor · move, largest first; the crude contracts are 1,000 barrels, gas 10,000.
        let weights = try reported(installation, "attribution-weights")
        let prices = weights.filter { $0["effect"] == "prices" }
        func lines(_ account: String) -> [String] {
            prices.filter { $0["account"] == account }.map { "\($0["series"] ?? "") \($0["weight"] ?? "")" }
        }
        #expect(
            lines("ALPHA-HOUSE") == [
                "NG-2019-02 43560.00", "CL-2019-02 4000.00", "CL-2019-03 -3250.00", "LO-2019-03-C50 -600.00",
                "LO-2019-03-P40 240.00",
            ])
        // In euro, at 0.873362.
        #expect(
            lines("BETA-CLIENT") == ["NG-2019-02 -38043.65", "CL-2019-02 -3493.45", "LO-2019-03-C50 349.34"])
        // The owners of a segregated account together; 12 puts less 8 of the other owner.
        #expect(
            lines("BETA-SEG") == ["CL-2019-03 3250.00", "LO-2019-03-P40 -240.00", "LO-2019-03-C50 200.00"])
        let volatilities = weights.filter { $0["effect"] == "volatilities" && $0["account"] == "BETA-SEG" }
        for row in volatilities {
            let vega = try installation.connect().value(
                """
                select r.vega * 1000 from margin.risk_array as r join margin.run as n using (run_id)
                where n.business_date = '\(Self.day)' and r.series = '\(row["series"] ?? "")'
                """, as: .double)
            let move = try amount(row, "today") - amount(row, "yesterday")
            let expected = try Double(truncating: (amount(row, "quantity") * move) as NSDecimalNumber) * vega
            let weight = try Double(truncating: amount(row, "weight") as NSDecimalNumber)
            #expect(abs(weight - expected) < 0.01 && weight != 0, "\(row)")
        }
        #expect(volatilities.count == 2)
    }

    @Test func `a house that does not want it, and its first night, have no rows and no reports`() async throws {
        let silent = try await installation(wants: false)
        try run(silent, Self.before, Self.day)
        for table in Self.tables { #expect(try silent.number("select count(*) from margin.\(table)") == 0) }
        #expect(
            try silent.number(
                """
                select sum(row_count)::bigint from margin.execution
                where stage = 'attribution' and status = 'succeeded'
                """
            ) == 0)
        #expect(try !silent.reportPaths().contains { $0.contains("attribution") })
        try await silent.close()

        // Nothing is published before this night, and nothing later makes up for it.
        let installation = try await installation()
        let first = try installation.run("margin", "run", "--business-date", Self.day)
        #expect(first.errors.contains(#""event":"unattributed""#), "\(first.errors)")
        #expect(first.errors.contains("no run of 2018-12-28 is published"))
        try run(installation, Self.before)
        for table in Self.tables where table != "attribution_night" {
            #expect(try installation.number("select count(*) from margin.\(table)") == 0)
        }
        #expect(
            try installation.number("select count(*) from margin.attribution_night where run_id_before is null") == 2)
        #expect(try !installation.reportPaths().contains { $0.contains("attribution") })
        let verified = try StillHouse.margin(installation, "verify", "--business-date", Self.day)
        #expect(verified.contains("equal"), "\(verified)")
        try await installation.close()
    }

    @Test func `a rerun after corrections says what a fresh run says, and what the correction did to the night before`()
        async throws
    {
        let installation = try await installation()
        try run(installation, Self.before, Self.day)
        func correct(_ date: String, _ words: String...) throws {
            let ended = try installation.start(
                "margin", ["correct"] + words + ["--business-date", date, "--reason", "test"]
            ).wait()
            #expect(ended.code == 0, "\(ended.errors)")
        }
        // Gas expired tonight: whoever held it the night before has its price in some states.
        try correct(Self.day, "price", "--series", "CL-2019-02", "--price", "45.91")
        try correct(
            Self.day, "parameter", "combined_commodity_margin", "combined_commodity=CRUDE", "set",
            "price_scan_range=3.75",
            "--until", Self.day)
        let officer = "officer_" + installation.settings.database
        try StillHouse.margin(installation, "db", "person", officer)
        let override = try installation.number("select max(load_id) from margin.input_load")
        try StillHouse.margin(
            installation, "approve", "correction", "\(override)", "--reason", "seen", "--as", officer)
        try StillHouse.margin(installation, "rerun", "--business-date", Self.day, "--reason", "test")
        try StillHouse.margin(installation, "publish", "--business-date", Self.day, "--run", "2")
        try expectFresh(installation, run: 2, whole: 3)
        let parameters = try reported(installation, "attribution-parameters")
        #expect(
            parameters.map { row in
                ["table_name", "row_key", "column_name", "change", "yesterday", "today"].map { row[$0] ?? "" }
            } == [["combined_commodity_margin", "CRUDE", "price_scan_range", "changed", "3.60", "3.75"]])
        let told = try reported(installation, "attribution")
        #expect(try told.contains { try $0["figure"] == "requirement" && amount($0, "parameters") > 0 })

        // The night before is corrected and published again: what members were told of it stands apart.
        try correct(Self.before, "price", "--series", "LO-2019-03-C50", "--price", "1.60")
        try StillHouse.margin(installation, "rerun", "--business-date", Self.before, "--reason", "test")
        try StillHouse.margin(installation, "publish", "--business-date", Self.before)
        try StillHouse.margin(installation, "rerun", "--business-date", Self.day, "--reason", "test")
        try StillHouse.margin(installation, "publish", "--business-date", Self.day)
        let anew = try reported(installation, "attribution").filter { $0["figure"] == "requirement" }
        for row in anew {
            let earlier = try #require(told.first { $0["account"] == row["account"] && $0["figure"] == "requirement" })
            #expect(row["run_number_before"] == "2" && row["reported_yesterday"] == earlier["yesterday"])
            #expect(try amount(row, "reported_yesterday") + amount(row, "correction") == amount(row, "yesterday"))
        }
        #expect(try anew.contains { try amount($0, "correction") != 0 })
        let kept = try explained(installation, "BETA-SEG")
        #expect(kept[0].contains("correction"), "\(kept[0])")
        let verified = try StillHouse.margin(installation, "verify", "--business-date", Self.day)
        #expect(verified.contains("equal"), "\(verified)")
        let connection = try installation.connect()
        for table in Self.tables { try connection.script("delete from margin.\(table)") }
        #expect(try explained(installation, "BETA-SEG") == kept)
        try connection.script("drop owned by \(officer); drop role \(officer)")
        try await installation.close()
    }

    /// A run that computed what changed sees the rows of one that computed everything.
    private func expectFresh(_ installation: Installation, run: Int, whole: Int) throws {
        try StillHouse.margin(installation, "rerun", "--whole", "--business-date", Self.day, "--reason", "test")
        for table in Self.tables {
            let found = try rows(installation, table, Self.day, run: run)
            #expect(found == (try rows(installation, table, Self.day, run: whole)), "\(table)")
            #expect(!found.isEmpty, "\(table)")
        }
    }
}
