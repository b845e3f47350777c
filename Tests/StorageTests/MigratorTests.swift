import Postgres
import Storage
import Testing

struct MigratorTests {
    @Test func `an empty database gets every migration, in the order of their numbers`() async throws {
        try await ScratchDatabase.use { database in
            let connection = try database.connect()
            let applied = try Migrator(connection).migrate()
            #expect(applied == Migration.all.map(\.name))
            #expect(applied == applied.sorted())
            try Migrator(connection).requireCurrent()
        }
    }

    @Test func `applying twice is a no-op`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            let before = try ledger(connection)
            #expect(try Migrator(connection).migrate() == [])
            #expect(try ledger(connection) == before)
        }
    }

    @Test func `an edited migration is refused by name`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            let edit = "update margin_schema.migration set sha256 = sha256('edited') where name = $1"
            try connection.execute(edit, [.text("0002-reference-data")])
            #expect(mismatch { _ = try Migrator(connection).migrate() } == "edited 0002-reference-data")
            #expect(mismatch { try Migrator(connection).requireCurrent() } == "edited 0002-reference-data")
        }
    }

    @Test func `a migration this program does not know is refused by name`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            let newer = "insert into margin_schema.migration (name, sha256) values ('9999-later', sha256('later'))"
            try connection.execute(newer)
            #expect(mismatch { _ = try Migrator(connection).migrate() } == "newer 9999-later")
            #expect(mismatch { try Migrator(connection).requireCurrent() } == "newer 9999-later")
        }
    }

    @Test func `a database without migrations lacks all of them, and looking changes nothing`() async throws {
        try await ScratchDatabase.use { database in
            let connection = try database.connect()
            let all = Migration.all.map(\.name).joined(separator: " ")
            #expect(mismatch { try Migrator(connection).requireCurrent() } == "older \(all)")
            let schemas = "select count(*) from pg_namespace where nspname like 'margin%'"
            #expect(try connection.value(schemas, as: .int64) == 0)
        }
    }

    @Test func `two migrators at once share the work and neither fails`() async throws {
        try await ScratchDatabase.use { database in
            let applied = try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<2 { group.addTask { try Migrator(try database.connect()).migrate() } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(applied.sorted() == Migration.all.map(\.name))
            try Migrator(try database.connect()).requireCurrent()
        }
    }

    private func ledger(_ connection: Connection) throws -> [String] {
        try connection.values(
            "select concat_ws(' ', name, sha256, applied_at) from margin_schema.migration order by name", as: .text)
    }

    /// The mismatch that `body` ran into, in words.
    private func mismatch(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "none"
        } catch let error as SchemaMismatch {
            switch error {
            case .edited(let name): return "edited \(name)"
            case .newer(let name): return "newer \(name)"
            case .older(let missing): return "older " + missing.joined(separator: " ")
            }
        } catch {
            return "\(error)"
        }
    }
}
