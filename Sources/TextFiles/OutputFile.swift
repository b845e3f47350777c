import Digests

/// A new file in a folder, written through a buffer and hashed on the way.
package struct OutputFile: ~Copyable {
    /// A full buffer is written once it holds this many bytes.
    @inlinable package static var bufferSize: Int { 1 << 18 }

    /// Bytes to be written next; append here, then call `flush` once it `isFull`.
    package var buffer: [UInt8] = []
    package let name: String
    private let path: String
    private let file: OpenFile
    private var hasher: SHA256Hasher
    private var byteCount: Int64 = 0

    /// Creates `name`, which must not exist.
    package init(_ name: String, in folder: borrowing DirectoryHandle) throws(FileError) {
        let hasher = try makeHasher()
        let file = OpenFile(descriptor: try folder.createFile(name))
        self.name = name
        path = folder.path(of: name)
        self.hasher = hasher
        self.file = file
    }

    @inlinable package var isFull: Bool { buffer.count >= Self.bufferSize }

    /// Writes and hashes what the buffer holds.
    package mutating func flush() throws(FileError) {
        try write(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    /// Writes and hashes bytes past the buffer, which is empty.
    mutating func write(_ bytes: [UInt8]) throws(FileError) {
        hasher.update(bytes, in: 0..<bytes.count)
        try file.write(bytes, path)
        byteCount += Int64(bytes.count)
    }

    /// Writes the rest, waits until the disk has it all, and closes.
    package consuming func finish() throws(FileError) -> (byteCount: Int64, digest: SHA256Digest) {
        try flush()
        try file.finish(path)
        return (byteCount, hasher.finish())
    }
}

/// SHA-256 from its start.
package func makeHasher() throws(FileError) -> SHA256Hasher {
    do {
        return try SHA256Hasher()
    } catch {
        throw .digestIsUnavailable
    }
}
