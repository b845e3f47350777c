import Foundation
import TestSupport
import Testing

/// The page of stress as a file of a run: the demo house, which is stressed.
@Suite struct StressPageNightTests {
    private static let day = "2018-12-28"

    private func demoNight() async throws -> Installation {
        let installation = try await Installation(house: nil)
        let house = installation.folder + "/house"
        for words in [
            ["generate", "--size", "demo", "--seed", "20181231", "--history", Checkout.history, house],
            ["load", house], ["run", "--business-date", "2018-12-27"], ["run", "--business-date", Self.day],
        ] {
            let ended = try installation.start("margin", words).wait()
            #expect(ended.code == 0, "\(words[0]): \(ended.errors)")
        }
        return installation
    }

    private func margin(_ installation: Installation, _ words: String...) throws -> String {
        try margin(installation, words: words)
    }

    private func margin(_ installation: Installation, words: [String]) throws -> String {
        let ended = try installation.start("margin", words + ["--business-date", Self.day]).wait()
        #expect(ended.code == 0, "\(words[0]): \(ended.errors)")
        return ended.output
    }

    /// Every cell of the reports of stress that the page shows stands in it as it stands there.
    private func expectFiguresOfReports(_ installation: Installation, _ page: String, run: Int) throws {
        let shown = [
            "cover-two": [
                "scenario_number", "scenario", "kind", "cover_one", "cover_two", "mutualised", "fund", "sufficiency",
            ],
            "reverse-stress": ["scenario", "multiplier", "cover_two"],
            "second-round": ["round", "shortfall", "fund_left"],
            "second-round-impacts": ["combined_commodity", "net_delta", "price_move", "participation"],
        ]
        for (report, columns) in shown {
            let csv = try margin(installation, "show", "--run", "\(run)", "--report", report)
            let lines = csv.split(separator: "\r\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
            let head = try #require(lines.first)
            #expect(lines.count > 2, "\(report)")
            for line in lines.dropFirst() {
                for column in columns {
                    let cell = line[try #require(head.firstIndex { $0 == column })]
                    #expect(cell.isEmpty || page.contains(">\(cell)<"), "\(report) \(column) \(cell)")
                }
            }
        }
    }

    @Test func `is issued with the night, kept where stress stands, and issued again where the fund is another`()
        async throws
    {
        let installation = try await demoNight()
        func page(run: Int) throws -> String {
            try margin(installation, "show", "--run", "\(run)", "--report", "stress-page", "--format", "html")
        }
        func issuer(run: Int) throws -> Int64 {
            try installation.number(
                """
                select f.issued_run_number::bigint as issued_run_number
                from margin.report_file as f join margin.run as r on r.run_id = f.run_id
                where r.business_date = '\(Self.day)' and r.run_number = \(run) and f.report = 'stress-page'
                    and f.format = 'html' and f.member = ''
                """)
        }
        let first = try page(run: 1)
        #expect(first.hasPrefix("<!DOCTYPE html>") && first.contains(">32000000.00<"))
        try expectFiguresOfReports(installation, first, run: 1)

        func correct(_ row: String...) throws {
            _ = try margin(installation, words: ["correct", "row"] + row + ["--reason", "test"])
        }
        try correct("clearing_member", "member=M02", "set", "wants_greeks=true")
        _ = try margin(installation, "rerun", "--reason", "test")
        #expect(try issuer(run: 2) == 1)
        #expect(try page(run: 2) == first)

        try correct("guaranty_fund", "effective_from=2018-01-01", "set", "amount=33000000")
        _ = try margin(installation, "rerun", "--reason", "test")
        #expect(try issuer(run: 3) == 3)
        let third = try page(run: 3)
        #expect(third.contains(">33000000.00<"))
        try expectFiguresOfReports(installation, third, run: 3)
        for run in 1...3 {
            #expect(try margin(installation, "verify", "--run", "\(run)").contains("equal"))
        }
        try await installation.close()
    }
}
