import Foundation
import Postgres
import Quantities
import TestSupport
import Testing

/// `margin stress`: what a default costs and whom, a fund, scenarios of the past.
@Suite struct StressCommandTests {
    static let day = ["--business-date", "2018-12-31"]

    /// The house with both of its nights published.
    private func withNights(_ body: (Installation) async throws -> Void) async throws {
        let installation = try await Installation.editing { try $0.addStress() }
        for date in ["2018-12-28", "2018-12-31"] {
            let night = try installation.run("margin", "run", "--business-date", date)
            #expect(night.code == 0, "\(night.errors)")
        }
        try await body(installation)
        try await installation.close()
    }

    private func ask(_ installation: Installation, _ words: String...) throws -> Ended {
        try installation.start("margin", ["stress"] + words).wait()
    }

    private func document(_ installation: Installation, _ words: String...) throws -> [String: Any] {
        let ended = try installation.start("margin", ["stress"] + words + ["--json"]).wait()
        #expect(ended.code == 0, "\(words): \(ended.errors)")
        return try jsonObject(ended.output)
    }

    private func amount(_ value: Any?) throws -> ExactDecimal {
        try #require((value as? String).flatMap { ExactDecimal($0) })
    }

    @Test func `a default is followed, and what all who defaulted lose is borne to the cent`() async throws {
        try await withNights { installation in
            for words in [[], ["GAMMA", "--scenario", "fall"], ["ALPHA", "BETA-GROUP", "GAMMA", "DELTA"]] {
                let ended = try installation.start("margin", ["stress", "default"] + words + Self.day + ["--json"])
                    .wait()
                #expect(ended.code == 0, "\(ended.errors)")
                let found = try jsonObject(ended.output)
                let losses = try #require(found["waterfall"] as? [String: Any])
                let steps = try #require(losses["steps"] as? [[String: Any]])
                var sums: [String: ExactDecimal] = [:]
                for step in steps {
                    let lines = try #require(step["lines"] as? [[String: Any]])
                    let sum = try lines.reduce(ExactDecimal.zero) { $0 + (try amount($1["amount"])) }
                    #expect(sum == (try amount(step["amount"])), "\(step)")
                    sums[try #require(step["step"] as? String)] = sum
                }
                let loss = try amount(losses["loss"])
                #expect(sums.values.reduce(.zero, +) == loss && loss > .zero, "\(words)")
                let rounds = try #require(found["rounds"] as? [[String: Any]])
                let shortfall = try amount(rounds.last?["shortfall"])
                let beyond = (sums["assessment"] ?? .zero) + (sums["uncovered"] ?? .zero)
                #expect(beyond == max(.zero, shortfall - ExactDecimal(300_000)), "\(words)")
                #expect(loss - (sums["margin"] ?? .zero) - (sums["house_surplus"] ?? .zero) == shortfall, "\(words)")
            }
        }
    }

    @Test func `the words of a followed default, round by round and step by step`() async throws {
        try await withNights { installation in
            let ended = try ask(
                installation, "default", "GAMMA", "--scenario", "rise", "--business-date", "2018-12-31")
            #expect(ended.code == 0, "\(ended.errors)")
            // Closing 30 shorts of 20 a day: 0.7 × 1.5 × √(30/20) = 1.285982, 30 of 2 × 20. GAMMA's 30 contracts then
            // lose 30 × 1,000 × 0.2 × 45.81 = 274,860 and its margin of 122,547.67 is short by 152,312.33.
            for line in [
                "2018-12-31 EOD run 1, scenario 2 rise, amounts in USD",
                "round 0: GAMMA-GROUP (GAMMA) defaults; shortfall 152312.33, fund left 147687.67",
                "  CRUDE: closing out -30.0000 contracts moves the price by 1.285982, 0.750000 of the volume of 2 days",
                "  ALPHA needs 87385.16, uncovered 27385.16, can raise 10000.00: defaults",
                "round 2: nobody defaults; shortfall 124025.63, fund left 175974.37",
                "losses at the prices of round 2: 345813.07",
                "  their own contributions bear 40000.00, left 84025.63: GAMMA 40000.00",
                "  what is left of their contributions bears 72900.00, left 11125.63: ALPHA 50000.00, DELTA 22900.00",
                "  the house's tranche bears 11125.63",
            ] { #expect(ended.output.contains(line + "\n"), "\(line)\n\(ended.output)") }
            let everybody = try ask(
                installation, "default", "ALPHA", "BETA", "GAMMA", "--scenario", "1", "--business-date", "2018-12-31")
            #expect(everybody.output.contains("round 1: nobody is left to default;"), "\(everybody.output)")
            #expect(everybody.output.contains("  nobody bears "), "\(everybody.output)")
            #expect(!everybody.output.contains("assessments"), "\(everybody.output)")
        }
    }

    @Test func `what is not there is refused by its name`() async throws {
        try await withNights { installation in
            for (words, code, said) in [
                (["default", "NOBODY"] + Self.day, 65, "second_round_group: NOBODY: there is no group and no member"),
                (["default", "--scenario", "flood"] + Self.day, 65, "no scenario flood; it has 1 fall, 2 rise"),
                (["default", "--run", "7"] + Self.day, 66, "there is no run 7"),
                (["default", "--business-date", "2018-12-30"], 66, "there is no published run of 2018-12-30"),
                (["fund", "--minimum", "500000"] + Self.day, 65, "4 members paying at least 500000 each pay more"),
                (["fund", "--house-tranche", "2000000"] + Self.day, 65, "is more than the fund"),
                (["fund", "--buffer", "12"] + Self.day, 64, "--buffer must be"),
                (["fund", "--minimum", "0.001"] + Self.day, 64, "0.001 has more decimals than USD"),
                (
                    ["propose", "--from", "2018-11-01", "--to", "2018-11-03"], 65,
                    "risk_factor_level has no level METHANE 2018-11-03"
                ),
                (["propose", "--from", "2018-11-02", "--to", "2018-11-01"], 64, "--from must be before --to"),
                (["windows", "--factor", "OIL", "--days", "7"], 66, "OIL has 7 levels there, 8 are needed"),
                (["windows", "--account", "NONE"] + Self.day, 66, "has no account NONE"),
                (["windows", "--factor", "OIL", "--house"], 64, "name a --factor, an --account or --house"),
            ] as [([String], Int32, String)] {
                let ended = try installation.start("margin", ["stress"] + words).wait()
                #expect(ended.code == code, "\(words): \(ended.errors)")
                #expect(ended.errors.contains(said), "\(words): \(ended.errors)")
            }
        }
        let plain = try await Installation()
        #expect(try plain.run("margin", "run", "--business-date", "2018-12-31").code == 0)
        for words in [["default"], ["windows", "--house"]] {
            let ended = try plain.start("margin", ["stress"] + words + Self.day).wait()
            #expect(ended.code == 65 && ended.errors.contains("has no stress set"), "\(words): \(ended.errors)")
        }
        let fund = try ask(plain, "fund", "--business-date", "2018-12-31")
        #expect(fund.code == 66 && fund.errors.contains("has no stress test"), "\(fund.errors)")
        try await plain.close()
    }

    @Test func `a fund is proposed from the worst night, and its files are those that a night takes`() async throws {
        try await withNights { installation in
            let ended = try ask(
                installation, "fund", "--business-date", "2018-12-31", "--minimum", "100000", "--buffer", "0.1",
                "--out", installation.folder + "/fund")
            #expect(ended.code == 0, "\(ended.errors)")
            // 483,052.41 × 1.1 = 531,357.651, rounded up. ALPHA's share by weight would be 90,560.99.
            for line in [
                "guaranty fund from 2019-01-02: 531358.00 USD",
                "  largest need 483052.41: 2018-12-31 run 1, scenario 1 fall, ALPHA-GROUP, BETA-GROUP",
                "  of 2 published nights, 2018-12-28 to 2018-12-31",
                "  ALPHA 100000.00: the minimum; shortfall 112114.72, 2018-12-31 run 1, scenario 1 fall",
            ] { #expect(ended.output.contains(line + "\n"), "\(line)\n\(ended.output)") }
            #expect(ended.output.hasSuffix("next: margin load \(installation.folder)/fund\n"), "\(ended.output)")
            let again = try ask(
                installation, "fund", "--business-date", "2018-12-31", "--out", installation.folder + "/fund")
            #expect(again.code == 73, "\(again.errors)")
            let loaded = try installation.run("margin", "load", installation.folder + "/fund")
            #expect(loaded.code == 0, "\(loaded.errors)")
            let sum = "select sum(amount) from margin.guaranty_fund_contribution where effective_from = '2019-01-02'"
            #expect(try installation.number("select count(*) from (\(sum)) as s (paid) where s.paid = 531358") == 1)
            let funds =
                "select count(*) from margin.guaranty_fund where effective_from = '2019-01-02' and amount = 531358"
            #expect(try installation.number(funds) == 1)
            let shared = try document(
                installation, "fund", "--business-date", "2018-12-31", "--by", "requirement", "--house-tranche",
                "100000.5", "--floor", "999999.01", "--nights", "1")
            #expect(shared["size"] as? String == "1000000.00" && shared["is_floor"] as? Bool == true, "\(shared)")
            let paid = try #require(shared["contributions"] as? [[String: Any]])
            let total = try paid.reduce(ExactDecimal.zero) { $0 + (try amount($1["amount"])) }
            #expect(try total == amount("899999.5") && paid.count == 4)
            #expect((shared["nights"] as? [Any])?.count == 1)
        }
    }

    @Test func `a proposed scenario goes into a new set as it is printed, and stresses the night`() async throws {
        try await withNights { installation in
            let ended = try ask(
                installation, "propose", "--from", "2018-11-01", "--to", "2018-11-07", "--code", "CRASH")
            #expect(ended.code == 0, "\(ended.errors)")
            #expect(
                ended.output.contains("  CRUDE: OIL 72 → 50, relative -0.30555556; volatility OIL-VOL 0.4 → 0.4,"),
                "\(ended.output)")
            let next = try #require(ended.output.split(separator: "\n").last { $0.hasPrefix("next: margin ") })
            let command = next.dropFirst("next: ".count).replacing(" SET ", with: " P2019 ")
                .replacing("--effective-from D ", with: "--effective-from 2018-12-31 ")
                .replacing("--reason R ", with: "--reason history ")
            let proposed = try installation.start("/bin/bash", ["-c", "\(Checkout.products)/\(command)"]).wait()
            #expect(proposed.code == 0, "\(command): \(proposed.errors)")
            let rows = "select count(*) from margin.stress_move where parameter_set = 'P2019' and number = 3"
            #expect(try installation.number(rows) == 2)
            let crossed = try document(
                installation, "propose", "--from", "2018-11-01", "--to", "2018-11-02", "--factor", "GAS=NEGATIVE",
                "--kind", "log")
            let moves = try #require(crossed["moves"] as? [[String: Any]])
            #expect(moves.map { $0["price_kind"] as? String } == ["log", "absolute"])
            #expect(moves.map { $0["price_move"] as? String } == ["-0.18232156", "-55.9"])
        }
    }

    @Test func `the worst windows of a factor, an account and the book`() async throws {
        try await withNights { installation in
            let factor = try ask(installation, "windows", "--factor", "OIL", "--days", "1", "--worst", "2")
            #expect(
                factor.output == """
                    OIL: 7 levels, 2018-11-01 to 2018-11-09, relative moves of 1 day
                    falls
                      2018-11-06 to 2018-11-07: 63 → 50, -0.20634921
                      2018-11-01 to 2018-11-02: 72 → 60, -0.16666667
                    rises
                      2018-11-02 to 2018-11-05: 60 → 66, 0.1
                      2018-11-07 to 2018-11-08: 50 → 55, 0.1

                    """, "\(factor.output)\(factor.errors)")
            // A contract of 1,000 at 45.81 loses 45,810 × 0.20634921 = 9,452.86 where OIL fell most, DELTA's 30
            // contracts
            // 283,585.80; the short gains there and loses a tenth where it rose.
            let long = try document(
                installation, "windows", "--account", "DELTA-HOUSE", "--business-date", "2018-12-31", "--days", "1",
                "--worst", "1")
            let worst = try #require((long["windows"] as? [[String: Any]])?.first)
            #expect(worst["from"] as? String == "2018-11-06" && worst["exposure"] as? String == "283585.80", "\(long)")
            let short = try ask(
                installation, "windows", "--account", "GAMMA-HOUSE", "--business-date", "2018-12-31", "--days", "1",
                "--worst", "1")
            #expect(
                short.output.contains("  2018-11-02 to 2018-11-05: 137430.00, shortfall 14882.33\n"), "\(short.output)")
            let house = try document(
                installation, "windows", "--house", "--business-date", "2018-12-31", "--days", "1", "--worst", "3")
            let windows = try #require(house["windows"] as? [[String: Any]])
            #expect(windows.first?["from"] as? String == "2018-11-06", "\(house)")
            let needs = try windows.map { try amount($0["cover_two"]) }
            #expect(needs == needs.sorted(by: >) && needs[0] > .zero)
        }
    }
}
