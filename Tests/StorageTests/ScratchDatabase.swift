import Foundation
import Postgres
import PrivateCluster
import Storage
import TestSupport

/// An empty database of its own in the tests' private cluster, for one test.
struct ScratchDatabase {
    private let settings: ConnectionSettings

    /// Makes a database, hands it to `body` and drops it.
    static func use<T>(_ body: (ScratchDatabase) async throws -> T) async throws -> T {
        var settings = try await TestServer.settings()
        let owner = try Connection.open(applicationName: "tests", parameters: settings.parameters)
        let process = ProcessInfo.processInfo.processIdentifier
        settings.database = "storage_\(process)_\(Int.random(in: 0..<1_000_000_000))"
        try owner.script("create database \(settings.database)")
        defer { try? owner.script("drop database if exists \(settings.database) with (force)") }
        return try await body(ScratchDatabase(settings: settings))
    }

    /// The same with every migration applied.
    static func useMigrated<T>(_ body: (Connection) throws -> T) async throws -> T {
        try await use { database in
            let connection = try database.connect()
            _ = try Migrator(connection).migrate()
            return try body(connection)
        }
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
