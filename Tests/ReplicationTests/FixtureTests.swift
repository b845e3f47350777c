import Foundation
import TestSupport
import Testing

/// Houses of the case folders, each with a rule that the demo house does not have or cannot say in XML.
@Suite(.serialized) struct `Replication of a case` {
    /// Every rule of methodology §5 and §6 by the case that isolates it, and whether a SPAN file can say it.
    static let cases: [(name: String, isInLayout: Bool)] = [
        ("calendar-spread-tiers", true), ("series-to-series-spread", true), ("delivery-month", false),
        ("competing-inter-spreads", true), ("flat-inter-credit", true), ("super-inter-spread", false),
        ("scan-based-spread", false), ("scan-tiers", true), ("scan-range-tiers", true), ("offset-cap", false),
        ("short-option-minimum", true), ("net-option-value-capped", false), ("long-options-only", true),
        ("futures-style-option", true), ("gross-omnibus", true), ("segregated-owners", true),
        ("currencies-and-fx-haircut", true), ("cost-of-carry-future", true), ("negative-prices", true),
        ("expected-shortfall-as-challenger", true),
    ]

    @Test(arguments: cases.map(\.name)) func `gives the published requirement`(_ name: String) async throws {
        let (night, date) = try await Self.night(name)
        let ended = try runProgram(
            ["replicate", "--parameters", night.file("parameters", date), "--positions", night.positions]
                + Self.reports(night, date).flatMap { ["--check", $0] })
        #expect(ended.code == 0, "\(ended.errors)")
        #expect(ended.output.contains("account "))
    }

    /// The files hold scanning risk only: it is never computed in the place of what counts.
    @Test(arguments: ["expected-shortfall", "higher-of-scan-and-shortfall"])
    func `refuses an account whose risk is simulated, and a SPAN file names its group`(_ name: String) async throws {
        let (night, date) = try await Self.night(name)
        let ended = try runProgram([
            "replicate", "--parameters", night.file("parameters", date), "--positions", night.positions,
        ])
        #expect(ended.code == 65)
        #expect(ended.output.isEmpty)
        #expect(ended.errors.contains("of risk group ENERGY, whose measure is "), "\(ended.errors)")
        try await withScratchFolder { folder in
            let file = folder + "/span.xml"
            let export = try runProgram(["span", "export", "--parameters", night.file("parameters", date), file])
            #expect(export.code == 65)
            #expect(export.errors.contains("risk_group ENERGY: measure "), "\(export.errors)")
        }
    }

    @Test(arguments: cases.filter { !$0.isInLayout }.map(\.name))
    func `is refused by name where a SPAN file cannot say it`(_ name: String) async throws {
        let (night, date) = try await Self.night(name)
        try await withScratchFolder { folder in
            let ended = try runProgram([
                "span", "export", "--parameters", night.file("parameters", date), folder + "/span.xml",
            ])
            #expect(ended.code == 65)
            #expect(ended.errors.contains("the layout has no element for:"), "\(ended.errors)")
        }
    }

    @Test(arguments: cases.filter(\.isInLayout).map(\.name))
    func `gives the published requirement from its SPAN file, and from a night run with it`(_ name: String) async throws
    {
        let (night, date) = try await Self.night(name)
        try await withScratchFolder { folder in
            let file = folder + "/span.xml"
            let written = try runProgram(["span", "export", "--parameters", night.file("parameters", date), file])
            #expect(written.code == 0, "\(written.errors)")
            let published = try Self.requirements(Self.reports(night, date))
            #expect(!published.isEmpty)
            #expect(try Self.replicated(file, night, date) == published)
            let set = folder + "/set"
            let read = try runProgram(["span", "import", file, set])
            #expect(read.code == 0, "\(read.errors)")
            try Self.merge(set, into: night.house, as: folder + "/house")
            let second = try await Night(house: folder + "/house", dates: [date])
            #expect(try Self.requirements(Self.reports(second, date)) == published)
        }
    }

    static func night(_ name: String) async throws -> (Night, date: String) {
        let house = "\(Checkout.fixtures)/\(name)/input"
        let date = try CSVRows.rows(ofFile: house + "/position.csv").compactMap { $0["business_date"] }.max() ?? ""
        return (try await CaseNights.shared.night(house, date), date)
    }

