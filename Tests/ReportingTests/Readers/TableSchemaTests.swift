import Foundation
import Reporting
import TestSupport
import Testing

/// docs/tables says of each report's CSV what its columns are, for programs.
@Suite(.serialized) struct `The table schema of a report` {
    static let layouts = ReportCatalogue.all(
        scenarioCount: 1, stressScenarioCount: 1, hasLimits: true, looksAhead: true, attributes: true,
        followsCalls: true)

    @Test(arguments: layouts.map(\.name)) func `is what its layout says`(_ name: String) throws {
        let layout = try #require(Self.layouts.first { $0.name == name })
        let text = try TableSchema(layout).text
        let file = TableSchema.file(of: name)
        if Checkout.isBlessing { try text.write(to: file, atomically: true, encoding: .utf8) }
        #expect(try String(contentsOf: file, encoding: .utf8) == text, "make bless")
    }

    @Test func `stands for every report, and for nothing else`() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Checkout.root + "/docs/tables")
        #expect(names.sorted() == Self.layouts.map { "\($0.name).json" }.sorted())
    }

    @Test func `has the columns of the file in their order`() throws {
        for layout in Self.layouts {
            let schema = try jsonObject(Data(contentsOf: TableSchema.file(of: layout.name)))
            let fields = try #require(schema["fields"] as? [[String: Any]])
            let header = try SampleReport.csv(layout, rows: []).prefix { $0 != "\r\n" }
            #expect(fields.compactMap { $0["name"] as? String }.joined(separator: ",") == header)
        }
    }
}
