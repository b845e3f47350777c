import Postgres
import Storage
import TestSupport
import Testing

struct SchemaInstallerTests {
    /// A step that no release has: a column with a default, and a function that reads it.
    static let step = Schema.Upgrade(
        release: Schema.current.release + 1, name: "made-up",
        text: "alter table margin.clearing_member add column rating text not null default 'A'")
    static let later = Schema(
        files: Schema.current.files, functions: Schema.current.functions + [rating],
        upgrades: Schema.current.upgrades + [step])
    static let rating = Schema.Function(
        name: "rating_of", after: "04-house",
        text: """
            create or replace function margin.rating_of(which text) returns text language sql stable as $$
                select m.rating from margin.clearing_member as m where m.member = which
            $$;
            """)

    @Test func `an empty database gets the whole schema once`() async throws {
        try await ScratchDatabase.use { database in
            let connection = try database.connect()
            #expect(mismatch { try SchemaInstaller(connection).requireCurrent() } == .missing)
            #expect(
                try connection.value("select count(*) from pg_namespace where nspname like 'margin%'", as: .int64) == 0)
            let made = ["made the schema of release \(Schema.current.release)"]
            #expect(try SchemaInstaller(connection).install() == made)
            try SchemaInstaller(connection).requireCurrent()
            let before = try ledger(connection)
            #expect(before.count == 1 + Schema.current.functions.count)
            #expect(try SchemaInstaller(connection).install() == [])
            #expect(try ledger(connection) == before)
        }
    }

    @Test(arguments: 1...4) func `many that install at once share the work and none fails`(time: Int) async throws {
        try await ScratchDatabase.use { database in
            let done = try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<8 { group.addTask { try SchemaInstaller(try database.connect()).install() } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(done.count == 1)
            try SchemaInstaller(try database.connect()).requireCurrent()
        }
    }

    @Test func `a database of numbered migrations is refused and left as it is`() async throws {
        try await ScratchDatabase.use { database in
            let connection = try database.connect()
            try connection.script(
                "create schema margin_schema; create table margin_schema.migration (name text primary key)")
            #expect(mismatch { try SchemaInstaller(connection).requireCurrent() } == .unreleased)
            #expect(mismatch { _ = try SchemaInstaller(connection).install() } == .unreleased)
            #expect(try connection.value("select to_regclass('margin_schema.release') is null", as: .bool))
        }
    }

    @Test func `a schema made from another text is refused`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            try connection.execute("update margin_schema.release set sha256 = sha256('edited')")
            let edited = SchemaMismatch.edited(release: Schema.current.release)
            #expect(mismatch { try SchemaInstaller(connection).requireCurrent() } == edited)
            #expect(mismatch { _ = try SchemaInstaller(connection).install() } == edited)
        }
    }

    @Test func `a function of another text is replaced, its grants kept`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            try connection.script(
                "update margin_schema.function set sha256 = sha256('edited') where name in ('block_of', 'is_required')")
            #expect(
                mismatch { try SchemaInstaller(connection).requireCurrent() }
                    == .functions(["block_of", "is_required"]))
            #expect(
                try SchemaInstaller(connection).install()
                    == ["replaced function block_of", "replaced function is_required"])
            try SchemaInstaller(connection).requireCurrent()
        }
    }

    @Test func `a step is applied once to a database of the release before, and its rows stay`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            try connection.script(
                """
                insert into margin.input_load (table_name, kind, source, row_count)
                values ('clearing_member', 'load', 'test', 1);
                insert into margin.clearing_member (member, name, member_group, load_id)
                select 'M1', 'Member', 'G1', max(load_id) from margin.input_load
                """)
            let later = SchemaInstaller(connection, schema: Self.later)
            let older = SchemaMismatch.older(release: Schema.current.release, needed: Self.step.release)
            #expect(mismatch { try later.requireCurrent() } == older)
            #expect(
                try later.install()
                    == ["upgraded to release \(Self.step.release): made-up", "replaced function rating_of"])
            try later.requireCurrent()
            #expect(try later.install() == [])
            #expect(try connection.value("select margin.rating_of('M1')", as: .text) == "A")
            let newer = SchemaMismatch.newer(release: Self.step.release, known: Schema.current.release)
            #expect(mismatch { try SchemaInstaller(connection).requireCurrent() } == newer)
            #expect(mismatch { _ = try SchemaInstaller(connection).install() } == newer)
        }
    }

    @Test func `a step that fails leaves the release before`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            let before = try ledger(connection)
            let broken = Schema.Upgrade(
                release: Self.step.release, name: "broken",
                text: Self.step.text + "; select 1 / 0")
            let schema = Schema(files: [], functions: [], upgrades: [broken])
            #expect(throws: PostgresError.self) { try SchemaInstaller(connection, schema: schema).install() }
            #expect(try ledger(connection) == before)
            try SchemaInstaller(connection).requireCurrent()
        }
    }

    private func ledger(_ connection: Connection) throws -> [String] {
        try connection.values(
            """
            select concat_ws(' ', release, sha256, installed_at) from margin_schema.release
            union all
            select concat_ws(' ', name, sha256, installed_at) from margin_schema.function
            order by 1
            """, as: .text)
    }

    /// The mismatch that `body` ran into; nil for none.
    private func mismatch(_ body: () throws -> Void) -> SchemaMismatch? {
        do {
            try body()
            return nil
        } catch {
            return error as? SchemaMismatch
        }
    }
}
