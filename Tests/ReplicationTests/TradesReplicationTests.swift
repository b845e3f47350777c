import Foundation
import TestSupport
import Testing

/// `margin replicate --released` and `--what-if`: what makes a requirement smaller, from files.
@Suite struct `Replication of trades` {
    private static let date = DemoNight.dates[1]

    /// The lines of the demo's positions of some accounts, the header first.
    private func positions(_ night: Night, of accounts: Set<String>) throws -> [String] {
        let lines = try String(contentsOfFile: night.positions, encoding: .utf8).split(whereSeparator: \.isNewline)
            .map(String.init)
        return [lines[0]]
            + lines.dropFirst().filter { line in
                let cells = line.components(separatedBy: ",")
                return cells.count > 3 && cells[0] == Self.date && accounts.contains(cells[2])
            }
    }

    private func replicate(_ night: Night, _ positions: String, _ words: [String]) throws -> [[String: Any]] {
        let ended = try runProgram(
            [
                "replicate", "--json", "--parameters", "\(night.current(Self.date))/manifest.json", "--positions",
                positions,
            ]
                + words)
        guard ended.code == 0 else { throw Night.Failed(what: ended.errors) }
        return try jsonArray(jsonObject(ended.output)["accounts"])
    }

    private func jsonArray(_ value: Any?) throws -> [[String: Any]] { try #require(value as? [[String: Any]]) }

    private func amount(_ value: Any?) throws -> Decimal {
        let text = try #require(value as? String)
        return try #require(Decimal(string: text))
    }

    /// A position is closed by leaving its line out, a trade made by a basket of one line: the same figures.
    @Test func `what is said to be released is what a book without the position does not need`() async throws {
        let night = try await DemoNight.made.value
        try await withScratchFolder { folder in
            let lines = try positions(night, of: ["M01-C02"])
            let (own, less, basket) = (folder + "/own.csv", folder + "/less.csv", folder + "/basket.csv")
            try lines.joined(separator: "\n").write(toFile: own, atomically: true, encoding: .utf8)
            let account = try #require(try replicate(night, own, ["--released"]).first)
            let requirement = try amount(account["requirement"])
            let published = try #require(try replicate(night, own, []).first)
            #expect(published["requirement"] as? String == account["requirement"] as? String)
            let rows = try jsonArray(account["positions"])
            var moved = 0
            #expect(rows.count >= 5, "\(lines.count) lines")
            for row in [rows[0], rows[rows.count / 2], rows[rows.count - 1]] {
                let (series, quantity) = (try #require(row["series"] as? String), row["quantity"] as? String ?? "")
                try lines.filter { !$0.contains(",\(series),") }.joined(separator: "\n")
                    .write(toFile: less, atomically: true, encoding: .utf8)
                let closed = try #require(try replicate(night, less, []).first)
                let without = try amount(closed["requirement"])
                let released = try amount(row["released_by_closing"])
                #expect(released == requirement - without, "\(series)")
                moved += released == 0 ? 0 : 1
                let closing = quantity.hasPrefix("-") ? "1" : "-1"
                try "account,series,quantity\nM01-C02,\(series),\(closing)\n"
                    .write(toFile: basket, atomically: true, encoding: .utf8)
                let traded = try #require(try replicate(night, own, ["--what-if", basket]).first)
                #expect(
                    try amount(row["released_by_one_contract"]) == requirement - amount(traded["requirement_after"]),
                    "\(series)")
            }
            #expect(moved > 1)
            try expectTrades(night, own, account, basket)
        }
    }

    /// The proposed trades as a basket, one after another.
    private func expectTrades(_ night: Night, _ own: String, _ account: [String: Any], _ basket: String) throws {
        let trades = try jsonArray(account["reducing_trades"])
        #expect(trades.count == 3)
        let lowered = try trades.map { try amount($0["lowers_by"]) }
        #expect(lowered == lowered.sorted(by: >) && lowered.allSatisfy { $0 > 0 })
        let lines = trades.map { "M01-C02,\($0["series"] as? String ?? ""),\($0["quantity"] as? String ?? "")" }
        try (["account,series,quantity"] + lines + ["M01-C02,WTI-F-2019-02,500000", "M01-C02,WTI-F-2019-02,-500000"])
            .joined(separator: "\n").write(toFile: basket, atomically: true, encoding: .utf8)
        let found = try #require(try replicate(night, own, ["--what-if", basket]).first)
        let legs = try jsonArray(found["trades"]).map { try amount($0["requirement_after"]) }
        #expect(legs[0] == (try amount(trades[0]["requirement_after"])))
        // Half a million contracts bought and sold again: the whole basket is the three trades, the way is dearer.
        #expect(legs.count == 5 && legs[4] == legs[2] && legs[3] > legs[2])
        #expect(try amount(found["worst_requirement"]) == legs[3] && found["worst_after_trades"] as? Int == 4)
        #expect(try amount(found["change"]) == legs[4] - amount(found["requirement_before"]))
    }

    @Test func `every kind of account is asked, and owners are told apart`() async throws {
        let night = try await DemoNight.made.value
        let ended = try runProgram([
            "replicate", "--released", "--parameters", "\(night.current(Self.date))/manifest.json", "--positions",
            night.positions,
        ])
        #expect(ended.code == 0, "\(ended.errors)")
        let accounts = ended.output.components(separatedBy: "\naccount ").count - 1
        let published = try night.files("margin-call", Self.date, ".csv").flatMap(CSVRows.rows(ofFile:))
        #expect(accounts > 20 && accounts <= published.count, "\(accounts) of \(published.count)")
        #expect(ended.output.contains(" for owner "))
        #expect(ended.output.contains("what lowers it most:\n  1. "))
    }

    @Test func `refuses what is no basket`() async throws {
        let night = try await DemoNight.made.value
        let words = [
            "replicate", "--parameters", "\(night.current(Self.date))/manifest.json", "--positions", night.positions,
        ]
        try await withScratchFolder { folder in
            let basket = folder + "/basket.csv"
            for (lines, code, said) in [
                ("account,series,quantity\n", 66, "basket.csv holds no trade"),
                ("account,series,quantity\nM01-H,WTI-F-2019-02,0\n", 65, "line 2: unreadable quantity “0”"),
                ("account,series,quantity\nM01-H,WTI-F-2019-02,1.5\n", 65, "unreadable quantity “1.5”"),
                ("account,series,quantity\nM01-H,XX,1\n", 65, "line 2: unknown series “XX” of account M01-H"),
                ("account,series,quantity\nM99,WTI-F-2019-02,1\n", 65, "line 2: unknown account “M99”"),
                ("account,owner,series,quantity\nM01-H,O,WTI-F-2019-02,1\n", 65, "unknown owner “O”"),
                ("account,series,price\nM01-H,WTI-F-2019-02,1\n", 65, "column quantity is missing"),
                ("account,series,quantity\nM01-H,WTI-F-2019-02,999999999999999999\n", 65, "leave 64 bits"),
            ] as [(String, Int32, String)] {
                try lines.write(toFile: basket, atomically: true, encoding: .utf8)
                let ended = try runProgram(words + ["--what-if", basket])
                #expect(ended.code == code && ended.errors.contains(said), "\(lines): \(ended.code) \(ended.errors)")
                #expect(ended.errors.contains("hint: ") && ended.output.isEmpty)
            }
            for more in [["--what-if", folder + "/none.csv"], ["--what-if", basket, "--released"]] {
                let ended = try runProgram(words + more)
                #expect(ended.code == (more.count == 2 ? 66 : 64), "\(ended.errors)")
            }
        }
        try await refusesAccountOfNoClass(night, words)
        let checked = try runProgram(words + ["--released", "--check", "a.csv"])
        #expect(checked.code == 64 && checked.errors.contains("--check compares requirements"), "\(checked.errors)")
    }

    /// An account that only the basket names, of a class that the parameters lack.
    private func refusesAccountOfNoClass(_ night: Night, _ words: [String]) async throws {
        let report = try #require(try night.files("accounts", Self.date, ".csv").first { $0.contains(".M01.") })
        try await withScratchFolder { folder in
            let (own, terms, basket) = (folder + "/own.csv", folder + "/accounts.csv", folder + "/basket.csv")
            try positions(night, of: ["M01-H"]).joined(separator: "\n")
                .write(toFile: own, atomically: true, encoding: .utf8)
            try String(contentsOfFile: report, encoding: .utf8).replacing("CLIENT-NET", with: "NO-CLASS")
                .write(toFile: terms, atomically: true, encoding: .utf8)
            try "account,series,quantity\nM01-C02,WTI-F-2019-02,1\n"
                .write(toFile: basket, atomically: true, encoding: .utf8)
            let ended = try runProgram(
                words.dropLast() + [own, "--accounts", terms, "--what-if", basket])
            #expect(ended.code == 65 && ended.errors.contains("no account class “NO-CLASS”, which account M01-C02 is"))
        }
    }
}
