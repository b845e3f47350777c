import Testing
import TextFiles

@Suite struct `CSV records` {
    private func records(_ text: String) throws -> [[String]] { try CSVRecords(Array(text.utf8)).records.map(\.cells) }

    @Test(arguments: [
        "a,b\n1,\n", "a,b\r\n1,\r\n", "a,b\r1,\r", "a,b\n1,", "\u{FEFF}a,b\n1,\n", "\"a\",\"b\"\n\"1\",\"\"\n",
        "# an inch is \"\n\n  # and more\na,b\n1,\n",
    ])
    func `are the same however a file spells them`(_ text: String) throws {
        #expect(try records(text) == [["a", "b"], ["1", ""]])
    }

    @Test func `keep what stands in quotes, with the line they begin on`() throws {
        let found = try CSVRecords(Array("# note\na\n\"x\ny\r\nz\",\"\"\"\",# no comment\n\nend".utf8)).records
        #expect(found.map(\.cells) == [["a"], ["x\ny\r\nz", "\"", "# no comment"], [""], ["end"]])
        #expect(found.map(\.line) == [2, 3, 6, 7])
    }

    @Test func `of nothing are none`() throws {
        for text in ["", "\u{FEFF}", "# only a note", "\n\n", " \n"] { #expect(try records(text).isEmpty) }
    }

    @Test(arguments: [
        ("a\n\"b\nc\n", "line 2: a quote is opened and never closed"),
        ("a\nb\"c\n", "line 2: a quote inside a cell without quotes"),
        ("a\n\"b\"c\"\n", "line 2: a quote inside a cell without quotes"),
        ("a\r\nb\nc\r\n", "line 2: it does not end as the lines above do"),
        ("a\nb\0\n", "line 2: it has a byte 0"),
        ("# note\n\na\n\"b\n\"\nc\0", "line 6: it has a byte 0"),
    ])
    func `are refused by the line`(_ text: String, _ said: String) {
        let fault = #expect(throws: CSVFault.self) { try records(text) }
        #expect(fault.map(String.init(describing:)) == said)
        #expect((fault?.hint != nil) == said.contains("end as the lines"))
    }
}

@Suite struct `The head of a CSV file` {
    @Test func `is cut off and the rest left as it is`() throws {
        let head = try CSVHead(Array("\u{FEFF}# note, with a comma\r\n\r\n \"a\" ,b,\r\n\u{0}1\r\n# 2".utf8))
        #expect(head.columns == ["a", "b", ""])
        #expect(head.lineCount == 3)
        #expect(head.rows == Array("\u{0}1\r\n# 2".utf8))
    }

    @Test(
        arguments: [
            ([], "the file is empty"), (Array("# note\n\n".utf8), "there is no header"),
            ([0x23, 0x0A, 0xE9], "line 2: it is not UTF-8 text"),
            ([0xFF, 0xFE, 0x61, 0x00], "line 1: it is UTF-16 text"),
            ([0x61, 0x00, 0x2C], "line 1: it is UTF-16 text"),
        ] as [([UInt8], String)])
    func `is refused by its line`(_ bytes: [UInt8], _ said: String) {
        let fault = #expect(throws: CSVFault.self) { _ = try CSVHead(bytes) }
        #expect(fault.map(String.init(describing:)) == said)
    }
}
