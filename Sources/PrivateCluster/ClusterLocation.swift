import Foundation
import Glibc

/// Where a cluster's files are: in the folder asked for or, where the server's user cannot reach that, in a folder
/// under /var/tmp or /tmp that is named by a hash of it; the file `location` in the folder asked for says so.
struct ClusterLocation: Sendable {
    /// The absolute path of the folder asked for.
    let asked: String
    /// The folder that holds `data` and `server.log`.
    let folder: String

    var data: String { "\(folder)/data" }
    var log: String { "\(folder)/server.log" }
    var note: String { Self.note(asked) }

    static let port = 5432
    /// A unix socket's path has at most 107 bytes.
    private static let longestSocketPath = 106

    /// Makes the folder asked for, if need be, and returns its absolute path without links.
    static func prepare(_ path: String) throws(PrivateClusterError) -> String {
        let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
        do {
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        } catch {
            throw .system(call: "mkdir", path: parent, code: errno)
        }
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw .system(call: "mkdir", path: path, code: errno)
        }
        guard let resolved = unsafe realpath(path, nil) else {
            throw .system(call: "realpath", path: path, code: errno)
        }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    /// The location of a cluster that has been made; nil if there is none.
    static func existing(_ asked: String) -> ClusterLocation? {
        let files = FileManager.default
        if files.fileExists(atPath: "\(asked)/data/PG_VERSION") {
            return ClusterLocation(asked: asked, folder: asked)
        }
        guard let text = try? String(contentsOfFile: note(asked), encoding: .utf8),
            let line = text.split(separator: "\n").first,
            files.fileExists(atPath: "\(line)/data/PG_VERSION")
        else { return nil }
        return ClusterLocation(asked: asked, folder: String(line))
    }

    /// Chooses the location of a new cluster and makes its folder.
    static func choose(_ asked: String, for user: ServerUser) async throws(PrivateClusterError) -> ClusterLocation {
        let ours: Set = ["lock", "location", "server.log", "data.new", "socket"]
        let found = (try? FileManager.default.contentsOfDirectory(atPath: asked)) ?? []
        guard found.allSatisfy(ours.contains) else { throw .notACluster(folder: asked) }
        if await user.reaches(parentOf: asked) {
            try makePrivateFolder(asked, for: user)
            return ClusterLocation(asked: asked, folder: asked)
        }
        for parent in ["/var/tmp", "/tmp"] {
            let folder = "\(parent)/margin-cluster-\(geteuid())-\(shortName(of: asked))"
            guard await user.reaches(parentOf: folder) else { continue }
            try makePrivateFolder(folder, for: user)
            let text = "\(folder)\nholds this cluster: the server's user cannot reach \(asked)\n"
            do {
                try text.write(toFile: note(asked), atomically: true, encoding: .utf8)
            } catch {
                throw .system(call: "write", path: note(asked), code: errno)
            }
            return ClusterLocation(asked: asked, folder: folder)
        }
        throw .unreachable(folder: asked)
    }

    /// The folder for the socket: inside the cluster's, or a short one when that path would be too long.
    func socketFolder(for user: ServerUser) async throws(PrivateClusterError) -> String {
        let temporary = ProcessInfo.processInfo.environment["TMPDIR"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        let short = [temporary, "/tmp", "/var/tmp"].compactMap(\.self).map {
            "\($0)/margin-\(geteuid())-\(shortName(of: folder))"
        }
        for candidate in ["\(folder)/socket"] + short {
            let path = "\(candidate)/.s.PGSQL.\(Self.port)"
            guard path.utf8.count <= Self.longestSocketPath, !candidate.contains(","), !candidate.contains("'") else {
                continue
            }
            guard await user.reaches(parentOf: candidate) else { continue }
            try makePrivateFolder(candidate, for: user)
            return candidate
        }
        throw .unreachable(folder: folder)
    }

    /// Removes everything of the cluster.
    func remove(socketFolder: String?) throws(PrivateClusterError) {
        let folders = [socketFolder, folder, asked].compactMap(\.self)
        for path in folders where FileManager.default.fileExists(atPath: path) {
            do {
                try FileManager.default.removeItem(atPath: path)
            } catch {
                throw .system(call: "remove", path: path, code: errno)
            }
        }
    }

    private static func note(_ asked: String) -> String { "\(asked)/location" }
}

extension ServerUser {
    /// Whether the user may pass through all folders above `path`.
    func reaches(parentOf path: String) async -> Bool {
        let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
        return (try? await Command("/usr/bin/test", ["-x", parent], as: self).run()) != nil
    }
}
