import Postgres
import Testing
import TestSupport

struct ConnectionTests {
    @Test func `a connection answers`() async throws {
        let connection = try await TestServer.connect()
        #expect(try connection.value("select $1::bigint", [.int64(7)], as: .int64) == 7)
        #expect(try connection.one("select 1::int8, 'x'") { (try $0.int64(0), try $0.text(1)) } == (1, "x"))
    }
}
