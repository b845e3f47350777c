import Postgres
import ServerTestSupport
import Testing

/// The caller states the shape; anything else is an error that says what came instead.
struct StatementTests {
    @Test func `execute returns the affected rows and refuses columns`() async throws {
        let connection = try await TestServer.connect()
        #expect(try connection.execute("create temp table t (a bigint primary key, b text)") == 0)
        #expect(try connection.execute("insert into t select g, 'x' from generate_series(1, 5) g") == 5)
        #expect(try connection.execute("update t set b = $1 where a > $2", [.text("y"), .int64(3)]) == 2)
        #expect(try connection.execute("delete from t where a = $1", [.int64(99)]) == 0)
        #expect(try connection.execute("select pg_sleep(0)") == 0)
        expect(throws: .cardinalityViolation) { try connection.execute("select a from t") }
    }

    @Test func `one, optional and value refuse other numbers of rows or columns`() async throws {
        let connection = try await TestServer.connect()
        let none = "select 1::bigint where false"
        let two = "select g::bigint from generate_series(1, 2) g order by g"
        expect(throws: .cardinalityViolation) { try connection.one(none) }
        expect(throws: .cardinalityViolation) { try connection.one(two) }
        expect(throws: .cardinalityViolation) { try connection.optional(two) }
        expect(throws: .cardinalityViolation) { try connection.value("select 1::bigint, 2", as: .int64) }
        expect(throws: .cardinalityViolation) { try connection.rows("create temp table u (a int)") }
        #expect(try connection.optional(none).map(\.columnCount) == nil)
        #expect(try connection.values(two, as: .int64) == [1, 2])
        let decoded = try connection.rows(two) { try $0.int64(.at(0)) }
        #expect(decoded == [1, 2])
        let mapped = try connection.rows(two).map { try $0.int64(.at(0)) }
        #expect(mapped == [1, 2])
        #expect(try connection.rows(none).isEmpty)
    }

    @Test func `a getter of another type, or of null, names the column`() async throws {
        let connection = try await TestServer.connect()
        let row = try connection.one(
            "select 1 as small, null::bigint as missing, 'x'::text as code, now()::time as odd")
        let type = expect(throws: .datatypeMismatch) { try row.int64(.at(0)) }
        #expect(type?.message == "column small is integer where bigint was asked for")
        let null = expect(throws: .nullValueNotAllowed) { try row.int64(.at(1)) }
        #expect(null?.message == "column missing is null")
        expect(throws: .datatypeMismatch) { try row.numeric(.at(2)) }
        let unknown = expect(throws: .datatypeMismatch) { try row.text(.at(3)) }
        #expect(unknown?.message == "column odd is unknown type 1083 where text was asked for")
        #expect(row.columnCount == 4)
    }

    @Test func `a column is found by its name, and a name that is unknown or there twice is an error that says so`()
        async throws
    {
        let connection = try await TestServer.connect()
        let sql = "select g::bigint as one, g * 2::bigint as two, 'x' as twin, 'y' as twin from generate_series(1, 2) g"
        let rows = try connection.rows(sql)
        #expect(try rows.map { try [$0.int64("two"), $0.int64("one")] } == [[2, 1], [4, 2]])
        #expect(try rows[1].int64(Row.Column("two")) == 4)
        #expect(try rows[1].text(.at(3)) == "y")
        let unknown = expect(throws: .undefinedColumn) { try rows[0].int64("three") }
        #expect(unknown?.message == "the result has no column three, but one, two, twin, twin")
        #expect(unknown?.statement == sql)
        let twice = expect(throws: .ambiguousColumn) { try rows[0].text("twin") }
        #expect(twice?.message == "the result has two columns twin")
        expect(throws: .undefinedColumn) { try rows[0].isNull("One") }
        expect(throws: .undefinedColumn) { try rows[0].columnType("") }
    }

    @Test func `domains, names and padded text read as their base types`() async throws {
        let connection = try await TestServer.connect()
        try connection.script(
            """
            create domain pg_temp.code as text check (value ~ '^[A-Z]+$');
            create temp table d (c pg_temp.code, n name, p character(3), v varchar(5));
            insert into d values ('AB', 'nm', 'x', 'vv')
            """)
        let row = try connection.one("select c, n, p, v from d")
        #expect(try row.text(.at(0)) == "AB")
        #expect(try row.text(.at(1)) == "nm")
        #expect(try row.text(.at(2)) == "x  ")
        #expect(try row.text(.at(3)) == "vv")
    }

    @Test func `a script runs several statements as one transaction`() async throws {
        let connection = try await TestServer.connect()
        try connection.script("create temp table s (a int); insert into s values (1); insert into s values (2)")
        #expect(try connection.value("select count(*) from s", as: .int64) == 2)
        expect(throws: SQLState("22012")) {
            try connection.script("insert into s values (3); select 1/0; insert into s values (4)")
        }
        #expect(try connection.value("select count(*) from s", as: .int64) == 2)
    }

    @Test func `a copy started by the wrong method is broken off and the connection goes on`() async throws {
        let connection = try await TestServer.connect()
        try connection.script("create temp table c (a bigint)")
        expect(throws: .cardinalityViolation) { try connection.script("copy c from stdin") }
        expect(throws: .cardinalityViolation) {
            try connection.execute("copy (select generate_series(1, 1000000)) to stdout")
        }
        expect(throws: .cardinalityViolation) { try connection.copyIn("copy c from stdin (format csv)") { _ in } }
        expect(throws: .cardinalityViolation) { try connection.copyIn("copy c to stdout (format binary)") { _ in } }
        expect(throws: .cardinalityViolation) { try connection.copyOut("select 1") { _ in } }
        expect(throws: .undefinedTable) { try connection.copyOut("copy nowhere to stdout (format binary)") { _ in } }
        #expect(try connection.value("select count(*) from c", as: .int64) == 0)
    }
}
