import Postgres
import ServerTestSupport
import Testing

struct ErrorTests {
    @Test(arguments: [
        ("insert into e values (1, 1)", "23505", PostgresError.Category.constraint),
        ("insert into e values (null, 1)", "23502", .constraint),
        ("insert into e values (2, -1)", "23514", .constraint),
        ("insert into f values (9)", "23503", .constraint),
        ("select 'x'::bigint", "22P02", .data),
        ("select 1/0", "22012", .data),
        ("select * from nowhere", "42P01", .other),
        ("selec 1", "42601", .other),
        ("set local role pg_monitor; create table public.forbidden (a int)", "42501", .permission),
        ("set local statement_timeout = '20ms'; select pg_sleep(5)", "57014", .cancelled),
        ("do $$ begin raise exception 'disk' using errcode = '53100'; end $$", "53100", .diskFull),
        ("do $$ begin raise exception 'shutdown' using errcode = '57P01'; end $$", "57P01", .connectionLost),
        ("do $$ begin raise exception 'deadlock' using errcode = '40P01'; end $$", "40P01", .serialization),
    ])
    func `the server's code and its category come through`(
        sql: String, code: String, category: PostgresError.Category
    ) async throws {
        let connection = try await TestServer.connect()
        try connection.script(
            """
            create temp table e (a bigint primary key, b bigint check (b > 0));
            create temp table f (a bigint references e);
            insert into e values (1, 1)
            """)
        let error = expect(throws: SQLState(code)) { try connection.script(sql) }
        #expect(error?.category == category)
        #expect(try connection.value("select 1::bigint", as: .int64) == 1)
    }

    @Test func `a lock that is taken is busy`() async throws {
        let first = try await TestServer.connect()
        let second = try await TestServer.connect()
        try first.script("create table busy (a int)")
        try first.script("begin; lock table busy")
        let error = expect(throws: .lockNotAvailable) { try second.script("begin; lock table busy nowait") }
        #expect(error?.category == .lockBusy)
        try first.script("rollback; drop table busy")
    }

    @Test func `a constraint is named and the row's values stay out of the description`() async throws {
        let connection = try await TestServer.connect()
        try connection.script(
            """
            create temp table accounts (code text constraint accounts_code_key unique);
            insert into accounts values ('SECRET')
            """)
        let error = expect(throws: .uniqueViolation) {
            try connection.execute("-- purpose: a test\n\ninsert into accounts\nvalues ($1)", [.text("SECRET")])
        }
        #expect(error?.constraint == "accounts_code_key")
        #expect(error?.table == "accounts")
        #expect(error?.detail == "Key (code)=(SECRET) already exists.")
        #expect(
            error?.description == "duplicate key value violates unique constraint \"accounts_code_key\" [23505] "
                + "(constraint accounts_code_key, table accounts) in: insert into accounts")
        #expect(error?.completeDescription.contains("SECRET") == true)
    }

    @Test(arguments: [
        "select $1::text::bigint", "select $1::text::date", "select ($1::text || '1e999')::float8",
        "select $1::text::numeric",
    ])
    func `a value that cannot be read stays out of the description`(sql: String) async throws {
        let connection = try await TestServer.connect()
        do {
            _ = try connection.one(sql, [.text("SE\"CR\"ET\u{1B}[31m")])
            Issue.record("nothing was thrown")
        } catch {
            #expect(!error.description.contains("ET"))
            #expect(error.description.contains("\"…\""))
            #expect(error.category == .data)
        }
    }

    @Test func `a line of a copy that cannot be read is named without its value`() async throws {
        let connection = try await TestServer.connect()
        try connection.script("create temp table p (a bigint, b date)")
        let error = expect(throws: .invalidTextRepresentation) {
            try connection.copyInText("copy p from stdin (format csv)") { writer in
                try writer.text("1,2026-01-01\n2,2026-01-02\nSECRET,2026-01-03\n")
            }
        }
        #expect(error?.description.contains("COPY p, line 3, column a") == true)
        #expect(error?.description.contains("SECRET") == false)
        #expect(try connection.value("select count(*) from p", as: .int64) == 0)
    }

    @Test func `a description is one line without control characters`() async throws {
        let connection = try await TestServer.connect()
        let error = expect(throws: .raisedException) {
            try connection.script("do $$ begin raise exception E'one\\ntwo\\x1b[31m\\u202Ethree'; end $$")
        }
        #expect(error?.description.hasPrefix("one two [31m three [P0001]") == true)
    }

    @Test func `notices are kept for the caller`() async throws {
        let connection = try await TestServer.connect()
        try connection.script("do $$ begin raise notice 'careful'; end $$")
        #expect(connection.takeNotices() == ["NOTICE:  careful"])
        #expect(connection.takeNotices().isEmpty)
    }
}
