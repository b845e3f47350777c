import Foundation
import Postgres
import PrivateCluster
import Storage

/// How a command reaches its database: libpq's own rules where anything says so, else the private cluster of this
/// folder.
package struct Session {
    /// libpq's variables that name a server; any of them, a password file or a service file turns the private cluster
    /// off.
    static let variables = [
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
        return !files.isEmpty
    }

    /// libpq's files in the home folder that are there.
    static var files: [String] {
        let home = FileManager.default.homeDirectoryForCurrentUser.path
        return [".pgpass", ".pg_service.conf"].filter { FileManager.default.fileExists(atPath: "\(home)/\($0)") }
    }

    /// The private cluster of a folder: `MARGIN_CLUSTER`, or `.cluster/house` where the command is run.
    package static var privateCluster: PrivateCluster {
        PrivateCluster(
            folder: URL(fileURLWithPath: Settings.current.value(.cluster)).path)
    }

    /// Finds the server, and starts the private cluster if it is that.
    ///
    /// Only a command that can begin with an empty one makes it, which takes seconds and the log says.
    /// - Throws: `Failure` 78 where there is none and the command does not make one.
    package static func start(quiet: Bool = false, making: Bool = false) async throws -> Session {
        guard hasServer || making || privateCluster.actualFolder != nil else { throw Failure(SchemaMismatch.missing) }
        if hasServer { return Session(parameters: [:], description: "the server of libpq's settings") }
        do {
            let settings = try await startCluster(quiet: quiet)
            return Session(parameters: settings.parameters, description: "the private cluster in \(settings.host)")
        } catch {
            throw Failure(.databaseUnavailable, "the private cluster does not start: \(error)", hint: error.hint)
        }
    }

    /// Starts the private cluster, and says before what takes seconds.
    package static func startCluster(quiet: Bool = false) async throws(PrivateClusterError) -> ConnectionSettings {
        let cluster = privateCluster
        let folder = URL(fileURLWithPath: Settings.current.value(.cluster)).path
        if cluster.actualFolder == nil {
            EventLog(quiet: quiet).notice(.preparing, "making a private cluster in \(folder); this takes some seconds")
        } else if !cluster.isRunning {
            EventLog(quiet: quiet).info(.preparing, "starting the private cluster in \(folder)")
        }
        return try await cluster.start()
    }

    /// The oldest major version of the server that is supported.
    package static let oldestServer = 15

    /// A connection of its own, whose statement a signal cancels.
    ///
    /// Connecting gives up after 10 s unless `PGCONNECT_TIMEOUT` or the service file says otherwise. Without a service
    /// file a peer that the network has swallowed is noticed within a minute or so.
    /// - Throws: `Failure` 78 if the server is older than 15, or a pooler before it does not keep a session together.
    package func connect(database: String? = nil) throws -> Connection {
        let connection = try open(database: database)
        try Self.refuse(try pooling(of: connection, database: database))
        try Self.prepare(connection)
        StopSignals.cancels(connection)
        return connection
    }

    /// What stands between one of this session's connections and the server.
    package func pooling(of connection: Connection, database: String? = nil) throws -> Pooling {
        try Self.pooling(of: connection) { try open(database: database, silenceLimit: $0) }
    }

    /// A connection as the server gives it.
    private func open(database: String?, silenceLimit: Duration? = nil) throws -> Connection {
        var parameters = parameters
        if let database { parameters["dbname"] = database }
        unsafe setenv("PGCONNECT_TIMEOUT", "10", 0)
        if ProcessInfo.processInfo.environment["PGSERVICE"] == nil {
            parameters.merge(Self.keepalives) { given, _ in given }
        }
        let connection = try Connection.open(
            applicationName: "margin", parameters: parameters, silenceLimit: silenceLimit)
        let major = connection.serverVersion / 10_000
        guard major >= Self.oldestServer else {
            throw Failure(
                .configuration, "the server is PostgreSQL \(major), \(Self.oldestServer) or newer is needed",
                hint: "upgrade the server, or name another: margin doctor says which one it is")
        }
        return connection
    }

    /// A second session beside one, set up alike, whose statement a signal cancels too.
    ///
    /// Nil where the server has no room for one more, and behind a pooler, whose pool may be used up: what it would
    /// have done is then done on the first.
    package static func second(beside first: Connection) throws -> Connection? {
        guard !first.isPooled else { return nil }
        let second: Connection
        do {
            second = try first.another()
        } catch {
            if error.sqlState == .tooManyConnections { return nil }
            throw error
        }
        try prepare(second)
        StopSignals.cancels(also: second)
        return second
    }

    /// Opens a lost connection anew and sets what every session has. Returns the process of the server that served it
    /// before.
    ///
    /// A server that restarts takes a moment; one that is gone stays so.
    package static func reopen(_ connection: Connection) async throws -> Int32 {
        let lost = connection.backendProcess
        for attempt in 1...4 {
            do {
                try connection.reopen()
                break
            } catch {
                guard attempt < 4 else { throw error }
                try await Task.sleep(for: .milliseconds(250 * attempt))
            }
        }
        try prepare(connection)
        return lost
    }

    /// What a command works on: the server it finds, as a login where one is named, with this program's schema.
    /// - Throws: what `start` and `connect` throw, and 78 for a schema of another program.
    package static func open(as login: String? = nil) async throws -> Database {
        let database = try await start().connect(as: login)
        try SchemaInstaller(database).requireCurrent()
        return database
    }

    /// A connection of its own that goes on as another login, as if that had opened it: the operating user of a private
    /// cluster is its superuser and may. With nil it is the session's own.
    /// - Throws: exit 77 where the session may not become the login, 65 for a login there is not.
    package func connect(as login: String?) throws -> Connection {
        let connection = try connect()
        guard let login else { return connection }
        do {
            try connection.act(as: login)
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

    /// What finds a peer that is gone without a word: after 30 s of silence three questions ten seconds apart.
    private static let keepalives = [
        "keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3", "tcp_user_timeout": "60000",
    ]

    /// Sets what every session of these programs has, after it was opened or opened anew.
    ///
    /// Sorts and hashes of a night are few and large: they get memory of their own. Time-outs that PGOPTIONS or the
    /// role
    /// set win over ours where they are shorter.
    package static func prepare(_ connection: Connection) throws {
        let settings = Settings.current
        connection.silenceLimit = .seconds(settings.number(.silenceLimit))
        try connection.script("set work_mem = '128MB'; set maintenance_work_mem = '256MB'")
        connection.noticeLostClient()
        try connection.limitWaiting(
            forLock: settings.number(.lockTimeout), forStatement: settings.number(.statementTimeout))
    }
}
