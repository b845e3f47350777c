import Postgres
import TestSupport
import Testing

struct CursorTests {
    private struct Refusal: Error {}

    @Test(arguments: [0, 1, 999, 1_000, 1_001, 12_345])
    func `every row of a query with parameters is seen once, in order`(count: Int) async throws {
        let connection = try await TestServer.connect()
        let sql = "select g, g * $2 from generate_series(1, $1) g order by g"
        try connection.transaction {
            var next: Int64 = 1
            let seen = try connection.forEachRow(sql, [.int64(Int64(count)), .int64(3)]) { row in
                let (number, product) = (try row.int64(0), try row.int64(1))
                #expect(number == next && product == 3 * next)
                next += 1
            }
            #expect(seen == count)
        }
    }

    @Test func `it needs a transaction and leaves no cursor when its body throws`() async throws {
        let connection = try await TestServer.connect()
        expect(throws: .objectNotInPrerequisiteState) { try connection.forEachRow("select 1") { _ in } }
        try connection.transaction {
            #expect(throws: Refusal.self) { try connection.forEachRow("select 1") { _ in throw Refusal() } }
            let left = try connection.value("select count(*) from pg_cursors where name = 'each_row'", as: .int64)
            #expect(left == 0)
            let again = try connection.forEachRow("select $1", [.int64(1)]) { _ in
                try connection.script("select 1")
            }
            #expect(again == 1)
        }
    }
}
