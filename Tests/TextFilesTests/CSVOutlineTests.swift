import Testing
import TextFiles

/// What bytes of CSV show before the server reads them.
struct CSVOutlineTests {
    struct Bytes: Sendable, CustomTestStringConvertible {
        let text: String
        var rows = 0
        var endMark: Int?
        var openQuote: Int?
        var isOfSeveralLines = false
        var testDescription: String { text.debugDescription }
    }

    static let bytes = [
        Bytes(text: ""), Bytes(text: "a,b\n", rows: 1), Bytes(text: "a,b", rows: 1), Bytes(text: "\n", rows: 1),
        Bytes(text: "a\nb\nc", rows: 3), Bytes(text: "a\r\nb\r\n", rows: 2), Bytes(text: "a\rb\r", rows: 2),
        Bytes(text: "a\n\nb\n", rows: 3), Bytes(text: "\"a\nb\",c\n", rows: 1, isOfSeveralLines: true),
        Bytes(text: "\"a\"\"\nb\",c\nd\n", rows: 2, isOfSeveralLines: true),
        Bytes(text: "x\"a\r\nb\"y,c\r\nd\r\n", rows: 2, isOfSeveralLines: true),
        Bytes(text: "a\n\\.\nb\n", rows: 3, endMark: 2), Bytes(text: "a\r\n\\.\r\nb\r\n", rows: 3, endMark: 2),
        Bytes(text: "\\.", rows: 1, endMark: 1), Bytes(text: "a\r\\.\rb", rows: 3, endMark: 2),
        Bytes(text: "\\.x\n\\\\.\n \\.\n\\.,\n\"\\.\"\n", rows: 5),
        Bytes(text: "a,\"b\n\\.\nc\"\nd\n", rows: 2, isOfSeveralLines: true),
        Bytes(text: "a\nb,\"c\nd\ne", rows: 2, openQuote: 2, isOfSeveralLines: true),
    ]

    @Test(arguments: bytes) func `rows, end marks and open quotes are seen`(_ bytes: Bytes) {
        let outline = CSVOutline(Array(bytes.text.utf8))
        #expect(outline.rows == bytes.rows)
        #expect(outline.endMark == bytes.endMark)
        #expect(outline.openQuote == bytes.openQuote)
        #expect(outline.hasCellsOfSeveralLines == bytes.isOfSeveralLines)
    }

    @Test func `the lines of asked rows are counted over cells of several lines`() {
        let outline = CSVOutline(Array("a\n\"b\nc\"\r\nd\n".utf8), linesOf: [1, 2, 3, 4])
        #expect(outline.lines == [1: 1, 2: 2, 3: 4, 4: 5])
    }
}
