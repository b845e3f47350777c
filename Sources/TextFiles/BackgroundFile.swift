import Digests
import Dispatch
import Synchronization

/// Threads that write, hash and synchronize files while somebody else fills them.
///
/// The pieces of one file are written one after another in the order in which they are handed over, so that bytes and
/// digest do not depend on how many threads there are. The first failure stands for all: what comes later is dropped.
package final class FileWriters: Sendable {
    private let pool = DispatchQueue(label: "file-writers", attributes: .concurrent)
    private let room: DispatchSemaphore
    private let failure = Mutex<FileError?>(nil)

    /// No more than `pieces` are held at a time: whoever hands over another waits for one to be done.
    package init(pieces: Int = 32) { room = DispatchSemaphore(value: pieces) }

    /// Throws the first failure of a file, if there was one.
    package func check() throws(FileError) {
        if let error = failure.withLock({ $0 }) { throw error }
    }

    /// A queue on which the pieces of one file come one after another.
    fileprivate func queue() -> DispatchQueue { DispatchQueue(label: "file", target: pool) }

    fileprivate func perform(on queue: DispatchQueue, _ work: @escaping @Sendable () -> FileError?) {
        room.wait()
        queue.async {
            if self.failure.withLock({ $0 == nil }), let error = work() {
                self.failure.withLock { first in if first == nil { first = error } }
            }
            self.room.signal()
        }
    }
}

/// A new file in a folder that `FileWriters` write.
package final class BackgroundFile: Sendable {
    package let name: String
    private let writers: FileWriters
    private let queue: DispatchQueue
    private let file: Mutex<OutputFile?>
    private let written = Mutex<Written?>(nil)

    /// What was written, once the disk has it.
    package struct Written: Sendable {
        package let byteCount: Int64
        package let digest: SHA256Digest
    }

    /// Creates `name`, which must not exist.
    package init(
        _ name: String, in folder: borrowing DirectoryHandle, _ writers: FileWriters
    ) throws(FileError) {
        self.name = name
        self.writers = writers
        queue = writers.queue()
        file = Mutex(try OutputFile(name, in: folder))
    }

    /// Writes bytes behind those that were handed over before.
    package func append(_ bytes: [UInt8]) {
        writers.perform(on: queue) { self.write(bytes) }
    }

    /// Waits on another thread until the disk has everything, and closes; nothing may be appended any more.
    package func finish() {
        writers.perform(on: queue) { self.close() }
    }

    /// What was written; waits for `finish`.
    /// - Throws: the first failure of any file.
    package func result() throws(FileError) -> Written {
        queue.sync {}
        guard let result = written.withLock({ $0 }) else {
            try writers.check()
            preconditionFailure("\(name) was not finished")
        }
        return result
    }

    private func write(_ bytes: [UInt8]) -> FileError? {
        file.withLock { file in
            guard var open = file.take() else { return nil }
            do throws(FileError) {
                try open.write(bytes)
            } catch {
                return error
            }
            file = consume open
            return nil
        }
    }

    private func close() -> FileError? {
        file.withLock { file in
            guard let open = file.take() else { return nil }
            do throws(FileError) {
                let (byteCount, digest) = try open.finish()
                written.withLock { $0 = Written(byteCount: byteCount, digest: digest) }
                return nil
            } catch {
                return error
            }
        }
    }
}
