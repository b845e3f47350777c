import Postgres

/// A second session of a stage that computes everything, on a task of its own: it sees the same state of the database
/// and reads while the stage's own session does other things.
///
/// What fails on it fails the stage where its answer is awaited. It ends when it is let go of, with whatever it made.
package actor ReadingSession {
    private let database: Database

    /// Begins a transaction of `session` under a snapshot, whose own transaction must outlast it.
    package init(_ session: sending Database, seeing snapshot: Snapshot) throws {
        try session.planForWholeDates()
        try session.script("begin isolation level repeatable read; set transaction snapshot '\(snapshot.name)'")
        database = session
    }

    /// Reads by it; readings wait for each other.
    package func read<T: Sendable>(_ body: @Sendable (Database) throws -> T) throws -> T { try body(database) }
}

/// What one transaction sees, by the name under which another can see the same until it ends.
package struct Snapshot: Sendable {
    let name: String

    /// The snapshot of the transaction that is open on a session.
    package init(of database: Database) throws { name = try database.one(.exportSnapshot).text("snapshot") }
}
