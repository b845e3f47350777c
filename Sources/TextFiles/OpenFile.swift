import Glibc

/// A file descriptor that is closed exactly once.
package struct OpenFile: ~Copyable {
    private let descriptor: Int32

    package init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Writes every byte; a short write goes on where it stopped.
    package func write(_ bytes: [UInt8], _ path: String) throws(FileError) {
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

    /// Reads up to a buffer; 0 at the end of the file.
    package func read(into buffer: inout [UInt8], _ path: String) throws(FileError) -> Int {
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { bytes in
                unsafe Glibc.read(descriptor, bytes.baseAddress, bytes.count)
            }
            if count >= 0 { return count }
            guard errno == EINTR else { throw .system(path, creating: false) }
        }
    }

    /// Synchronizes and closes. A failed fsync is final: the kernel may have dropped the pages.
    package consuming func finish(_ path: String) throws(FileError) {
        var code: Int32 = retryingInterrupted { fsync(descriptor) } == 0 ? 0 : errno
        // Closed exactly once: the descriptor is gone also after an error, and after an interruption on Linux.
        if close(descriptor) != 0, errno != EINTR, code == 0 { code = errno }
        discard self
        guard code == 0 else { throw .system(path, creating: false, code: code) }
    }
}
