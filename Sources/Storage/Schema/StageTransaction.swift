import Postgres

/// The transaction of a stage: its reads, its rows and its mark "succeeded" see one state of the database and are there
/// together or not at all.
///
/// It is of a task that computes between its statements, so whoever begins it also ends it.
package struct StageTransaction {
    private let database: Database

    private init(_ database: Database) { self.database = database }

    /// Begins it, isolated as repeatable read.
    package static func begin(on database: Database) throws -> StageTransaction {
        try database.script("begin isolation level repeatable read")
        return StageTransaction(database)
    }

    /// Commits it: from here on everybody sees it.
    package func commit() throws { try database.script("commit") }

    /// Rolls it back. That can only fail with the connection, and then the server does so by itself.
    package func rollBack() throws { try database.script("rollback") }
}
