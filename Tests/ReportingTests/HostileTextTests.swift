import Foundation
import Quantities
import Reporting
import TestSupport
import Testing

@Suite struct `Hostile texts` {
    static let texts = [
        "", " ", "'", "''", "'t Hooft", "'; drop table margin.run; --", "$$ select 1 $$", "=cmd|' /C calc'!A0", "+1",
        "-1",
        "@SUM(A1)", "\tTAB", "\rCR", "\nLF", "'=1", "''=1", "'\t", "=", "\u{FF1D}1", "\u{FF0B}1", "\u{FF0D}1",
        "\u{FF20}1",
        "'\u{FF1D}1", "\u{FF1C}1", "\"\u{301}", "a\"\u{301}b,c", "\"", "\"\"", "a,b", "a;b", "CRLF\r\ninside",
        "lone\rcarriage", "lone\nfeed", "<script>alert(1)</script>", "\u{202E}gpj.exe", "\u{2028}\u{2029}\u{2027}",
        "back\\slash", "\\u0041", "\u{1}\u{8}\u{C}\u{1F}\u{7F}\u{80}\u{9F}", "\u{1B}[31mred", "é", "e\u{301}", "日本",
        "😀",
        "\u{FEFF}mark", "NaN", "null", "true", "1e308", "a\u{E000}b", "\u{10FFFF}", "ends with space ",
    ]
    static let longText = String(repeating: "x\"", count: 500_000)

    @Test func `come back equal from csv and json`() throws {
        let texts = Self.texts + [Self.longText]
        let scratch = try ScratchFolder()
        var folder = try ReportFolder(root: scratch.path, header: sampleHeader)
        var files = try folder.start(pairLayout)
        var row = ReportRow(pairLayout)
        for (number, text) in texts.enumerated() {
            row.removeAll()
            row.append(integer: Int64(number))
            try row.append(text: text)
            try files.write(row)
        }
        try folder.add(files)
        let entries = try folder.seal().files
        let lines = try StrictCSV.parse(scratch.read("2018-12-31/EOD/r1/\(entries[0].name)"))
        #expect(lines[0].map { String(decoding: $0, as: UTF8.self) } == ["number", "text"])
        #expect(lines.count == texts.count + 1)
        for (line, text) in zip(lines.dropFirst(), texts) {
            #expect(StrictCSV.text(line[1]) == Array(text.utf8), "\(text.prefix(40).debugDescription)")
        }
        let document = try scratch.read("2018-12-31/EOD/r1/\(entries[1].name)")
        let rows = try reportRows(Data(document))
        #expect(rows.map { Array(($0["text"] as? String ?? "?").utf8) } == texts.map { Array($0.utf8) })
        #expect(!document.contains(0x7F) && !document.filter { $0 != 0x0A }.contains { $0 < 0x20 })
    }

    @Test(arguments: texts) func `that a spreadsheet would calculate get an apostrophe in csv`(_ text: String) throws {
        let signs = Set("=+-@\t\r\n\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars)
        let cell = try writtenCells([text])[0]
        let first = String(decoding: cell, as: UTF8.self).unicodeScalars.first
        #expect(first.map { !signs.contains($0) } ?? true)
    }

    @Test func `are never confused with numbers`() throws {
        let scratch = try ScratchFolder()
        let layout = ReportLayout("numbers", for: .run, columns: [.init("a", .decimal), .init("b", .integer)])
        var folder = try ReportFolder(root: scratch.path, header: sampleHeader)
        var files = try folder.start(layout)
        var row = ReportRow(layout)
        row.append(unscaled: -1250, scale: 2)
        row.append(integer: -7)
        try files.write(row)
        try folder.add(files)
        let name = try folder.seal().files[0].name
        #expect(try scratch.read("2018-12-31/EOD/r1/\(name)") == Array("a,b\r\n-12.50,-7\r\n".utf8))
    }

    @Test func `with nul or broken utf-8 are refused with their column`() throws {
        var row = ReportRow(pairLayout)
        row.append(integer: 1)
        #expect(throws: ReportError.textHoldsNUL(column: "text")) { try row.append(text: "a\u{0}b") }
        let broken: [[UInt8]] = [
            [0xFF], [0xC3], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x80], [0x61, 0x80],
        ]
        for bytes in broken {
            #expect(throws: ReportError.textIsNotUTF8(column: "text")) { try row.append(text: bytes.span) }
        }
        #expect(throws: ReportError.valueIsMissing(column: "text")) { try row.appendNull() }
    }

    private func writtenCells(_ texts: [String]) throws -> [[UInt8]] {
        let scratch = try ScratchFolder()
        var folder = try ReportFolder(root: scratch.path, header: sampleHeader)
        var files = try folder.start(pairLayout)
        for text in texts {
            var row = ReportRow(pairLayout)
            row.append(integer: 1)
            try row.append(text: text)
            try files.write(row)
        }
        try folder.add(files)
        let name = try folder.seal().files[0].name
        return try StrictCSV.parse(scratch.read("2018-12-31/EOD/r1/\(name)")).dropFirst().map { $0[1] }
    }
}

let pairLayout = ReportLayout("pair", for: .run, columns: [.init("number", .integer), .init("text", .text)])
