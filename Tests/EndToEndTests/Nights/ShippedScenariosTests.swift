import Foundation
import TestSupport
import Testing

/// The stress scenarios that are shipped: what the program reads off the histories, and a set that a night takes.
@Suite struct ShippedScenariosTests {
    private static let tables = ["stress_set", "stress_scenario", "stress_move"]

    private static func rows(_ table: String) throws -> [[String]] {
        try String(contentsOfFile: "\(Checkout.fixtures)/stress-scenarios/\(table).csv", encoding: .utf8)
            .split(separator: "\n").dropFirst().map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
    }

    @Test func `the demo house takes the set, and each historical move is the one that is proposed`() async throws {
        let installation = try await Installation(house: nil)
        let house = installation.folder + "/house"
        let made = try installation.run("margin", "generate", house, "--history", Checkout.history)
        #expect(made.code == 0, "\(made.errors)")
        for table in Self.tables {
            let text = try String(
                contentsOfFile: "\(Checkout.fixtures)/stress-scenarios/\(table).csv", encoding: .utf8)
            try text.replacing("ENERGY-STRESS", with: "2018-12").write(
                toFile: "\(house)/\(table).csv", atomically: true, encoding: .utf8)
        }
        let histories = try Self.histories(besides: house, into: installation.folder)
        for words in [["load", house]] + histories.map({ ["load", "risk_factor_level", $0] })
            + [["run", "--business-date", "2018-12-28"]]
        {
            let ended = try installation.start("margin", words).wait()
            #expect(ended.code == 0, "\(words): \(ended.errors)")
        }
        let scenarios = try Self.rows("stress_scenario")
        #expect(try installation.number("select count(*) from margin.cover_two") == Int64(scenarios.count + 1))
        try expectProposed(installation, scenarios)
    }

    /// The shipped histories without the days that a house has already, as files.
    private static func histories(besides house: String, into folder: String) throws -> [String] {
        func lines(_ path: String) throws -> [Substring] {
            try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        }
        let known = Set(
            try lines("\(house)/risk_factor_level.csv").map { line in
                line.split(separator: ",", omittingEmptySubsequences: false).prefix(2)
            })
        return try ["wti", "brent", "henryhub"].map { name in
            let path = "\(folder)/\(name).csv"
            let kept = try lines("\(Checkout.fixtures)/history/\(name)-daily.csv").filter { line in
                let cells = line.split(separator: ",", omittingEmptySubsequences: false).prefix(2)
                return cells.first == "risk_factor" || !known.contains(cells)
            }
            try kept.map { $0 + "\n" }.joined().write(toFile: path, atomically: true, encoding: .utf8)
            return path
        }
    }

    private func expectProposed(_ installation: Installation, _ scenarios: [[String]]) throws {
        let moves = Dictionary(grouping: try Self.rows("stress_move")) { $0[1] }
        let historical = scenarios.filter { $0[3] == "historical" }
        #expect(historical.count == 8)
        for scenario in historical {
            let own = try #require(moves[scenario[1]]).filter { !$0[3].isEmpty }
            let factors = own.flatMap { ["--factor", $0[3] == "GAS" ? "GAS=HENRYHUB" : "\($0[3])=\($0[3])"] }
            let days = ["--from", scenario[4], "--to", scenario[5]]
            let ended = try installation.start("margin", ["stress", "propose", "--json"] + days + factors).wait()
            #expect(ended.code == 0, "\(scenario[2]): \(ended.errors)")
            let document = try JSONSerialization.jsonObject(with: Data(ended.output.utf8)) as? [String: Any]
            let proposed = try #require(document?["moves"] as? [[String: Any]])
            let rows = proposed.map { move in
                ["combined_commodity", "price_kind", "price_move"].map { move[$0] as? String }
            }
            #expect(rows == own.map { [$0[3], $0[6], $0[7]] }, "\(scenario[2])")
        }
    }
}
