import Foundation
import Postgres
import PrivateCluster
import Storage

/// How a command reaches its database: libpq's own rules where anything says so, else the private cluster of this
/// folder.
package struct Session {
    /// libpq's variables that name a server; any of them, a password file or a service file turns the private cluster
    /// off.
    private static let variables = [
        "PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGUSER", "PGPASSWORD", "PGPASSFILE", "PGSERVICE",
        "PGSERVICEFILE",
    ]

    /// libpq keywords for `Connection.open`; empty where libpq's own rules apply.
    package let parameters: [String: String]
    /// Where the database is, as the operator reads it.
    package let description: String

    /// A server reached by libpq keywords; none mean libpq's own rules.
    package init(parameters: [String: String], description: String) {
        self.parameters = parameters
        self.description = description
    }

    /// Whether libpq's own rules name a server.
    package static var hasServer: Bool {
        let environment = ProcessInfo.processInfo.environment
        if variables.contains(where: { environment[$0] != nil }) { return true }
        let home = FileManager.default.homeDirectoryForCurrentUser.path
        return [".pgpass", ".pg_service.conf"].contains { FileManager.default.fileExists(atPath: "\(home)/\($0)") }
    }

    /// The private cluster of a folder: `MARGIN_CLUSTER`, or `.cluster/house` where the command is run.
    package static var privateCluster: PrivateCluster {
        PrivateCluster(
            folder: ProcessInfo.processInfo.environment["MARGIN_CLUSTER"]
                ?? FileManager.default.currentDirectoryPath + "/.cluster/house")
    }

    /// Finds the server, and starts the private cluster if it is that.
    package static func start() async throws -> Session {
        if hasServer { return Session(parameters: [:], description: "the server of libpq's settings") }
        do {
            let settings = try await privateCluster.start()
            return Session(parameters: settings.parameters, description: "the private cluster in \(settings.host)")
        } catch {
            throw Failure(.databaseUnavailable, "the private cluster does not start: \(error)", hint: "make setup")
        }
    }

    /// A connection of its own.
    ///
    /// Sorts and hashes of a night are few and large: they get memory of their own.
    package func connect(database: String? = nil) throws -> Connection {
        var parameters = parameters
        if let database { parameters["dbname"] = database }
        let connection = try Connection.open(applicationName: "margin", parameters: parameters)
        try connection.requireServer(major: 15)
        try connection.script("set work_mem = '128MB'; set maintenance_work_mem = '256MB'")
        return connection
    }

    /// A connection of its own that goes on as another login, as if that had opened it: the operating user of a private
    /// cluster is its superuser and may. With nil it is the session's own.
    /// - Throws: exit 77 where the session may not become the login, 65 for a login there is not.
    package func connect(as login: String?) throws -> Connection {
        let connection = try connect()
        guard let login else { return connection }
        do {
            _ = try connection.one(.actAs, [.text(login)])
        } catch {
            switch error.category {
            case .permission:
                throw Failure(
                    .permission, "this session may not go on as \(login)",
                    hint: "open it as that person: PGUSER=\(login)")
            case .data:
                throw Failure(.inputRejected, "there is no login \(login)", hint: "margin db person \(login)")
            default: throw error
            }
        }
        return connection
    }
}
