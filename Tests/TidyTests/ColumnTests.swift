import Testing

/// Rows are read by column name: a column that is put in, left out or moved in a query shifts no other.
struct ColumnTests {
    @Test func `a column that is read stands in a query the file names`() throws {
        expectNone(try ColumnRules.columnsAreOfQueries(Repository.sources, Repository.queries))
    }

    @Test func `a column that no query has is found, wherever the type names its queries`() throws {
        let queries = [
            TextFile(path: "sql/queries/a/one-call.sql", text: "-- purpose: amount\nselect a.account from a"),
            TextFile(path: "sql/queries/a/gate-b.sql", text: "select b.row_key from b"),
        ]
        func lines(_ path: String, _ text: String, beside other: [TextFile] = []) throws -> [Int] {
            let file = TextFile(path: "Sources/Storage/\(path)", text: text)
            return try ColumnRules.columnsAreOfQueries([file] + other, queries).map(\.line)
        }
        let asks = "let row = try connection.one(.oneCall)\n"
        #expect(try lines("A.swift", asks + "a = try row.text(\"account\")") == [])
        #expect(try lines("A.swift", asks + "a = try row.text(\"amount\")") == [2])
        #expect(try lines("A.swift", asks + "a = try $0.int64OrNull(\"b\"), b = [.text(\"b\")]") == [2])
        let beside = TextFile(path: "Sources/Storage/A.swift", text: asks)
        #expect(try lines("A+B.swift", "a = try row.isNull(\"b\")", beside: [beside]) == [1])
        #expect(try lines("B.swift", "a = try row.isNull(\"b\")", beside: [beside]) == [])
        #expect(try lines("C.swift", "_ = rows(query, 1)\na = try row.text(\"row_key\")") == [])
    }
}
