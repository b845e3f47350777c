/// How to reach a private cluster: what libpq needs and nothing else. There is no password.
package struct ConnectionSettings: Hashable, Sendable {
    /// The folder of the unix socket.
    package let host: String
    package let port: Int
    package let user: String
    package var database: String

    package init(host: String, port: Int, user: String, database: String) {
        self.host = host
        self.port = port
        self.user = user
        self.database = database
    }

    /// libpq keywords and values, as for `Connection.open(parameters:)`.
    package var parameters: [String: String] {
        ["host": host, "port": String(port), "user": user, "dbname": database]
    }

    /// The environment with which psql and every libpq program reaches the cluster.
    package var environment: [String: String] {
        ["PGHOST": host, "PGPORT": String(port), "PGUSER": user, "PGDATABASE": database]
    }
}
