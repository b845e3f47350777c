import Postgres
import PrivateCluster
import ServerTestSupport
import Storage

/// A database of its own in the tests' private cluster, for one test.
struct ScratchDatabase {
    private let settings: ConnectionSettings

    /// Makes an empty database, hands it to `body` and drops it.
    static func use<T>(_ body: (ScratchDatabase) async throws -> T) async throws -> T {
        let database = try await make(from: "template1")
        let owner = try await TestServer.connect()
        defer { try? owner.script("drop database if exists \(database.settings.database) with (force)") }
        return try await body(database)
    }

    /// The same with every migration applied: a copy of a database that was migrated once.
    static func useMigrated<T>(_ body: (Connection) throws -> T) async throws -> T {
        let database = try await make(from: try await migrated.value)
        let owner = try await TestServer.connect()
        defer { try? owner.script("drop database if exists \(database.settings.database) with (force)") }
        return try body(try database.connect())
    }

    private static let migrated = Task { () async throws -> String in
        let database = try await make(from: "template1")
        _ = try SchemaInstaller(try database.connect()).install()
        return database.settings.database
    }

    /// The name begins like that of this process's own database, so that it is dropped with it if the tests are killed.
    private static func make(from template: String) async throws -> ScratchDatabase {
        var settings = try await TestServer.settings()
        settings.database += "_\(Int.random(in: 0..<1_000_000_000))"
        try await TestServer.connect().script("create database \(settings.database) template \(template)")
        return ScratchDatabase(settings: settings)
    }

    func connect() throws -> Connection {
        try Connection.open(applicationName: "tests", parameters: settings.parameters)
    }
}

/// Expects `body` to be refused with this SQLSTATE and returns the refusal.
func refused(_ body: () throws -> Void) -> PostgresError? {
    do {
        try body()
        return nil
    } catch {
        return error as? PostgresError
    }
}
