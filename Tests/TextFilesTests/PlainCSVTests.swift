import Testing
import TextFiles

/// Rows that split at commas and line feeds alone, and those that do not.
struct PlainCSVTests {
    private static func cells(_ text: String, columns: Int) -> [[String]]? {
        guard let csv = PlainCSV(Array(text.utf8)) else { return nil }
        var rows: [[String]] = []
        let isWhole = csv.forEachRow(of: columns) { bytes, cells in
            rows.append(
                cells.map { cell in String(decoding: cell.map { bytes[$0] }, as: UTF8.self) })
        }
        #expect(!isWhole || rows.count == csv.rowCount)
        return isWhole ? rows : nil
    }

    @Test func `cells are split, quotes around a whole one left out`() {
        #expect(Self.cells("a,\"\",c\n\"d\",e,\n", columns: 3) == [["a", "", "c"], ["d", "e", ""]])
        #expect(Self.cells("a,b\nc,\"d\"", columns: 2) == [["a", "b"], ["c", "d"]])
        #expect(Self.cells("", columns: 2) == [])
        #expect(Self.cells("\n\"\"\n", columns: 1) == [[""], [""]])
        #expect(Self.cells("a,", columns: 2) == [["a", ""]])
    }

    @Test(arguments: [
        "a,b,c\n", "a\n", "a,b\n\n", "\"a,b\",c\n", "\"a\nb\",c\n", "\"a\"\"b\",c\n", "a\"b,c\n", "\"a\"b,c\n",
        "a,\"b", "a,\"", "a,b\r\n", "a,\\b\n", "\\.\n",
    ])
    func `rows that need a reader of CSV, or have other cells, are left to it`(_ text: String) {
        #expect(Self.cells(text, columns: 2) == nil)
    }
}
