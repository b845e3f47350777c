import Postgres

/// The errors of the server after which a stage goes on: what every other one means to the operator is a failure's.
package enum DatabaseFault: Hashable, Sendable {
    /// The connection was lost, or could not be made: nothing is known of a statement that was on its way.
    case connectionLost
    /// The whole transaction may be repeated, with the SQLSTATE that says so: 40001 or 40P01.
    case collision(sqlState: String)

    /// Nil for an error of anything else.
    package init?(_ error: any Error) {
        guard let error = error as? PostgresError else { return nil }
        switch error.category {
        case .connectionLost: self = .connectionLost
        case .serialization: self = .collision(sqlState: "\(error.sqlState)")
        default: return nil
        }
    }
}
