import Foundation
import Postgres
import TestSupport
import Testing

/// `margin explain --stress`: from what is lacking down to the moved price, each step held to the one above it.
@Suite struct ExplainStressTests {
    @Test func `the words of a shortfall, from the fund's need to the moved price`() async throws {
        let installation = try await Installation.editing { try $0.addStress() }
        let day = ["--business-date", "2018-12-31"]
        let night = try installation.start("margin", ["run"] + day).wait()
        #expect(night.code == 0, "\(night.errors)")
        // 30 contracts of 1,000 at 45.81 lose 30 × 1,000 × 0.2 × 45.81 = 274,860.
        let gamma = try installation.start("margin", ["explain", "GAMMA", "--stress"] + day).wait()
        #expect(
            gamma.output == """
                GAMMA, member GAMMA, 2018-12-31 EOD run 1, stress set STRESS, amounts in USD
                scenario 2 rise, the worst: parallel
                shortfall 152312.33 = house 152312.33 + max(0, clients 0.00 − house surplus 0.00)
                unit house: shortfall 152312.33 = max(0, exposure 274860.00 − cover 122547.67)
                  account GAMMA-HOUSE: exposure 274860.00, cover 122547.67
                    USD 274860.00 × 1 = 274860.00
                      CRUDE 274860.00
                        CL-2019-03: -30 × (loss -9162.00) = 274860.00
                          moved by the row of CRUDE, all months: price relative 0.2, volatility relative 0.2
                          price 45.81 → 54.972
                          loss -9162.00 = 1000 × (value 45.81 − 54.972), rounded

                """, "\(gamma.output)\(gamma.errors)")
        for member in ["ALPHA", "BETA", "GAMMA", "DELTA"] {
            for scenario in [[], ["--scenario", "1"], ["--scenario", "rise"]] {
                try check(installation, [member] + scenario, "2018-12-31")
            }
        }
        for part in ["ALPHA/house", "BETA-CLIENT", "BETA-SEG", "GAMMA-HOUSE"] {
            try check(installation, [part], "2018-12-31")
        }
        for (words, code, said) in [
            (["NOBODY", "--stress"], 66, "2018-12-31 EOD run 1 has no member, account or ACCOUNT/OWNER NOBODY"),
            (["GAMMA", "--stress", "--scenario", "3"], 66, "stress set STRESS has no scenario 3; it has 1 to 2"),
            (["GAMMA", "--stress", "--scenario", "0"], 66, "has no scenario 0"),
            (["GAMMA", "--stress", "--run", "7"], 66, "there is no run 7"),
            (["GAMMA", "--stress", "--item", "CRUDE"], 64, "neither --series nor --item"),
            (["GAMMA", "--scenario", "1"], 64, "--scenario is for --stress"),
        ] as [([String], Int32, String)] {
            let ended = try installation.start("margin", ["explain"] + words + day).wait()
            #expect(ended.code == code && ended.errors.contains(said), "\(words): \(ended.errors)")
            #expect(ended.output.isEmpty)
        }
        try await installation.close()
        let plain = try await Installation()
        _ = try plain.start("margin", ["run"] + day).wait()
        let unstressed = try plain.start("margin", ["explain", "ALPHA", "--stress"] + day).wait()
        #expect(unstressed.code == 66, "\(unstressed.errors)")
        #expect(
            unstressed.errors.contains("2018-12-31 EOD run 1 was not stressed: parameter set P2018 has no stress set"))
        try await plain.close()
    }

    @Test func `a stress add-on says its scenario, charge and share`() async throws {
        let (installation, date) = try await night("stress-add-on")
        let text = try installation.run("margin", "explain", "HOUSE-A", "--stress", "--business-date", date)
        for line in [
            "stress add-on of account HOUSE-A: 12471.32, called as 12471.32 EUR",
            "  charge of member M1 32264.00 = shortfall 42264.00 in scenario 1 FALL − share 0.1 × guaranty fund 100000.00",
            "  shared by what is lacking there: of the account 24984.00",
        ] { #expect(text.output.lowercased().contains(line.lowercased() + "\n"), "\(line)\n\(text.output)") }
        let whole = try rows(installation, ["M1"], date)
        let parts = try #require(whole["stress_add_ons"])
        #expect(parts.map { $0["account"] as? String } == ["CLIENT", "HOUSE-A", "HOUSE-C", "TRUST"])
        let sum = try parts.reduce(Decimal(0)) { $0 + (try amount($1, "amount")) }
        #expect(try sum == amount(parts[0], "charge"))
        for member in ["M1", "M2", "M3"] { try check(installation, [member], date) }
        try check(installation, ["TRUST/O1"], date)
        try await installation.close()
    }

    @Test(arguments: [
        ("stress-gross-omnibus", ["OMNIBUS", "SAME-NET"]), ("stress-owners-apart", []),
        ("stress-net-option-value", []), ("stress-twist-by-month", []),
    ]) func `every step of a case adds up to the one above`(_ house: String, _ accounts: [String]) async throws {
        let (installation, date) = try await night(house)
        let members = try installation.connect().rows("select distinct member from margin.account order by member")
        for member in members {
            for scenario in house == "stress-twist-by-month" ? ["1"] : ["1", "2"] {
                try check(installation, [try member.text("member"), "--scenario", scenario], date)
            }
        }
        for account in accounts { try check(installation, [account], date) }
        try await installation.close()
    }

    private func night(_ name: String) async throws -> (Installation, date: String) {
        let house = Checkout.fixtures + "/\(name)/input"
        let date = try CSVRows.rows(ofFile: house + "/position.csv").compactMap { $0["business_date"] }.max() ?? ""
        let installation = try await Installation(house: house)
        let ended = try installation.run("margin", "run", "--business-date", date)
        #expect(ended.code == 0, "\(ended.errors)")
        return (installation, date)
    }

    private typealias Rows = [String: [[String: Any]]]

    private func rows(_ installation: Installation, _ words: [String], _ date: String) throws -> Rows {
        let ended = try installation.start(
            "margin", ["explain", "--stress", "--json", "--business-date", date] + words
        ).wait()
        #expect(ended.code == 0, "\(words): \(ended.errors)")
        return try #require(try jsonObject(ended.output)["rows"] as? Rows)
    }

    private func amount(_ row: [String: Any], _ name: String) throws -> Decimal {
        let text = try #require(row[name] as? String, "\(name) of \(row)")
        // The value of an option that is all but worthless has no Decimal.
        return try Decimal(string: text) ?? Decimal(#require(Double(text).flatMap { abs($0) < 1e-100 ? 0 : nil }))
    }

    private func integer(_ row: [String: Any], _ name: String) throws -> Decimal {
        Decimal(try #require(row[name] as? Int, "\(name) of \(row)"))
    }

    /// Positions to currencies to accounts to units to the shortfall, and accounts against what the run keeps.
    private func check(_ installation: Installation, _ words: [String], _ date: String) throws {
        let rows = try rows(installation, words, date)
        let head = try #require(rows["stress"]?.first)
        let number = try integer(head, "scenario_number")
        var open: [[String]: Decimal] = [:]
        for position in try #require(rows["stress_positions"]) {
            let (long, short) = (try integer(position, "long_quantity"), try integer(position, "short_quantity"))
            let perUnit = try amount(position, "loss") - amount(position, "net_option_value")
            let isGross = try #require(position["is_gross"] as? Bool)
            let cost = isGross ? long * max(0, perUnit) + short * max(0, -perUnit) : (long - short) * perUnit
            #expect(try cost == amount(position, "cost"), "\(position)")
            let loss =
                try amount(position, "contract_value_factor")
                * (amount(position, "value") - amount(position, "moved_value"))
            #expect(abs(loss - (try amount(position, "loss"))) <= Decimal(string: "0.00501")!, "\(position)")
            open[try key(position, "currency"), default: 0] += cost
        }
        var exposures: [[String]: Decimal] = [:]
        for currency in try #require(rows["stress_currencies"]) {
            #expect(open.removeValue(forKey: try key(currency, "currency")) == (try amount(currency, "cost")))
            var (product, converted) = (try amount(currency, "cost") * amount(currency, "fx_rate"), Decimal())
            unsafe NSDecimalRound(&converted, &product, 2, .plain)
            #expect(try converted == amount(currency, "converted_cost"), "\(currency)")
            exposures[try key(currency), default: 0] += converted
        }
        #expect(open.isEmpty)
        var units: [String: (exposure: Decimal, cover: Decimal)] = [:]
        for row in try #require(rows["stress_exposures"]) {
            let exposure = try amount(row, "exposure")
            if let walked = exposures[try key(row)] { #expect(walked == exposure, "\(row)") }
            let kept =
                "select exposure[\(number)] from margin.stress_exposure where account = '\(try key(row)[0])' "
                + "and owner = '\(try key(row)[1])'"
            #expect(try Decimal(installation.number(kept)) == exposure * 100, "\(row)")
            let unit = try #require(row["unit"] as? String)
            units[unit, default: (0, 0)].exposure += exposure
            units[unit, default: (0, 0)].cover += try amount(row, "cover")
        }
        var (house, clients, surplus): (Decimal, Decimal, Decimal) = (0, 0, 0)
        for row in try #require(rows["stress_units"]) {
            let unit = try #require(row["unit"] as? String)
            let found = try #require(units[unit])
            #expect(try found.exposure == amount(row, "exposure") && found.cover == amount(row, "cover"))
            #expect(try amount(row, "shortfall") == max(0, found.exposure - found.cover), "\(row)")
            if unit == "house" {
                house += max(0, found.exposure - found.cover)
                surplus += max(0, found.cover - found.exposure)
            } else {
                clients += max(0, found.exposure - found.cover)
            }
        }
        let covers =
            try installation.number(
                "select count(*) from margin.stress_set where house_surplus_covers_clients") > 0
        let shortfall = house + max(0, clients - (covers ? surplus : 0))
        #expect(try amount(head, "shortfall") == shortfall, "\(words): \(head)")
        let member = try #require(head["member"] as? String)
        guard member == words[0] else { return }
        let kept = "select shortfall[\(number)] from margin.member_stress where member = '\(member)'"
        #expect(try Decimal(installation.number(kept)) == shortfall * 100)
    }

    private func key(_ row: [String: Any], _ more: String...) throws -> [String] {
        try (["account", "owner"] + more).map { try #require(row[$0] as? String) }
    }
}
