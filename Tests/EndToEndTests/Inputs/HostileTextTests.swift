import Foundation
import Postgres
import TestSupport
import Testing

/// Fault 16: texts that mean something to a database, a spreadsheet, a browser or a terminal, in every free text of the
/// tables: stored as they are or refused by line and column, and every report reads back equal.
@Suite struct HostileTextTests {
    static let texts = [
        "'; drop table margin.run; --", "$$ select 1 $$", "$1", "%s%n", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)",
        "\tlead", "\"\u{301}", "a\"\u{301}b,c", "\"", "\"\"", "a,b", "CRLF\r\ninside", "lone\rcarriage", "lone\nfeed",
        "<script>alert(1)</script>", "\u{202E}gpj.exe", "\u{2066}isolated", "\u{1B}[31mred", "\u{7F}", "é", "e\u{301}",
        "日本", "😀", "\u{FEFF}mark", "\u{FF1D}1", "'=1", "NULL", "\\N", "\\.", "\\", "NaN", "ends with space ",
        String(repeating: "x\"", count: 524_288),
    ]

    /// A text as one cell of a CSV.
    private static func cell(_ text: String) -> String {
        "\"" + text.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }

    @Test func `fault 16: a free text is stored as it is or refused by line and column`() async throws {
        let installation = try await Installation()
        var stored = 0
        for (number, text) in Self.texts.enumerated() {
            let file = "\(installation.folder)/member.csv"
            let content = "member,name,member_group\nH\(number),\(Self.cell(text)),G\n"
            try content.write(toFile: file, atomically: true, encoding: .utf8)
            let loaded = try installation.run("margin", "load", "clearing_member", file)
            let name = try installation.connect().optional(
                "select name from margin.clearing_member where member = $1", [.text("H\(number)")])
            if loaded.code == 0 {
                #expect(
                    try name.map { Array(try $0.text(.at(0)).utf8) } == Array(text.utf8), "\(text.debugDescription)")
                stored += 1
            } else {
                #expect(loaded.code == 65, "\(text.prefix(20).debugDescription): \(loaded.errors.prefix(300))")
                #expect(loaded.errors.contains("line 2, name"), "\(loaded.errors.prefix(300))")
                #expect(!loaded.errors.unicodeScalars.contains { ["\u{1B}", "\u{7F}", "\u{202E}", "\r"].contains($0) })
                #expect(loaded.errors.utf8.count < 1_000)
                #expect(name == nil)
            }
        }
        #expect(stored == 27)
        try await installation.close()
    }

    @Test(arguments: [("NUL", [UInt8(0)]), ("broken UTF-8", [0xFF, 0xFE]), ("an overlong form", [0xC0, 0xAF])])
    func `fault 16: bytes that are no text are refused`(name: String, bytes: [UInt8]) async throws {
        let installation = try await Installation()
        let file = "\(installation.folder)/member.csv"
        let content = Data("member,name,member_group\nH,".utf8) + Data(bytes) + Data(",G\n".utf8)
        try content.write(to: URL(fileURLWithPath: file))
        let loaded = try installation.run("margin", "load", "clearing_member", file)
        #expect(loaded.code == 65, "\(loaded.errors)")
        #expect(loaded.errors.contains("line 2"), "\(loaded.errors)")
        #expect(try installation.number("select count(*) from margin.clearing_member where member = 'H'") == 0)
        try await installation.close()
    }

    @Test func `fault 16: texts that are stored come back equal from every report`() async throws {
        let texts = Self.texts.filter { text in
            text.count <= 200 && !text.isEmpty
                && !text.unicodeScalars.contains {
                    $0.value < 0x20 || $0.value == 0x7F || (0x202A...0x202E).contains($0.value)
                        || (0x2066...0x2069).contains($0.value)
                }
        }
        let installation = try await Installation.editing { house in
            for (number, text) in texts.enumerated() {
                try house.append("series", "UNPRICED-\(number),CL,2019-06,,,,")
                try house.write(
                    "finding_waiver",
                    ((try? house.text("finding_waiver"))
                        ?? "business_date,rule,table_name,row_key,column_name,value,reason,waived_by\n")
                        + "2018-12-31,unpriced_series,settlement_price,UNPRICED-\(number),price,no row,"
                        + "\(Self.cell(text)),me\n")
            }
        }
        let night = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(night.code == 0, "\(night.errors)")
        let files = try installation.reportFiles("2018-12-31").filter { $0.key.hasPrefix("findings.") }
        let csv = try #require(files.first { $0.key.hasSuffix(".csv") }?.value)
        let lines = try StrictCSV.parse(Array(csv))
        let names = lines[0].map { String(decoding: $0, as: UTF8.self) }
        let key = try #require(names.firstIndex(of: "row_key"))
        let reason = try #require(names.firstIndex(of: "waiver_reason"))
        let json = try #require(files.first { $0.key.hasSuffix(".json") }?.value)
        let rows = try reportRows(json)
        for (number, text) in texts.enumerated() {
            let line = try #require(lines.first { $0[key] == Array("UNPRICED-\(number)".utf8) })
            #expect(StrictCSV.text(line[reason]) == Array(text.utf8), "\(text.debugDescription)")
            let row = try #require(rows.first { $0["row_key"] as? String == "UNPRICED-\(number)" })
            #expect((row["waiver_reason"] as? String).map { Array($0.utf8) } == Array(text.utf8))
        }
        #expect(texts.count == 27)
        try await installation.close()
    }
}
