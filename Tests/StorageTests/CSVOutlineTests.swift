import Postgres
import Storage
import Testing

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

    /// Names of members as a file brings them, and what the loader says; empty if it loads.
    struct Members: Sendable, CustomTestStringConvertible {
        let rows: String
        var loaded: Int64 = 0
        var said: [String] = []
        var testDescription: String { rows.debugDescription }
    }

    private static let label =
        "must satisfy: label is one clean line: at most 200 characters, no line end or other control character"
    static let members = [
        Members(rows: "A,Alpha,A\r\nB,Beta,B\r\n", loaded: 2), Members(rows: "A,Alpha,A\rB,Beta,B", loaded: 2),
        Members(rows: "\"A\",\"Alpha\",\"A\"\n", loaded: 1), Members(rows: "A,\\.,A\nB,\"\\.\",B\n", loaded: 2),
        Members(
            rows: "A,Alpha,A\n\\.\nB,Beta,B\n", said: ["line 3,  : \\. ends a file for the server: take the line away"]),
        Members(rows: "A,\"\",A\n", said: ["line 2, name : missing value"]),
        // The cell is sent as it is; that it has several lines is the table's to refuse, and lines are counted on.
        Members(
            rows: "A,\"x\n\\.\ny\",A\nB B,Beta,B\n",
            said: [
                "line 2, name x\n\\.\ny: \(label)",
                "line 5, member B B: must satisfy: member code is a file name: letters, digits, _ and -, at most 24, "
                    + "a letter or digit first",
            ]),
        Members(rows: "A,Alpha,A\nB,\"Beta,B\nC,Gamma,C\n", said: ["line 3,  : a quote is opened and never closed"]),
        Members(
            rows: "A,Alpha,A\r\nB,Beta,B\nC,Gamma,C\r\n",
            said: ["line 3,  : it does not end as the lines above do: every line with LF, or every line with CR LF"]),
        Members(rows: "A,Al\0pha,A\n", said: ["line 2,  : it has a byte 0"]),
    ]

    @Test(arguments: members) func `every row is loaded, or the file is refused by its line`(
        _ members: Members
    ) async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            let file = InputFile(
                table: "clearing_member", source: "m.csv", sha256: [], columns: ["member", "name", "member_group"],
                headerLines: 1, rows: Array(members.rows.utf8))
            #expect(try PriceFile.refusal(connection, file) == members.said)
            #expect(
                try connection.value("select count(*) from margin.clearing_member", as: .int64) == members.loaded)
        }
    }

    @Test func `a header that names a column twice or not at all is refused`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            func said(_ columns: [String]) throws -> [String] {
                try PriceFile.refusal(connection, PriceFile.file([PriceFile.price], columns: columns))
            }
            #expect(
                try said(["business_date", "series", "price", "price"])
                    == ["line 1,  : the column price stands twice in the header"])
            #expect(
                try said(["business_date", "series", "price", ""])
                    == ["line 1,  : cell 4 of the header is empty: it names no column"])
            #expect(
                try said(["business_date;series;price;currency"])
                    == ["line 1,  : cells are separated by commas, not by “;”"])
            #expect(try said([]) == ["line 1,  : there is no header"])
        }
    }
}
