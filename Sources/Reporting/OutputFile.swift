import Digests
import Glibc

/// A new file in a folder, written through a buffer and hashed on the way.
struct OutputFile: ~Copyable {
    /// A full buffer is written once it holds this many bytes.
    static let bufferSize = 1 << 18

    /// Bytes to be written next; append here, then call `flushIfFull`.
    var buffer: [UInt8] = []
    let name: String
    private let path: String
    private let file: OpenFile
    private var hasher: SHA256Hasher
    private var byteCount: Int64 = 0

    /// Creates `name`, which must not exist.
    init(_ name: String, in folder: borrowing DirectoryHandle) throws(ReportError) {
        let hasher = try makeHasher()
        let file = OpenFile(descriptor: try folder.createFile(name))
        self.name = name
        path = folder.path(of: name)
        self.hasher = hasher
        self.file = file
        buffer.reserveCapacity(Self.bufferSize + Self.bufferSize / 4)
    }

    var isFull: Bool { buffer.count >= Self.bufferSize }

    /// Writes and hashes what the buffer holds.
    mutating func flush() throws(ReportError) {
        hasher.update(buffer, in: 0..<buffer.count)
        try file.write(buffer, path)
        byteCount += Int64(buffer.count)
        buffer.removeAll(keepingCapacity: true)
    }

    /// Writes the rest, waits until the disk has it all, and closes.
    consuming func finish() throws(ReportError) -> (byteCount: Int64, digest: SHA256Digest) {
        try flush()
        try file.finish(path)
        return (byteCount, hasher.finish())
    }
}

/// SHA-256 from its start.
func makeHasher() throws(ReportError) -> SHA256Hasher {
    do {
        return try SHA256Hasher()
    } catch {
        throw .digestIsUnavailable
    }
}

/// A file descriptor that is closed exactly once.
private struct OpenFile: ~Copyable {
    private let descriptor: Int32

    init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Writes every byte; a short write goes on where it stopped.
    func write(_ bytes: [UInt8], _ path: String) throws(ReportError) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system(path, creating: false, code: count == 0 ? ENOSPC : errno) }
            written += count
        }
    }

    /// Synchronizes and closes. A failed fsync is final: the kernel may have dropped the pages.
    consuming func finish(_ path: String) throws(ReportError) {
        var code: Int32 = retryingInterrupted { fsync(descriptor) } == 0 ? 0 : errno
        // Closed exactly once: the descriptor is gone also after an error, and after an interruption on Linux.
        if close(descriptor) != 0, errno != EINTR, code == 0 { code = errno }
        discard self
        guard code == 0 else { throw .system(path, creating: false, code: code) }
    }
}
