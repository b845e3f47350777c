import Foundation
import Postgres

/// What a connection pooler between a program and its server keeps together.
package enum Pooling: Sendable {
    /// There is none.
    case none
    /// All that a connection sends goes to one process of the server: as good as none.
    case session
    /// Each transaction goes to whatever process is free. Locks and settings of a session stay behind on it.
    case transaction
    /// Each statement does.
    case statement
    /// There is one, and a second connection with which to find out was not to be had.
    case unknown
}

extension Session {
    /// How often two connections are compared: whoever else is on the pool may have taken the process just then.
    private static let looks = 8

    /// How long the second connection may wait for a process: a session pool that is used up gives it none.
    private static let patience = Duration.seconds(3)

    /// What stands between a connection and its server.
    ///
    /// Sure signs only. Without a pooler the process named at the connection's start serves its statements. Behind one,
    /// a second connection opens a transaction. If it is given the process that has just served the first, or the
    /// first is now served by another, the pool is shared by transaction; if the pooler refuses the transaction, by
    /// statement.
    static func pooling(of connection: Connection, another: (Duration) throws -> Connection) throws -> Pooling {
        guard connection.isPooled else { return .none }
        guard let other = try? another(patience) else { return .unknown }
        defer { other.close() }
        let first = try connection.servingProcess()
        for _ in 0..<looks {
            let before = try connection.servingProcess()
            let given: Int32
            do {
                try other.script("begin")
                given = try other.servingProcess()
            } catch {
                return "\(error)".contains("statement pooling") ? .statement : .unknown
            }
            let after = try connection.servingProcess()
            if given == before || given == after || before != first || after != first { return .transaction }
            guard (try? other.script("rollback")) != nil else { return .unknown }
        }
        return .session
    }

    /// - Throws: `Failure` 78 behind a pooler that does not keep a session together.
    static func refuse(_ pooling: Pooling) throws(Failure) {
        switch pooling {
        case .none, .session, .unknown: return
        case .transaction: throw refusal("transaction")
        case .statement: throw refusal("statement")
        }
    }

    /// Looks once more, now that a lock is held: the process that serves must be the one that gave it.
    /// - Throws: `Failure` 78 if it is another.
    package static func requireOneProcess(_ connection: Connection) throws {
        guard connection.isPooled, try connection.servingProcess() != connection.backendProcess else { return }
        throw refusal("transaction")
    }

    private static func refusal(_ mode: String) -> Failure {
        Failure(
            .configuration,
            "a connection pooler in \(mode) mode stands between this program and the server: "
                + "the locks and settings of a session do not hold there",
            hint: "name the server itself (PGHOST, PGPORT), or a pool with pool_mode = session; "
                + "docs/operations.md, Which server")
    }
}
