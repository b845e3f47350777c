import Postgres

extension Database {
    /// Runs what stores do in one transaction: committed when `body` returns, rolled back when it throws. They do not
    /// nest.
    /// - Parameter isSnapshot: whether every statement sees the state that the first one found.
    package func atomically<T>(isSnapshot: Bool = false, _ body: () throws -> T) throws -> T {
        try transaction(isolation: isSnapshot ? .repeatableRead : .readCommitted, body)
    }

    /// Goes on as another login, as if that had opened the session; a superuser may.
    package func act(as login: String) throws(PostgresError) { _ = try one(.actAs, [.text(login)]) }

    /// Ends what waits or runs longer: a lock, then a statement, both in whole seconds. A shorter limit of the role or
    /// of PGOPTIONS stays.
    package func limitWaiting(forLock lock: Int, forStatement statement: Int) throws(PostgresError) {
        _ = try one(.limitWaiting, [.text("lock_timeout"), .int64(Int64(lock))])
        _ = try one(.limitWaiting, [.text("statement_timeout"), .int64(Int64(statement))])
    }

    /// Has the session plan for all rows of one date or run in tables that hold many, whatever the server takes them
    /// for: it finds rows by an index wherever there is one, and joins by hash.
    package func planForWholeDates() throws(PostgresError) {
        try script("set enable_seqscan = off; set enable_nestloop = off; set enable_mergejoin = off")
    }

    /// Lets the server end a statement whose client is gone. A server on a system that cannot look goes on without.
    package func noticeLostClient() { _ = try? rows(.noticeLostClient) }

    /// Ends the session; one that is let go of ends too.
    package func end() { close() }

    /// The server's version as it is written, such as `15.18`.
    package var serverRelease: String { "\(serverVersion / 10_000).\(serverVersion % 10_000)" }
}
