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

    /// Removes a postmaster.pid whose process number now belongs to something else, which postgres would not dare.
    static func removeStaleFile(on data: String) {
        guard running(on: data) == nil else { return }
        _ = unsafe unlink("\(data)/postmaster.pid")
    }

    /// Whether the process is a postmaster whose working folder is `data`.
    private static func isServer(_ process: Int32, on data: String) -> Bool {
        guard process > 1, kill(process, 0) == 0 || errno == EPERM else { return false }
        let folder = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/cwd")
        let name = try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8)
        guard let folder, let name else { return false }
        return folder == data && (name.hasPrefix("postgres") || name.hasPrefix("postmaster"))
    }
}
