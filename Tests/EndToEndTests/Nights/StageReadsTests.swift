import Foundation
import Postgres
import Testing
import TestSupport

/// A stage reads each input once, and of the inputs what enters its figures.
@Suite(.serialized) struct StageReadsTests {
    /// What a house's stages read of what is valued and held, beside rows that a calculation has written.
    private static let looked: Set = [
        "load-accounts", "load-fx-haircuts", "load-fx-rates", "load-interest-rates", "load-positions", "load-scenarios",
        "load-series", "load-settlement-prices", "load-underlying-prices", "load-volatilities",
    ]

    private static let arrays = [
        "load-interest-rates", "load-series", "load-settlement-prices", "load-underlying-prices", "load-volatilities",
    ]

    @Test(
        arguments: [
            // No row asks for portfolios or histories: add-ons scale with what the offsets have written.
            ("two-day-night", [:]),
            ("correlation-underestimation", ["add-ons": ["load-positions", "load-series", "load-settlement-prices"]]),
            // Histories revalue series in the offsets.
            (
                "expected-shortfall",
                ["offsets": ["load-interest-rates", "load-underlying-prices", "load-volatilities"]]
            ),
        ] as [(String, [String: [String]])])
    func `each stage reads what enters its figures, once`(house: String, more: [String: [String]]) async throws {
        let installation = try await Installation(house: Checkout.fixtures + "/\(house)/input")
        let reads = try await reads(of: installation)
        let always = [
            "ingest": [], "report": [],
            "risk-arrays": Self.arrays + ["load-fx-haircuts", "load-scenarios"],
            "offsets": [
                "load-accounts", "load-fx-haircuts", "load-fx-rates", "load-positions", "load-scenarios", "load-series",
                "load-settlement-prices",
            ],
            "add-ons": ["load-accounts", "load-fx-haircuts", "load-fx-rates", "load-scenarios"],
            // Without a stress set the parameters are all that it looks at.
            "stress": ["load-fx-haircuts", "load-scenarios"],
            "calls": [
                "load-accounts", "load-fx-haircuts", "load-fx-rates", "load-positions", "load-scenarios", "load-series",
                "load-settlement-prices",
            ],
        ]
        for stage in NightTests.stages {
            let wanted = (always[stage, default: []] + more[stage, default: []]).sorted()
            #expect(reads[stage, default: []].filter(Self.looked.contains).sorted() == wanted, "\(house): \(stage)")
            let twice = Dictionary(grouping: reads[stage, default: []]) { $0 }.filter { $1.count > 1 }.keys.sorted()
            #expect(twice == [], "\(house): \(stage) reads twice")
        }
        try await installation.close()
    }

    /// The statements of sql/queries that load something within a stage's transaction, by stage of the house's last
    /// night and in their order.
    private func reads(of installation: Installation) async throws -> [String: [String]] {
        let date = try installation.connect().value(
            "select max(business_date)::text from margin.position where cycle = 'EOD'", as: .text)
        let names = try purposes()
        var reads: [String: [String]] = [:]
        for stage in NightTests.stages {
            let statements = try installation.serverLog(
                of: "margin-\(stage)", ["--business-date", date], options: ["log_statement=all"])
            // What comes before opens the run.
            let own = statements.split(separator: "LOG:  ").drop {
                !$0.contains("begin isolation level repeatable read")
            }
            reads[stage] = own.compactMap { entry in
                guard entry.hasPrefix("execute") || entry.hasPrefix("statement"),
                    let purpose = entry.firstMatch(of: /-- purpose: (.*)/)
                else { return nil }
                return names[purpose.output.1]
            }
        }
        return reads
    }

    /// The loading queries by what their headers say first; those of what is in scope under the whole one's name.
    private func purposes() throws -> [Substring: String] {
        let folder = Checkout.root + "/sql/queries/"
        var names: [Substring: String] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder) where path.contains("/load-") {
            let text = try String(contentsOfFile: folder + path, encoding: .utf8)
            let purpose = try #require(text.firstMatch(of: /-- purpose: (.*)/), "\(path)").output.1
            let name = path.split(separator: "/")[1].dropLast(4).replacing("-in-scope", with: "")
            names[purpose] = String(name)
        }
        return names
    }
}
