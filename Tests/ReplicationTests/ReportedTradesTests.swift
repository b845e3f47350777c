import Foundation
import TestSupport
import Testing

/// The night's reports of what makes requirements smaller beside what a member computes offline.
@Suite struct `Reports of trades` {
    @Test(arguments: DemoNight.dates) func `say what margin replicate says from the member's own folder`(
        _ date: String
    ) async throws {
        let night = try await DemoNight.made.value
        let members = try CSVRows.rows(ofFile: night.house + "/clearing_member.csv")
        let wanting = members.filter { $0["wants_released_margin"] == "true" }.compactMap { $0["member"] }
        #expect(wanting == ["M01"])
        #expect(try night.files("released-margin", date, ".csv").count == 1)
        let folder = "\(night.current(date))/members/M01"
        func file(_ report: String) -> String { "\(folder)/\(report).\(date).M01.EOD.r1.csv" }
        let asked = try runProgram([
            "replicate", "--released", "--json", "--parameters", folder + "/manifest.json", "--positions",
            file("positions"),
        ])
        #expect(asked.code == 0, "\(asked.errors)")
        let document = try jsonObject(Data(asked.output.utf8))
        let accounts = try #require(document["accounts"] as? [[String: Any]])
        var positions: [[String?]] = []
        var trades: [[String?]] = []
        for account in accounts {
            let code = account["account"] as? String
            for row in account["positions"] as? [[String: Any]] ?? [] {
                let cells = [
                    "owner", "series", "quantity", "released_by_closing", "released_by_one_contract", "scan_share",
                    "currency",
                ]
                positions.append([code] + cells.map { row[$0] as? String })
            }
            for row in account["reducing_trades"] as? [[String: Any]] ?? [] {
                let cells = ["owner", "series", "quantity", "lowers_by", "requirement_after"]
                trades.append([code, "\(row["rank"] as? Int ?? 0)"] + cells.map { row[$0] as? String })
            }
        }
        #expect(positions.count > 20 && trades.count > 3, "\(positions.count), \(trades.count)")
        let released = try CSVRows.rows(ofFile: file("released-margin")).map { row in
            [
                "account", "owner", "series", "quantity", "released_by_closing", "released_by_one_contract",
                "scan_share", "currency",
            ].map { row[$0] }
        }
        let reducing = try CSVRows.rows(ofFile: file("reducing-trades")).map { row in
            ["account", "rank", "owner", "series", "quantity", "lowers_by", "requirement_after"].map { row[$0] }
        }
        #expect(released == positions)
        #expect(reducing == trades)
    }
}
