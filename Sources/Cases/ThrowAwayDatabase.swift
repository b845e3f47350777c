import Postgres
import Runtime
import Storage

/// A database that lives as long as the cases of one command: made and migrated once, emptied before every case,
/// dropped at the end.
///
/// Its name begins with `margin_case_`, the process and a random number, so that any number of processes may share a
/// server.
struct ThrowAwayDatabase {
    private let session: Session
    private let owner: Connection
    private let name: String

    /// Makes the database, runs `body` and drops the database, whatever happens.
    static func with<T>(_ session: Session, _ body: (ThrowAwayDatabase) async throws -> T) async throws -> T {
        let database = try ThrowAwayDatabase(session)
        do {
            let connection = try session.connect(database: database.name)
            _ = try SchemaInstaller(connection).install()
            connection.close()
            let result = try await body(database)
            try database.drop()
            return result
        } catch {
            try? database.drop()
            throw error
        }
    }

    private init(_ session: Session) throws {
        self.session = session
        owner = try session.connect()
        name = "margin_case_\(ProcessIdentity.number)_\(UInt32.random(in: 0 ... .max))"
        try owner.script("create database \(name)")
    }

    /// Runs `body` with a connection of its own to the database, emptied.
    func emptied<T>(_ body: (Connection) async throws -> T) async throws -> T {
        let connection = try session.connect(database: name)
        defer { connection.close() }
        // Nothing of it has to outlive a crash.
        try connection.script("set synchronous_commit = off; set jit = off")
        try connection.execute(.caseEmptyTables)
        return try await body(connection)
    }

    private func drop() throws {
        try owner.script("drop database if exists \(name) with (force)")
        owner.close()
    }
}
