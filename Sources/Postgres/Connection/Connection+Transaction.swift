import CLibPQ

/// How a transaction sees the others; PostgreSQL's levels.
package enum Isolation: String, Sendable {
    case readCommitted = "read committed"
    case repeatableRead = "repeatable read"
    case serializable = "serializable"
}

/// Whether a transaction may write.
package enum TransactionAccess: String, Sendable {
    case readWrite = "read write"
    case readOnly = "read only"
}

extension Connection {
    /// Runs `body` in one transaction: committed when it returns, rolled back when it throws. Never repeats it.
    ///
    /// - Throws: what `body` throws; 25001 if a transaction is open already (they do not nest); 25P02 if `body` hid a
    ///   failure and the server would have rolled back silently; an error with `isCommitOutcomeUnknown` if the
    ///   connection went away between COMMIT and its reply.
    package func transaction<T>(
        isolation: Isolation = .readCommitted, access: TransactionAccess = .readWrite, _ body: () throws -> T
    ) throws -> T {
        guard !isInTransaction else {
            throw PostgresError(sqlState: .activeTransaction, message: "a transaction is open on this connection")
        }
        try script("begin isolation level \(isolation.rawValue) \(access.rawValue)")
        let value: T
        do {
            value = try body()
        } catch {
            // A rollback can only fail with the connection, and then the server rolls back by itself.
            try? script("rollback")
            throw error
        }
        try commit()
        return value
    }

    private func commit() throws(PostgresError) {
        let handle = unsafe try ready(for: "commit")
        let result: QueryResult
        do {
            result = unsafe try self.result(of: "commit", on: handle, isSent: PQsendQuery(handle, "commit") == 1)
        } catch {
            throw error.category == .connectionLost ? error.withCommitOutcomeUnknown() : error
        }
        guard result.commandTag == "COMMIT" else {
            throw PostgresError(
                sqlState: .inFailedTransaction, message: "a statement had failed, so the transaction was rolled back",
                statement: "commit")
        }
    }
}
