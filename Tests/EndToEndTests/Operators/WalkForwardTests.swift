import Foundation
import Postgres
import TestSupport
import Testing

/// `margin walk-forward`: the shipped rule over the shipped histories, a price below zero, bad input, and the same walk
/// from the database.
@Suite struct WalkForwardTests {
    private static let rules = "\(Checkout.fixtures)/default-calibration"
    private static let histories = "\(Checkout.fixtures)/history"

    private static func number(_ value: Any?) -> Double { (value as? NSNumber)?.doubleValue ?? .nan }

    private static func shown(_ share: Double, _ decimals: Int = 1) -> String {
        String(format: "%.\(decimals)f %%", 100 * share)
    }

    /// The walks of the shipped files up to a day, by code and variant.
    private func walks(through day: String) throws -> [String: [String: Any]] {
        let ended = try BuiltProgram.run(
            "margin", ["walk-forward", Self.rules, "--history", Self.histories, "--through", day, "--json"])
        #expect(ended.code == 0, "\(ended.errors)")
        let document = try JSONSerialization.jsonObject(with: Data(ended.output.utf8)) as? [String: Any]
        let list = try #require(document?["walks"] as? [[String: Any]])
        return Dictionary(
            list.map { ("\($0["walk_forward"] ?? "") \($0["variant"] ?? "")", $0) }, uniquingKeysWith: { $1 })
    }

    /// The rise of a year and its share of the rise without tools, both without step limit.
    private func rises(_ code: String, _ year: String, _ walks: [String: [String: Any]]) -> (own: Double, bare: Double)
    {
        func rise(_ variant: String) -> Double {
            let years = walks["\(code) \(variant)"]?["years"] as? [String: [String: Any]]
            return Self.number(years?[year]?["rise"])
        }
        return (rise("no_step_limit"), rise("no_tools"))
    }

    @Test func `up to 2018 the shipped rule comes to what the document says, and meets what was asked`() throws {
        let found = try walks(through: "2018-12-31")
        let document = try Checkout.text("docs/calibration.md")
        for code in ["BRENT", "GAS", "WTI"] {
            let stated = try #require(found["\(code) stated"])
            let whole = try #require(stated["whole"] as? [String: Any])
            let (own, bare) = rises(code, "2008", found)
            let share = bare > 0 ? own / bare : own
            let (nights, exceptions) = (Self.number(whole["nights"]), Self.number(whole["exceptions"]))
            let (p, cost) = (Self.number(stated["p_at_least"]), Self.number(found["\(code) no_step_limit"]?["cost"]))
            #expect(1 - exceptions / nights >= 0.99 && p >= 0.05 && share <= 0.5 && cost <= 0.15, "\(code)")
            let row =
                [
                    code, "\(whole["first_day"] ?? "")", "\(Int(nights))", "\(Int(exceptions))",
                    Self.shown(1 - exceptions / nights, 3), String(format: "%.4f", p), Self.shown(own),
                    Self.shown(bare),
                    Self.shown(share), Self.shown(cost), "\(whole["below_core_days"] ?? "")",
                ].joined(separator: " | ")
            #expect(document.contains("| \(row) |"), "| \(row) |")
        }
    }

    /// The rows of `docs/calibration.md` for what the same coverage costs otherwise, over all years there are.
    @Test func `what the rule, a flat percentage and plain quantiles cost at equal coverage is what the document says`()
        throws
    {
        let ended = try BuiltProgram.run("margin", ["walk-forward", Self.rules, "--history", Self.histories, "--json"])
        #expect(ended.code == 0, "\(ended.errors)")
        let found = try #require(
            try JSONSerialization.jsonObject(with: Data(ended.output.utf8)) as? [String: Any])
        let rows = try #require(found["efficiency"] as? [[String: Any]])
        #expect(rows.count == 12)
        let document = try Checkout.text("docs/calibration.md")
        for row in rows {
            func text(_ key: String) -> String { row[key] as? String ?? "" }
            let (nights, allowed) = (Self.number(row["nights"]), Self.number(row["allowed"]))
            let ratio = try #require(Double(text("ratio")))
            let multiplier = try #require(Double(text("multiplier")))
            // Never more exceptions than the rule had.
            #expect(Self.number(row["exceptions"]) <= allowed, "\(row)")
            if text("method") == "engine" { #expect(ratio == 1 && multiplier <= 1, "\(row)") }
            let cells = [
                text("walk_forward"), text("method"), "\(Int(allowed)) of \(Int(nights))",
                text("method") == "notional" ? Self.shown(multiplier, 2) : String(format: "%.3f", multiplier),
                text("average"), String(format: "%.3f", ratio), text("excess"),
            ]
            #expect(document.contains("| \(cells.joined(separator: " | ")) |"), "\(cells)")
        }
    }

    @Test func `equal inputs give equal bytes on any number of tasks`() throws {
        let scratch = try ScratchFolder()
        let folders = try ["1", "2", "5"].map { threads in
            let folder = scratch.path(of: "out\(threads)")
            let ended = try BuiltProgram.run(
                "margin",
                [
                    "walk-forward", Self.rules, "--history", "\(Self.histories)/henryhub-daily.csv", "--history",
                    "\(Self.histories)/wti-daily.csv", "--history", "\(Self.histories)/brent-daily.csv", "--through",
                    "2002-12-31", "--threads", threads, "--out", folder,
                ])
            #expect(ended.code == 0, "\(ended.errors)")
            return folder
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folders[0]).sorted()
        #expect(
            names == [
                "walk-forward-day.csv", "walk-forward-day.json", "walk-forward-efficiency.csv",
                "walk-forward-efficiency.json", "walk-forward-year.csv", "walk-forward-year.json",
                "walk-forward.csv", "walk-forward.html", "walk-forward.json",
            ])
        for name in names {
            let bytes = folders.map { FileManager.default.contents(atPath: "\($0)/\(name)") }
            #expect(bytes[0] != nil && bytes[0] == bytes[1] && bytes[0] == bytes[2], "\(name)")
        }
    }
}
