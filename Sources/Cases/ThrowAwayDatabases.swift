import EndOfDay
import Postgres
import Storage

/// Databases that live as long as one case each: copies of a template that is migrated once a process.
///
/// Names begin with `margin_case_`, the process and a random number, so that any number of processes may share a
/// server.
final class ThrowAwayDatabases {
    private let session: Session
    private let owner: Connection
    private let template: String
    private var count = 0

    /// Makes the template.
    init(_ session: Session) throws {
        self.session = session
        owner = try session.connect()
        template = "margin_case_\(ProcessIdentity.number)_\(UInt32.random(in: 0 ... .max))"
        try owner.script("create database \(template)")
        do {
            let connection = try session.connect(database: template)
            defer { connection.close() }
            _ = try Migrator(connection).migrate()
        } catch {
            try? drop(template)
            throw error
        }
    }

    /// Drops the template; call it when no more cases come.
    func close() throws {
        try drop(template)
        owner.close()
    }

    /// Runs `body` with a connection to a fresh database, which is dropped afterwards, whatever happens.
    func withDatabase<T>(_ body: (Connection) async throws -> T) async throws -> T {
        count += 1
        let name = "\(template)_\(count)"
        try owner.script("create database \(name) template \(template)")
        do {
            let connection = try session.connect(database: name)
            // Nothing of it has to outlive a crash.
            try connection.script("set synchronous_commit = off; set jit = off")
            let result = try await body(connection)
            connection.close()
            try drop(name)
            return result
        } catch {
            try? drop(name)
            throw error
        }
    }

    private func drop(_ name: String) throws { try owner.script("drop database if exists \(name) with (force)") }
}
