import Postgres

/// The advisory lock of a date and cycle, and beside it the program that holds it.
package struct RunLockStore {
    /// A program as it names itself on the server: a digest of machine and start, and its process.
    package struct LockHolder: Hashable, Sendable {
        package let machineAndStart: UInt32
        package let process: UInt32

        package init(machineAndStart: UInt32, process: UInt32) {
            self.machineAndStart = machineAndStart
            self.process = process
        }
    }

    private let database: Database
    private let key: Int64

    /// `key` is the number that the server locks.
    package init(_ database: Database, key: Int64) {
        self.database = database
        self.key = key
    }

    /// Takes the lock for the life of the session, and says whether it is taken now; `holder` is nil where the program
    /// cannot name itself.
    package func take(as holder: LockHolder?) throws -> Bool {
        try database.one(.takeRunLock, parameters(holder)).bool("is_taken")
    }

    /// Gives the lock back.
    package func release(as holder: LockHolder?) throws { _ = try database.one(.releaseRunLock, parameters(holder)) }

    /// The programs that hold it and have named themselves.
    package func holders() throws -> [LockHolder] {
        try database.rows(.runLockPrograms, [.int64(key)]).map { row in
            LockHolder(
                machineAndStart: UInt32(truncatingIfNeeded: try row.int64("machine_and_start")),
                process: UInt32(truncatingIfNeeded: try row.int64("process")))
        }
    }

    /// Ends a process of the server while it holds the lock for a connection that was lost.
    package func endLostBackend(_ process: Int32) throws {
        _ = try database.one(.endLostBackend, [.int64(key), .int32(process)])
    }

    private func parameters(_ holder: LockHolder?) -> [Value] {
        [
            .int64(key), .orNull(holder) { .int32(Int32(bitPattern: $0.machineAndStart)) },
            .orNull(holder) { .int32(Int32(bitPattern: $0.process)) },
        ]
    }
}
