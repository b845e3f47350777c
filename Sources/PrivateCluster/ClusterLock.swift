import Foundation
import Glibc

/// The right to start, stop or destroy one cluster: an flock, given back when the value goes or the process ends.
struct ClusterLock: ~Copyable {
    private let descriptor: Int32

    /// Waits up to `seconds` without holding up a thread.
    init(folder: String, seconds: Int = 120) async throws(PrivateClusterError) {
        let path = "\(folder)/lock"
        for _ in 0..<(seconds * 50) {
            if let held = try Self.attempt(path) {
                descriptor = held
                return
            }
            try? await Task.sleep(for: .milliseconds(20))
        }
        throw .locked(folder: folder)
    }

    deinit {
        close(descriptor)
    }

    /// A descriptor that holds the lock, nil if somebody else does.
    private static func attempt(_ path: String) throws(PrivateClusterError) -> Int32? {
        // Not inherited: a server that inherited it would hold the lock for its whole life.
        let opened = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard opened >= 0 else { throw .system(call: "open", path: path, code: errno) }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            close(opened)
            return nil
        }
        // The holder before us may have destroyed the cluster, and the file with it.
        var here = stat()
        var there = stat()
        guard unsafe fstat(opened, &here) == 0, unsafe stat(path, &there) == 0, here.st_ino == there.st_ino else {
            close(opened)
            return nil
        }
        return opened
    }
}
