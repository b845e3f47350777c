import Runtime
import Storage

/// A database that lives as long as the cases of one command: made and migrated once, emptied before every case,
/// dropped at the end.
///
/// Its name begins with `margin_case_`, the process and a random number, so that any number of processes may share a
/// server.
struct ThrowAwayDatabase {
    private let session: Session
    private let owner: Database
    private let name: String

    /// Makes the database, runs `body` and drops the database, whatever happens.
    static func with<T>(_ session: Session, _ body: (ThrowAwayDatabase) async throws -> T) async throws -> T {
        let made = try ThrowAwayDatabase(session)
        do {
            let database = try session.connect(database: made.name)
            _ = try SchemaInstaller(database).install()
            database.end()
            let result = try await body(made)
            try made.drop()
            return result
        } catch {
            try? made.drop()
            throw error
        }
    }

    private init(_ session: Session) throws {
        self.session = session
        owner = try session.connect()
        name = "margin_case_\(ProcessIdentity.number)_\(UInt32.random(in: 0 ... .max))"
        try CaseStore(owner).makeDatabase(name)
    }

    /// Runs `body` with a session of its own with the database, emptied.
    func emptied<T>(_ body: (Database) async throws -> T) async throws -> T {
        let database = try session.connect(database: name)
        defer { database.end() }
        try CaseStore(database).empty()
        return try await body(database)
    }

    private func drop() throws {
        try CaseStore(owner).dropDatabase(name)
        owner.end()
    }
}
