import Foundation
import TestSupport

/// The demo house, looking ahead, with nights after its last in which nothing moves: rows of a date as those of the
/// next, without the series that are gone, and with final prices where they are for those that go.
struct StillHouse {
    private let folder: String
    /// The rows of the newest date by table.
    private var daily: [String: [[String: String]]] = [:]
    private var heads: [String: [String]] = [:]
    private var levels: [[String: String]] = []
    private let series: [[String: String]]
    private(set) var date = "2018-12-28"

    static let set = "2018-12"

    /// Generates the house, has `edit` change its files, and loads it.
    init(in installation: Installation, _ edit: (String) throws -> Void) throws {
        folder = installation.folder + "/house"
        try Self.margin(
            installation, "generate", "--size", "demo", "--seed", "20181231", "--history", Checkout.history, folder)
        try Self.replace(folder, "house", "wants_attribution\n", with: "wants_attribution,wants_tomorrow\n")
        try Self.replace(folder, "house", ",USD,true\n", with: ",USD,true,true\n")
        try edit(folder)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let lines = CSVRows.lines(try String(contentsOfFile: folder + "/" + name, encoding: .utf8))
            guard let head = lines.first, head.contains("business_date") else { continue }
            let table = String(name.dropLast(4))
            heads[table] = head
            daily[table] = lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(head, $0)) }
                .filter { $0["business_date"] == "2018-12-28" }
        }
        series = try CSVRows.rows(ofFile: folder + "/series.csv")
        levels = try CSVRows.rows(ofFile: folder + "/risk_factor_level.csv").filter { $0["level_date"] == "2018-12-28" }
        heads["risk_factor_level"] = ["risk_factor", "level_date", "level", "source"]
        try Self.margin(installation, "load", folder)
    }

    /// Replaces every such text of a table's file, which must have one.
    static func replace(_ folder: String, _ table: String, _ old: String, with new: String) throws {
        let path = "\(folder)/\(table).csv"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        guard text.contains(old) else { throw EditedHouse.NotOnce(table: table, text: old) }
        try text.replacing(old, with: new).write(toFile: path, atomically: true, encoding: .utf8)
    }

    @discardableResult
    static func margin(_ installation: Installation, _ words: String...) throws -> String {
        let ended = try installation.start("margin", words).wait()
        guard ended.code == 0 else { throw Installation.DeskError(what: "\(words): \(ended.output)\(ended.errors)") }
        return ended.output
    }

    /// Loads the night of the next business date, on which nothing moves, with what `edit` makes of a table's rows.
    mutating func load(
        into installation: Installation, on next: String, _ edit: (String, [[String: String]]) -> [[String: String]]
    ) throws {
        let final = rows("settlement_price").filter { $0["price_kind"] == "final" }.compactMap { $0["series"] }
        let gone = Set(final).union(
            series.filter { final.contains($0["underlying"] ?? "") }.compactMap { $0["series"] })
        let goes = series.filter { ($0["expiry_date"] ?? "") > date && ($0["expiry_date"] ?? "") <= next }
        let going = Set(goes.compactMap { $0["series"] })
        let leaving = going.union(series.filter { going.contains($0["underlying"] ?? "") }.compactMap { $0["series"] })
        for (table, rows) in daily {
            let kept = rows.filter { row in
                table != "trade" && row["price_kind"] != "final" && !gone.contains(row["series"] ?? "")
                    && (table != "position" || !leaving.contains(row["series"] ?? ""))
            }
            daily[table] = edit(table, kept).map { row in
                row.merging(
                    ["business_date": next].merging(row["last_quoted_on"] == nil ? [:] : ["last_quoted_on": next]) {
                        $1
                    }
                ) { $1 }
            }
        }
        daily["settlement_price", default: []] += goes.compactMap { series in
            guard let code = series["series"], let price = finalPrice(of: series) else { return nil }
            let own = rows("settlement_price").first { $0["series"] == code }
            return own?.merging(["price": price, "price_kind": "final"]) { $1 }
        }
        levels = levels.map { $0.merging(["level_date": next]) { $1 } }
        date = next
        try write(to: installation.folder + "/" + next)
        try Self.margin(installation, "load", installation.folder + "/" + next)
    }

    private func rows(_ table: String) -> [[String: String]] { daily[table] ?? [] }

    /// A future's own price, an option's underlying's.
    private func finalPrice(of series: [String: String]) -> String? {
        let quoted = series["option_right"] == "" ? series["series"] : series["underlying"]
        return rows("settlement_price").first { $0["series"] == quoted && $0["price_kind"] == "settlement" }?["price"]
            ?? rows("underlying_price").first { $0["underlying"] == quoted }?["price"]
    }

    private func write(to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        var tables = daily
        tables["risk_factor_level"] = levels
        for (table, rows) in tables {
            guard let head = heads[table] else { continue }
            let lines = rows.map { row in
                head.map { name in
                    let cell = row[name] ?? ""
                    return name == "owner" && cell.isEmpty ? "\"\"" : cell
                }.joined(separator: ",")
            }
            try ([head.joined(separator: ",")] + lines).map { $0 + "\n" }.joined()
                .write(toFile: "\(folder)/\(table).csv", atomically: true, encoding: .utf8)
        }
    }
}