    private static func reports(_ night: Night, _ date: String) throws -> [String] {
        try night.files("requirement", date, ".csv").filter { !$0.contains("by-owner") }
    }

    /// Converted requirement by account and currency.
    private static func requirements(_ reports: [String]) throws -> [String: String] {
        Dictionary(
            try reports.flatMap({ try CSVRows.rows(ofFile: $0) }).map {
                ("\($0["account"] ?? "") \($0["currency"] ?? "")", $0["converted_requirement"] ?? "")
            }, uniquingKeysWith: { first, _ in first })
    }

    private static func replicated(_ file: String, _ night: Night, _ date: String) throws -> [String: String] {
        let ended = try runProgram(
            ["replicate", "--parameters", file, "--positions", night.positions, "--json"]
                + night.files("accounts", date, ".json").flatMap { ["--accounts", $0] })
        #expect(ended.code == 0, "\(ended.errors)")
        let document = try jsonObject(ended.output)
        var figures: [String: String] = [:]
        for account in document["accounts"] as? [[String: Any]] ?? [] {
            for part in account["currencies"] as? [[String: String]] ?? [] {
                figures["\(account["account"] ?? "") \(part["currency"] ?? "")"] = part["converted_requirement"]
            }
        }
        return figures
    }

    /// A copy of a house with the tables of an imported set in place of its own; its other parameter tables take the
    /// set's name, and somebody approves it. The volatility floor, which the layout lacks, stays the house's.
    private static func merge(_ set: String, into house: String, as copy: String) throws {
        let files = FileManager.default
        try files.copyItem(atPath: house, toPath: copy)
        let code = try CSVRows.rows(ofFile: set + "/parameter_set.csv").first?["parameter_set"] ?? ""
        let replaced = [
            "parameter_set", "scenario", "combined_commodity_margin", "price_scan_range_tier", "month_tier",
            "intra_spread", "intra_spread_leg", "delivery_charge", "inter_spread", "inter_spread_leg", "account_class",
        ]
        for name in try files.contentsOfDirectory(atPath: copy) {
            let path = "\(copy)/\(name)"
            if replaced.contains(String(name.dropLast(4))) { try files.removeItem(atPath: path) }
        }
        for name in try files.contentsOfDirectory(atPath: copy) {
            let path = "\(copy)/\(name)"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            guard let own = try CSVRows.rows(ofFile: path).first?["parameter_set"] else { continue }
            let lines = text.split(separator: "\n").map {
                $0.hasPrefix(own + ",") ? code + $0.dropFirst(own.count) : $0
            }
            try (lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        }
        for name in try files.contentsOfDirectory(atPath: set) {
            var text = try String(contentsOfFile: "\(set)/\(name)", encoding: .utf8)
            if name == "parameter_set.csv" {
                text =
                    "parameter_set,effective_from,author,reason,approved_by\n"
                    + "\(code),1990-01-01,margin span import,a SPAN file,somebody else\n"
            }
            if name == "combined_commodity_margin.csv" { text = try keepingFloors(of: house, in: text) }
            try text.write(toFile: "\(copy)/\(name)", atomically: true, encoding: .utf8)
        }
    }

    private static func keepingFloors(of house: String, in text: String) throws -> String {
        let own = try CSVRows.rows(ofFile: house + "/combined_commodity_margin.csv")
        let lines = text.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let (commodity, floor, days) = (
            lines[0].firstIndex(of: "combined_commodity"), lines[0].firstIndex(of: "volatility_floor"),
            lines[0].firstIndex(of: "look_ahead_days")
        )
        let edited = lines.map { cells in
            guard let commodity, let floor, let days,
                let row = own.first(where: { $0["combined_commodity"] == cells[commodity] })
            else { return cells }
            var cells = cells
            cells[floor] = row["volatility_floor"] ?? cells[floor]
            cells[days] = row["look_ahead_days"] ?? cells[days]
            return cells
        }
        return edited.map { $0.joined(separator: ",") + "\n" }.joined()
    }
}

/// Each case's night, made once.
private actor CaseNights {
    static let shared = CaseNights()
    private var nights: [String: Task<Night, any Error>] = [:]

    func night(_ house: String, _ date: String) async throws -> Night {
        let task = nights[house] ?? Task { try await Night(house: house, dates: [date]) }
        nights[house] = task
        return try await task.value
    }
}
