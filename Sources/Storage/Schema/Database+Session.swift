import Postgres

extension Database {
    /// Runs what stores do in one transaction: committed when `body` returns, rolled back when it throws. They do not
    /// nest.
    /// - Parameter isSnapshot: whether every statement sees the state that the first one found.
    package func atomically<T>(isSnapshot: Bool = false, _ body: () throws -> T) throws -> T {
        try transaction(isolation: isSnapshot ? .repeatableRead : .readCommitted, body)
    }

    /// Ends the session; one that is let go of ends too.
    package func end() { close() }

    /// The server's version as it is written, such as `15.18`.
    package var serverRelease: String { "\(serverVersion / 10_000).\(serverVersion % 10_000)" }
}
