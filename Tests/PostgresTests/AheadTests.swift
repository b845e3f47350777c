import Postgres
import ServerTestSupport
import Testing

/// Statements that are sent before anybody waits for them.
@Suite struct AheadTests {
    private static let copy = "copy (select generate_series(1, 100000::bigint)) to stdout (format binary)"

    @Test func `a copy that was sent ahead is received by its own text, and nothing else starts before`() async throws {
        let connection = try await TestServer.connect()
        try connection.sendAhead(Self.copy)
        let refused = expect(throws: .objectNotInPrerequisiteState) { try connection.script("select 1") }
        #expect(refused?.message == "what was sent ahead has not been waited for")
        expect(throws: .objectNotInPrerequisiteState) { try connection.sendAhead("select 1") }
        var sum: Int64 = 0
        #expect(try connection.copyOut(Self.copy) { row in sum += try row.int64() } == 100_000)
        #expect(sum == 5_000_050_000)
        #expect(try connection.value("select 1::bigint", as: .int64) == 1)
    }

    @Test func `what fails ahead is thrown where it is waited for, and the connection goes on`() async throws {
        let connection = try await TestServer.connect()
        let sql = "copy (select 1 / (g - 3) from generate_series(1, 9) as g) to stdout (format binary)"
        try connection.sendAhead(sql)
        expect(throws: SQLState("22012")) { try connection.copyOut(sql) { row in try row.skip() } }
        try connection.sendAhead("create temporary table t (a bigint); select 1 / 0")
        expect(throws: SQLState("22012")) { try connection.finishAhead() }
        try connection.finishAhead()
        #expect(try connection.value("select count(*) from pg_class where relname = 't'", as: .int64) == 0)
    }

    @Test func `another session is a process of its own, and sees what the first exports`() async throws {
        let first = try await TestServer.connect()
        let other = try first.another()
        #expect(other.backendProcess != first.backendProcess)
        try first.script("create table ahead (a bigint); insert into ahead values (1)")
        try first.script("begin isolation level repeatable read")
        let snapshot = try first.value("select pg_export_snapshot()", as: .text)
        let third = try first.another()
        try third.script("insert into ahead values (2)")
        try other.sendAhead("begin isolation level repeatable read; set transaction snapshot '\(snapshot)'")
        try other.finishAhead()
        #expect(try other.value("select count(*) from ahead", as: .int64) == 1)
        #expect(try third.value("select count(*) from ahead", as: .int64) == 2)
    }

    @Test func `a session that is abandoned ends what it was sent ahead`() async throws {
        let connection = try await TestServer.connect()
        let watch = try connection.another()
        let process = connection.backendProcess
        try connection.sendAhead("copy (select pg_sleep(600)) to stdout (format binary)")
        connection.abandon()
        let running = "select count(*) from pg_stat_activity where pid = \(process) and state = 'active'"
        for _ in 0..<200 where try watch.value(running, as: .int64) > 0 { try await Task.sleep(for: .milliseconds(50)) }
        #expect(try watch.value(running, as: .int64) == 0)
        #expect(!connection.isOpen)
    }
}
