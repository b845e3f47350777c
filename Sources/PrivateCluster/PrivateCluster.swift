import Foundation

/// A PostgreSQL server of our own in a folder: reached by unix socket and peer authentication only, durable, checked.
///
/// As root the server runs as user postgres, as an ordinary user as that user. In both cases the calling user (and
/// root's server user) is the superuser "margin" of the database "margin". Whatever state a crash left behind, `start`
/// recovers from it; several processes may start and stop the same cluster at once.
package struct PrivateCluster: Sendable {
    private let path: String
    let settings: [String: String]

    /// - Parameters:
    ///   - folder: made if it is not there; it must be empty or hold a private cluster. With parents that the server's
    ///     user cannot pass (root's home), the files go under /var/tmp and the file `location` in `folder` says where.
    ///   - settings: server settings that override the defaults at the next start, such as "shared_buffers".
    package init(folder: String, settings: [String: String] = [:]) {
        path = folder
        self.settings = settings
    }

    /// Makes the cluster if there is none, starts it if it does not run, and returns when it takes connections.
    ///
    /// A running cluster is used as it is: new settings wait for the next start.
    @concurrent
    package func start() async throws(PrivateClusterError) -> ConnectionSettings {
        try ClusterConfiguration.check(settings)
        let user = try ServerUser.current()
        let asked = try ClusterLocation.prepare(path)
        let lock = try await ClusterLock(folder: asked)
        let location: ClusterLocation
        if let existing = ClusterLocation.existing(asked) {
            location = existing
        } else {
            location = try await ClusterLocation.choose(asked, for: user)
            try await initialise(location, user)
        }
        let server = try await launched(location, user)
        withExtendedLifetime(lock) {}
        return ConnectionSettings(
            host: server.socketFolder, port: server.port, user: ClusterConfiguration.role,
            database: ClusterConfiguration.database)
    }

    /// Stops the server, if it runs: open transactions are rolled back, everything committed stays.
    @concurrent
    package func stop() async throws(PrivateClusterError) {
        guard ClusterLocation.existing(absolutePath) != nil else { return }
        let asked = try ClusterLocation.prepare(path)
        let lock = try await ClusterLock(folder: asked)
        try await shutDown(asked)
        withExtendedLifetime(lock) {}
    }

    /// Whether the server runs; it may still be starting.
    package var isRunning: Bool {
        ClusterLocation.existing(absolutePath).flatMap { ServerState.running(on: $0.data) } != nil
    }

    /// The folder that holds the files, if the cluster has been made; another than the one asked for where the
    /// server's user cannot reach that.
    package var actualFolder: String? { ClusterLocation.existing(absolutePath)?.folder }

    /// Stops the server and removes the cluster with all its data.
    @concurrent
    package func destroy() async throws(PrivateClusterError) {
        guard FileManager.default.fileExists(atPath: path) else { return }
        let asked = try ClusterLocation.prepare(path)
        let lock = try await ClusterLock(folder: asked)
        if let location = ClusterLocation.existing(asked) {
            let socketFolder = try await shutDown(asked)
            try location.remove(socketFolder: socketFolder)
        }
        withExtendedLifetime(lock) {}
    }

    // MARK: Implementation

    private var absolutePath: String {
        URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
    }

    /// Makes the data folder beside its final place and moves it there when it is complete.
    private func initialise(_ location: ClusterLocation, _ user: ServerUser) async throws(PrivateClusterError) {
        let binaries = try await ServerBinaries.find()
        let fresh = "\(location.folder)/data.new"
        try removeLeftovers(fresh)
        _ = try await Command(
            binaries.path("initdb"),
            [
                "--pgdata", fresh, "--username", ClusterConfiguration.role, "--encoding", "UTF8", "--locale", "C",
                "--data-checksums", "--auth-local", "peer", "--auth-host", "reject",
            ], as: user
        ).run()
        let users = Set([try nameOfCaller(), user.name].compactMap(\.self)).sorted()
        try write(ClusterConfiguration.access, to: "\(fresh)/pg_hba.conf", user)
        try write(ClusterConfiguration.identities(of: users), to: "\(fresh)/pg_ident.conf", user)
        try write("include 'margin.conf'\n", to: "\(fresh)/postgresql.conf", user)
        try write("", to: "\(fresh)/margin.conf", user)
        let single = ["--single", "-D", fresh, "postgres"]
        let sql = "create database \(ClusterConfiguration.database) owner \(ClusterConfiguration.role);\n"
        _ = try await Command(binaries.path("postgres"), single, as: user).run(input: sql)
        guard unsafe rename(fresh, location.data) == 0 else {
            throw .system(call: "rename", path: fresh, code: errno)
        }
    }

    private func removeLeftovers(_ folder: String) throws(PrivateClusterError) {
        guard FileManager.default.fileExists(atPath: folder) else { return }
        do {
            try FileManager.default.removeItem(atPath: folder)
        } catch {
            throw .system(call: "remove", path: folder, code: errno)
        }
    }
}
