import Foundation
import Glibc

/// What postmaster.pid says about a server, checked against the process it names.
struct ServerState: Sendable {
    let process: Int32
    let port: Int
    let socketFolder: String
    let isReady: Bool

    /// The server that runs on `data`; nil if none does, whatever a stale postmaster.pid says.
    static func running(on data: String) -> ServerState? {
        guard let text = try? String(contentsOfFile: "\(data)/postmaster.pid", encoding: .utf8) else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        guard let first = lines.first, let process = Int32(first), isServer(process, on: data) else { return nil }
        return ServerState(
            process: process, port: lines.count > 3 ? Int(lines[3]) ?? 0 : 0,
            socketFolder: lines.count > 4 ? lines[4] : "", isReady: lines.count > 7 && lines[7] == "ready")
    }

    /// Removes the lock files of a server that is gone. Postgres would not dare where its process number has been
    /// given to something else since.
    ///
    /// Only after `hasProcesses` has said that nothing works on the data any more: these files are what keeps two
    /// servers apart.
    static func removeLockFiles(on data: String, socketFolder: String) {
        let socket = "\(socketFolder)/.s.PGSQL.\(ClusterLocation.port)"
        for path in ["\(data)/postmaster.pid", "\(socket).lock", socket] { _ = unsafe unlink(path) }
    }

    /// Whether any server process works on `data`: a killed postmaster's children need a moment to notice.
    static func hasProcesses(on data: String) -> Bool {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.contains { name in Int32(name).map { isServer($0, on: data) } ?? false }
    }

    /// Whether the process is a server's whose working folder is `data`. A zombie has none.
    private static func isServer(_ process: Int32, on data: String) -> Bool {
        guard process > 1 else { return false }
        let folder = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/cwd")
        let name = try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8)
        guard let folder, let name else { return false }
        return folder == data && (name.hasPrefix("postgres") || name.hasPrefix("postmaster"))
    }
}
