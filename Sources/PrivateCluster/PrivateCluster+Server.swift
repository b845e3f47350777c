import Foundation
import Glibc

/// Starting and stopping the server itself. The caller holds the lock.
extension PrivateCluster {
    /// The server, ready for connections: the one that runs, or one that is started now.
    func launched(_ location: ClusterLocation, _ user: ServerUser) async throws(PrivateClusterError) -> ServerState {
        if ServerState.running(on: location.data) == nil {
            try await launch(location, user)
        }
        for _ in 0..<1200 {
            guard let server = ServerState.running(on: location.data) else { break }
            if server.isReady { return server }
            try? await Task.sleep(for: .milliseconds(50))
        }
        throw .notReady(folder: location.folder)
    }

    private func launch(_ location: ClusterLocation, _ user: ServerUser) async throws(PrivateClusterError) {
        let binaries = try await binaries(for: location)
        let socketFolder = try await location.socketFolder(for: user)
        let configuration = ClusterConfiguration(
            socketFolder: socketFolder, hasLZ4: await hasLZ4(binaries), overrides: settings)
        try write(configuration.settings, to: "\(location.data)/margin.conf", user)
        try await waitForProcesses(of: location)
        ServerState.removeLockFiles(on: location.data, socketFolder: socketFolder)
        let before = logSize(location)
        let start = Command(
            binaries.path("pg_ctl"),
            ["start", "--pgdata", location.data, "--log", location.log, "--wait", "--timeout", "300", "--silent"],
            as: user)
        do {
            _ = try await start.run()
        } catch {
            let log = logTail(location, from: before)
            throw log.isEmpty ? error : .commandFailed(command: "pg_ctl start", output: log)
        }
    }

    /// Waits up to 30 s for what is left of a server that was killed.
    private func waitForProcesses(of location: ClusterLocation) async throws(PrivateClusterError) {
        for _ in 0..<600 {
            guard ServerState.hasProcesses(on: location.data) else { return }
            try? await Task.sleep(for: .milliseconds(50))
        }
        throw .notReady(folder: location.folder)
    }

    /// Stops the server and returns the folder of its socket, if it ran.
    @discardableResult
    func shutDown(_ asked: String) async throws(PrivateClusterError) -> String? {
        guard let location = ClusterLocation.existing(asked) else { return nil }
        guard let server = ServerState.running(on: location.data) else { return nil }
        let binaries = try await binaries(for: location)
        _ = try await Command(
            binaries.path("pg_ctl"),
            ["stop", "--pgdata", location.data, "--mode", "fast", "--wait", "--timeout", "300", "--silent"],
            as: try ServerUser.current()
        ).run()
        return server.socketFolder
    }

    /// Writes a file for the server's user alone, aside and renamed.
    func write(_ text: String, to path: String, _ user: ServerUser) throws(PrivateClusterError) {
        let aside = "\(path).new"
        _ = unsafe unlink(aside)
        let made = FileManager.default.createFile(
            atPath: aside, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        guard made else { throw .system(call: "create", path: aside, code: errno) }
        try user.own(aside)
        guard unsafe rename(aside, path) == 0 else { throw .system(call: "rename", path: aside, code: errno) }
    }

    /// The binaries of the version that made the data.
    private func binaries(for location: ClusterLocation) async throws(PrivateClusterError) -> ServerBinaries {
        let text = (try? String(contentsOfFile: "\(location.data)/PG_VERSION", encoding: .utf8)) ?? ""
        guard let major = Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw .notACluster(folder: location.folder)
        }
        do {
            return try await ServerBinaries.find(major: major)
        } catch {
            throw .versionNotFound(major: major, folder: location.folder)
        }
    }

    private func hasLZ4(_ binaries: ServerBinaries) async -> Bool {
        let options = try? await Command(binaries.path("pg_config"), ["--configure"]).run()
        return options?.contains("--with-lz4") ?? false
    }

    private func logSize(_ location: ClusterLocation) -> UInt64 {
        let attributes = try? FileManager.default.attributesOfItem(atPath: location.log)
        return attributes?[.size] as? UInt64 ?? 0
    }

    /// The last lines that were written to the server's log since it had `size` bytes.
    private func logTail(_ location: ClusterLocation, from size: UInt64) -> String {
        guard let file = FileHandle(forReadingAtPath: location.log) else { return "" }
        defer { try? file.close() }
        guard (try? file.seek(toOffset: size)) != nil, let data = try? file.readToEnd() else { return "" }
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n").suffix(6)
        return lines.joined(separator: " | ")
    }
}
