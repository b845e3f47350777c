import Foundation
import TestSupport
import Testing

/// `margin explain --why`: what moved a figure since the night before.
@Suite struct ExplainChangeTests {
    @Test func `the effects of a move lead from yesterday's report to today's`() async throws {
        let installation = try await Installation()
        let day = ["--business-date", "2018-12-31"]
        for date in ["2018-12-28", "2018-12-31"] {
            let night = try installation.run("margin", "run", "--business-date", date)
            #expect(night.code == 0, "\(night.errors)")
        }
        let explained = try installation.start("margin", ["explain", "BETA-SEG", "--why"] + day).wait()
        let document = try String(contentsOfFile: Checkout.root + "/docs/operations.md", encoding: .utf8)
        #expect(document.contains("```\n\(explained.output)```"), "\(explained.output)\(explained.errors)")

        for account in ["ALPHA-HOUSE", "BETA-CLIENT", "BETA-SEG"] {
            let ended = try installation.start("margin", ["explain", account, "--why", "--json"] + day).wait()
            #expect(ended.code == 0, "\(ended.errors)")
            let rows = try #require(try jsonObject(ended.output)["rows"] as? [String: [[String: Any]]])
            let figures = try #require(rows["attribution"])
            #expect(figures.map { $0["figure"] as? String ?? "" }.contains("requirement"))
            for row in figures {
                let figure = try #require(row["figure"] as? String)
                let published = try ["2018-12-28", "2018-12-31"].map {
                    try amount(try reported(installation, account, $0)[figure])
                }
                #expect(try [amount(row["yesterday"]), amount(row["today"])] == published, "\(account) \(figure)")
                let effects = try Self.kinds.map { try amount(row[$0]) }
                #expect(published[0] + effects.reduce(0, +) == published[1], "\(account) \(figure)")
                // Nobody changed the parameters, the static data are the same; book and prices are not.
                #expect(effects[4] == 0 && effects[5] == 0 && effects[1] != 0 && effects[2] != 0)
                for part in ["forward", "reverse"] {
                    let steps = try #require(rows["interaction"]).filter { $0["figure"] as? String == figure }
                    #expect(try steps.map { try amount($0[part]) }.reduce(0, +) == published[1] - published[0])
                }
            }
        }
        for (words, code, said) in [
            (["NOBODY", "--why"] + day, 66, "neither 2018-12-28 EOD run 1 nor 2018-12-31 EOD run 1 margins account"),
            (
                ["BETA-SEG", "--why", "--business-date", "2018-12-28"], 66,
                "no business date before 2018-12-28"
            ),
            (["BETA-SEG", "--why", "--item", "CRUDE"] + day, 64, "--why takes an account"),
        ] as [([String], Int32, String)] {
            let ended = try installation.start("margin", ["explain"] + words).wait()
            #expect(ended.code == code && ended.errors.contains(said), "\(words): \(ended.errors)")
            #expect(ended.output.isEmpty)
        }
        try await installation.close()
    }

    private static let kinds = ["time", "positions", "prices", "volatilities", "parameters", "static"]

    private func amount(_ value: Any?) throws -> Decimal {
        let text = try #require(value as? String)
        return try #require(Decimal(string: text))
    }

    /// The account's row of the report `margin-call` of a date.
    private func reported(_ installation: Installation, _ account: String, _ date: String) throws -> [String: String] {
        let folder = "\(installation.reports)/\(date)/EOD/current"
        for name in try FileManager.default.contentsOfDirectory(atPath: folder)
        where name.hasPrefix("margin-call.") && name.hasSuffix(".csv") {
            for row in try CSVRows.rows(ofFile: folder + "/" + name) where row["account"] == account { return row }
        }
        throw CaseError(what: "no call of \(account) on \(date)")
    }
}
