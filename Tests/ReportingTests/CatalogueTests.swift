import Foundation
import Reporting
import TestSupport
import Testing

/// The layouts, the queries and the schemas say the same columns.
@Suite struct `The report catalogue` {
    static let layouts = ReportCatalogue.all(
        scenarioCount: 16, stressScenarioCount: 16, hasLimits: true, looksAhead: true, attributes: true,
        followsCalls: true)

    @Test func `names each report once`() {
        #expect(Set(Self.layouts.map(\.name)).count == Self.layouts.count)
    }

    @Test(arguments: layouts.map(\.name)) func `has a query with its columns in their order`(_ name: String) throws {
        let layout = try layout(name)
        let isOfOutlook = ReportCatalogue.isOfTrades(layout) || ReportCatalogue.isOfTomorrow(layout)
        let folder =
            ReportCatalogue.isOfStress(layout)
            ? "report-stress"
            : isOfOutlook ? "report-outlook" : ReportCatalogue.isOfChange(layout) ? "report-change" : "report"
        let text = try String(contentsOf: repository("sql/queries/\(folder)/report-\(name).sql"), encoding: .utf8)
        let select = try #require(text.range(of: "\nselect\n"))
        let list = try #require(text[select.upperBound...].firstRange(of: "\nfrom "))
        let columns = text[select.upperBound..<list.lowerBound].split(separator: "\n").map { line in
            line.split(separator: " ").last.map { $0.trimmingCharacters(in: [","]) } ?? ""
        }
        #expect(columns == layout.selected)
        for word in ["-- purpose: ", "-- grain: ", "-- order: ", "-- parameters: $"] { #expect(text.contains(word)) }
        #expect(text.contains("\norder by") != text.contains("-- order: none"))
    }

    @Test(arguments: layouts.map(\.name)) func `has a schema with its columns`(_ name: String) throws {
        let layout = try layout(name)
        let schema = try object(repository("docs/schemas/\(name).schema.json"))
        #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        #expect(schema["additionalProperties"] as? Bool == false)
        let properties = try #require(schema["properties"] as? [String: Any])
        let header = try #require(properties["header"] as? [String: Any])
        let rows = try #require(properties["rows"] as? [String: Any])
        let row = try #require(rows["items"] as? [String: Any])
        #expect(header["additionalProperties"] as? Bool == false)
        var headerNames = [
            "business_date", "corrects_run_number", "cycle", "numbers_versions", "overrides", "parameter_set", "report",
            "rounding_table", "run_number",
        ]
        if layout.audience == .member { headerNames.append("member") }
        #expect((header["required"] as? [String])?.sorted() == headerNames.sorted())
        #expect((header["properties"] as? [String: Any])?.keys.sorted() == headerNames.sorted())
        let names = try #require(properties["columns"] as? [String: Any])
        #expect(names["const"] as? [String] == layout.columns.map(\.name))
        let cells = try #require(row["prefixItems"] as? [[String: Any]])
        #expect(cells.map { $0["title"] as? String } == layout.columns.map(\.name))
        for keyword in ["minItems", "maxItems"] { #expect(row[keyword] as? Int == layout.columns.count) }
        for (column, cell) in zip(layout.columns, cells) {
            let types = (cell["type"] as? [String]) ?? [cell["type"] as? String ?? "?"]
            #expect(types == [type(of: column.kind)] + (column.isOptional ? ["null"] : []), "\(column.name)")
            #expect(cell["description"] is String)
        }
    }

    @Test func `writes documents that its schemas accept, and the manifest's`() throws {
        let scratch = try ScratchFolder()
        var folder = try ReportFolder(root: scratch.path, header: sampleHeader)
        for layout in Self.layouts {
            var files = try folder.start(layout, member: layout.audience == .member ? "ALPHA" : nil)
            for isSparse in [false, true] { try files.write(sampleRow(layout, isSparse: isSparse)) }
            try folder.add(files)
        }
        let entries = try folder.seal().files.filter { $0.format == .json }
        #expect(entries.count == Self.layouts.count)
        let documents = entries.map { ($0.report, $0.name) } + [("manifest", ReportFolder.manifestName)]
        for (report, name) in documents {
            let schema = try object(repository("docs/schemas/\(report).schema.json"))
            let path = scratch.path(of: "2018-12-31/EOD/r1/\(name)")
            var check = SchemaCheck()
            check.check(try object(URL(fileURLWithPath: path)), against: schema)
            #expect(check.faults.isEmpty, "\(report)")
            check.check(["rows": [["x": 1]], "extra": true], against: schema)
            #expect(!check.faults.isEmpty, "\(report)")
        }
    }

    @Test func `is described column by column in docs/reports.md`() throws {
        let text = try String(contentsOf: repository("docs/reports.md"), encoding: .utf8)
        for layout in Self.layouts {
            let heading = try #require(text.range(of: "\n### \(layout.name)\n"), "\(layout.name)")
            let rest = text[heading.upperBound...]
            let section = rest[..<(rest.range(of: "\n##")?.lowerBound ?? rest.endIndex)]
            let documented = section.split(separator: "\n").compactMap { line -> String? in
                guard line.hasPrefix("| `") else { return nil }
                return line.dropFirst(3).prefix { $0 != "`" }.description
            }
            #expect(documented == layout.columns.map(\.name), "\(layout.name)")
        }
    }

    /// A row with a value in every cell or, sparse, null wherever it may be.
    private func sampleRow(_ layout: ReportLayout, isSparse: Bool) throws -> ReportRow {
        var row = ReportRow(layout)
        while !row.isComplete {
            let column = row.nextColumn
            if isSparse, column.isOptional {
                try row.appendNull()
                continue
            }
            switch column.kind {
            case .text: try row.append(text: column.name.hasSuffix("currency") ? "USD" : "ALPHA")
            case .object: try row.append(object: Array(#"{"a":"=1,\"2\"","b":null}"#.utf8).span)
            case .integer: row.append(integer: 2)
            case .decimal: row.append(unscaled: -12345, scale: 2)
            case .date: row.append(date: sampleHeader.run.businessDate)
            case .flag: row.append(flag: true)
            case .decimals(let count):
                let values = (0..<(isSparse ? 3 : count)).map { Int64($0 * 150 - 300) }
                row.append(decimals: values.span)
            }
        }
        return row
    }

    private func layout(_ name: String) throws -> ReportLayout {
        try #require(Self.layouts.first { $0.name == name })
    }

    private func type(of kind: ReportColumn.Kind) -> String {
        switch kind {
        case .text, .decimal, .date: "string"
        case .integer: "integer"
        case .flag: "boolean"
        case .decimals: "array"
        case .object: "object"
        }
    }

    private func object(_ url: URL) throws -> [String: Any] {
        try jsonObject(Data(contentsOf: url))
    }

    private func repository(_ path: String) -> URL {
        URL(fileURLWithPath: "\(Checkout.root)/\(path)")
    }
}
