import Postgres
import Storage
import Testing

/// Files whose lines are no rows, or not the rows they seem to be.
struct MalformedFileTests {
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
