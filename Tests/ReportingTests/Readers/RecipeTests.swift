import Foundation
import Reporting
import TestSupport
import Testing

/// The recipes of docs/reports.md, run as they stand there on files as the product writes them.
@Suite(.enabled(if: Recipe.areInstalled, "pandas and others are not installed: run jobs/setup-readers.sh"))
struct `A recipe for reading a report` {
    static let recipes = [Recipe.pandas, .polars, .duckDB, .libreOffice]
    static let codes = ["007", "00123", "1E5", "NA", "TRUE", "MAR-19"]
    static let columns = [
        "member", "account", "reason_code", "requirement", "add_ons", "threshold", "due_date", "includes_synthetic",
        "run_number",
    ]

    /// Margin calls on accounts of these codes: a requirement of 18 digits and one of few, a text and amounts that are
    /// empty in the second row.
    private static func calls() throws -> String {
        try SampleReport.csv(
            ReportCatalogue.marginCall,
            rows: codes.enumerated().map { index, code in
                [
                    "account": .text(code), "reason_code": index == 1 ? .text("") : .text("null"),
                    "requirement": .cents(index == 0 ? 123_456_789_012_345_678 : 5), "add_ons": .cents(-10),
                    "threshold": index == 1 ? .empty : .cents(1_234_567_890_123),
                ]
            })
    }

    /// What a program must have read of them; a spreadsheet has numbers of 15 digits, and so texts of longer ones.
    private static func expected(asSheet: Bool) -> [[String]] {
        let rows = codes.enumerated().map { index, code in
            [
                "text:007", "text:\(code)", index == 1 ? "empty:" : "text:null",
                asSheet
                    ? (index == 0 ? "text:1234567890123456.78" : "text:0.05")
                    : (index == 0 ? "number:1234567890123456.78" : "number:0.05"),
                "number:-0.1", index == 1 ? "empty:" : "number:12345678901.23", "date:2018-12-31",
                asSheet ? "text:true" : "flag:true", asSheet ? "number:2" : "integer:2",
            ]
        }
        let sum = asSheet ? "" : "number:1234567890123457.03"
        return rows + [["", "", "", sum, "number:-0.6", "number:61728394506.15", "", "", asSheet ? "number:12" : ""]]
    }

    @Test(arguments: recipes)
    func `keeps codes, amounts, dates and empty cells`(_ recipe: Recipe) throws {
        let home = try ScratchFolder()
        let found = try recipe.lines(try Self.calls(), of: "margin-call", columns: Self.columns, home: home)
        #expect(found == Self.expected(asSheet: recipe.heading == Recipe.libreOffice.heading))
    }

    @Test func `reads amounts as numbers in a German LibreOffice, which alone takes them for texts`() throws {
        let home = try ScratchFolder()
        let settings = home.path(of: ".config/libreoffice/4/user")
        try FileManager.default.createDirectory(atPath: settings, withIntermediateDirectories: true)
        try home.write(
            ".config/libreoffice/4/user/registrymodifications.xcu",
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
            <prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>de-DE</value></prop></item></oor:items>
            """)
        let file = try home.write("plain.csv", "account,add_ons\r\n1E5,12.50\r\n")
        _ = try Recipe.run(
            [
                try #require(TestTools.path("soffice")), "--headless", "--convert-to", "fods", "--outdir", home.path,
                file,
            ], home: home)
        let plain = String(decoding: try home.read("plain.fods"), as: UTF8.self)
        #expect(plain.contains("office:value=\"100000\"") && !plain.contains("office:value=\"12.5\""))
        let found = try Recipe.libreOffice.lines(
            try Self.calls(), of: "margin-call", columns: Self.columns, home: home)
        #expect(found == Self.expected(asSheet: true))
    }

    @Test(arguments: [Recipe.pandas, .polars, .duckDB])
    func `keeps what comes after the lines that a program looks at`(_ recipe: Recipe) throws {
        let quoted = "a \"quote\", a comma"
        let csv = try SampleReport.csv(
            ReportCatalogue.marginCall,
            rows: (0..<25_000).map { index in
                [
                    "account": .text(index < 22_000 ? "12" : "0012"),
                    "reason_code": .text(index == 24_999 ? quoted : "covered"),
                ]
            })
        let found = try recipe.lines(
            csv, of: "margin-call", columns: ["account", "reason_code"], home: try ScratchFolder())
        var counts: [String: Int] = [:]
        for cell in found.dropLast().map(\.[0]) { counts[cell, default: 0] += 1 }
        #expect(counts == ["text:12": 22_000, "text:0012": 3_000])
        #expect(found.dropLast().last?[1] == "text:\(quoted)")
    }

    @Test(arguments: recipes)
    func `reads every column of a risk array`(_ recipe: Recipe) throws {
        let layout = ReportCatalogue.riskArrays(scenarioCount: 3)
        let found = try recipe.lines(
            try SampleReport.csv(layout, rows: [["series": .text("MAR-19"), "strike": .empty]]), of: "risk-arrays",
            columns: ["series", "strike", "risk_array_1", "risk_array_2", "risk_array_3"], home: try ScratchFolder())
        let losses = ["number:-3", "number:-1.5", "number:0"]
        #expect(found == [["text:MAR-19", "empty:"] + losses, ["", ""] + losses])
    }

    @Test(arguments: recipes)
    func `stops at a column that the schema does not have`(_ recipe: Recipe) throws {
        let csv = try Self.calls().replacing("due_date", with: "date_due")
        #expect {
            _ = try recipe.lines(csv, of: "margin-call", columns: ["account"], home: try ScratchFolder())
        } throws: {
            "\($0)".contains("KeyError: 'date_due'")
        }
    }

    @Test func `needs no more than its schema: frictionless reads every report by it`() throws {
        let home = try ScratchFolder()
        try FileManager.default.createDirectory(atPath: home.path(of: "csv"), withIntermediateDirectories: false)
        let layouts = ReportCatalogue.all(
            scenarioCount: 3, stressScenarioCount: 3, hasLimits: true, looksAhead: true, attributes: true,
            followsCalls: true)
        var decimals = 0
        for layout in layouts {
            let optional = layout.columns.filter(\.isOptional).map { ($0.name, SampleReport.Cell.empty) }
            let rows = [[:], Dictionary(uniqueKeysWithValues: optional)]
            try home.write("csv/\(layout.name).csv", try SampleReport.csv(layout, rows: rows))
            for column in layout.columns {
                switch column.kind {
                case .decimal: decimals += column.isOptional ? 1 : 2
                case .decimals: decimals += 2
                case .text, .integer, .date, .flag, .object: break
                }
            }
        }
        let script = Checkout.root + "/Tests/ReportingTests/Readers/valid.py"
        let printed = try Recipe.run(
            [Recipe.python, "-I", script, home.path(of: "csv"), Checkout.root + "/docs/tables"], home: home)
        #expect(printed == "\(layouts.count) \(decimals)\n")
    }
}
