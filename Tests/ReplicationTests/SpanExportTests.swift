import Foundation
import InputRows
import Replication
import TestSupport
import Testing

/// A run's published files as a SPAN file, and back.
@Suite struct `The SPAN file of a run` {
    private static let date = DemoNight.dates[1]

    @Test func `is not written where a rule has no element, and each such rule is named`() async throws {
        let night = try await DemoNight.made.value
        try await withScratchFolder { folder in
            let output = folder + "/span.xml"
            let ended = try runProgram(["span", "export", "--parameters", night.file("parameters", Self.date), output])
            #expect(ended.code == 65)
            for name in [
                "account_class HOUSE: offset_cap 0.8", "account_class CLIENT-SEG: net_option_value_is_capped",
                "delivery_charge GAS 2019-02: applies_to long", "hint: --leave-out",
            ] { #expect(ended.errors.contains(name), "\(ended.errors)") }
            #expect(!FileManager.default.fileExists(atPath: output))
        }
    }

    @Test(arguments: DemoNight.dates)
    func `gives the published requirement of every account it can say`(_ date: String) async throws {
        let night = try await DemoNight.made.value
        try await withScratchFolder { folder in
            let output = folder + "/span.xml"
            let written = try runProgram(
                ["span", "export", "--leave-out", "--parameters", night.file("parameters", date), output])
            #expect(written.code == 0, "\(written.errors)")
            let accounts = try Self.expressible(night, date, leftOut: written.output)
            #expect(accounts.count >= 8)
            let positions = try String(contentsOfFile: night.positions, encoding: .utf8).split(separator: "\n")
            let mine = positions.enumerated().filter { index, line in
                let cells = line.split(separator: ",", omittingEmptySubsequences: false)
                return index == 0 || accounts.contains(String(cells[2]))
            }.map { $0.element + "\n" }.joined()
            try mine.write(toFile: folder + "/positions.csv", atomically: true, encoding: .utf8)
            let terms = try night.files("accounts", date, ".json").flatMap { ["--accounts", $0] }
            let fromXML = try Self.replicate(output, folder, terms)
            let fromReports = try Self.replicate(night.file("parameters", date), folder, terms)
            #expect(Set(fromXML.keys) == accounts)
            for account in accounts { #expect(fromXML[account] == fromReports[account], "\(account)") }
            for figure in ["intra_charge", "delivery_charge", "applied_credit", "short_option_minimum"] {
                let isThere = try Regex("\(figure)=[^ ]*[1-9]")
                #expect(fromXML.values.joined().contains { $0.contains(isThere) }, "\(figure)")
            }
        }
    }

    /// Accounts of a class, combined commodities and currencies of which nothing was left out.
    private static func expressible(_ night: Night, _ date: String, leftOut: String) throws -> Set<String> {
        let names = leftOut.split(separator: "\n").filter { $0.hasPrefix("left out: ") }
            .map { line in line.split(separator: " ").map { String($0).replacing(":", with: "") } }
        let pairs = names.filter { $0[2] == "fx_rate" }.map { [$0[3], $0[4]] }
        let without = Set(names.map { $0[3] })
        let accounts = try night.files("accounts", date, ".csv").flatMap({ try CSVRows.rows(ofFile: $0) })
        let components = Dictionary(
            grouping: try night.files("components", date, ".csv").flatMap({ try CSVRows.rows(ofFile: $0) }),
            by: { $0["account"] ?? "" })
        return Set(
            accounts.filter { account in
                let held = components[account["account"] ?? ""] ?? []
                return !held.isEmpty && !without.contains(account["account_class"] ?? "")
                    && held.allSatisfy { row in
                        !without.contains(row["combined_commodity"] ?? "")
                            && !pairs.contains([row["currency"] ?? "", account["call_currency"] ?? ""])
                    }
            }.compactMap { $0["account"] })
    }

    /// Each account's requirement, then every figure of its components; the exchange rate has another form in XML.
    private static func replicate(
        _ parameters: String, _ folder: String, _ terms: [String]
    ) throws -> [String: [String]] {
        let ended = try runProgram(
            ["replicate", "--parameters", parameters, "--positions", folder + "/positions.csv", "--json"] + terms)
        #expect(ended.code == 0, "\(ended.errors)")
        let document = try jsonObject(ended.output)
        var figures: [String: [String]] = [:]
        for account in document["accounts"] as? [[String: Any]] ?? [] {
            let parts = (account["components"] as? [[String: String]] ?? []).map { part in
                part.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value) " }.joined()
            }
            let totals = (account["currencies"] as? [[String: String]] ?? []).map {
                "\($0["currency"] ?? "") \($0["requirement"] ?? "") \($0["converted_requirement"] ?? "")"
            }
            figures[account["account"] as? String ?? ""] = ["\(account["requirement"] ?? "")"] + totals + parts
        }
        return figures
    }

    @Test(arguments: [
        "<&\"'>]]>", "a\"\u{301}b<\u{301}", "\u{2028}\u{FEFF}é𝄞", "&amp;&#10;", "<!--", "<![CDATA[x]]>",
    ])
    func `carries a hostile name as it is`(_ name: String) async throws {
        let (export, _) = try await Self.export(name: name)
        #expect(!export.leftOut.contains { $0.hasPrefix("combined_commodity ") })
        try await withScratchFolder { folder in
            try Data(export.file()).write(to: URL(fileURLWithPath: folder + "/span.xml"))
            let read = try SpanImport(path: folder + "/span.xml").parameters
            let names = try read.rows(.combinedCommodity).map { try $0.text("name") }
            #expect(names.contains(name.trimmingCharacters(in: .whitespacesAndNewlines)))
        }
    }

    @Test(arguments: ["\u{1}", "a\u{FFFF}"]) func `leaves out by name what XML cannot hold`(_ name: String) async throws
    {
        let (export, code) = try await Self.export(name: name)
        #expect(export.leftOut.contains("combined_commodity \(code): name with a control character"))
        #expect(!String(decoding: export.file(), as: UTF8.self).contains("<cc>\(code)</cc>"))
    }

    /// The demo house's export with its first combined commodity called `name`.
    private static func export(name: String) async throws -> (SpanExport, code: String) {
        let night = try await DemoNight.made.value
        let published = try PublishedParameters(path: night.file("parameters", date))
        var tables = published.tables
        let commodities = published.rows(.combinedCommodity)
        tables["combined_commodity"] = commodities.enumerated().map { index, row in
            TableRow(location: row.location, cells: index == 0 ? row.cells.merging(["name": name]) { $1 } : row.cells)
        }
        let edited = PublishedParameters(
            path: published.path, run: published.run, parameterSet: published.parameterSet, tables: tables)
        let arrays = try PublishedArrayFile(path: night.file("risk-arrays", date))
        let export = try SpanExport(edited, arrays, organisation: "CCP")
        return (export, try #require(commodities.first?.cells["combined_commodity"]))
    }
}
