import ClearingModel
import Foundation
import Quantities
import Runtime
import Storage

/// The advisory lock of a date and cycle, held by a session of the server while a program works on them.
///
/// A killed program leaves a session that the server ends a moment later. A holder that is not seen at work on this
/// machine is therefore waited for, up to `holder_wait` seconds; one that is seen is not.
package struct RunLock {
    package let businessDate: BusinessDate
    package let cycle: Cycle

    package init(businessDate: BusinessDate, cycle: Cycle) {
        self.businessDate = businessDate
        self.cycle = cycle
    }

    /// The number that the server locks.
    package var key: Int64 {
        // "margin" in ASCII, then the day, then the cycle: no other program's key by accident.
        0x6D61_7267_0000_0000 | Int64(UInt32(bitPattern: businessDate.dayNumber) & 0x00FF_FFFF) << 4
            | (cycle == .endOfDay ? 0 : 1)
    }

    /// Takes the lock for the life of the session, and says whether it is taken now.
    func take(_ database: Database) throws -> Bool { try store(database).take(as: holder) }

    /// Gives the lock back.
    func release(_ database: Database) throws { try store(database).release(as: holder) }

    /// Ends a process of the server while it holds the lock for a connection that was lost.
    func endLostBackend(_ process: Int32, _ database: Database) throws {
        try store(database).endLostBackend(process)
    }

    /// Takes the lock, waiting for a holder that is not seen at work.
    /// - Throws: `Failure` 75 if a program is at work, or the holder has not gone in time.
    func takeWaiting(_ database: Database, _ settings: RunSettings) throws {
        let limit = Settings.current.number(.holderWait)
        let end = ContinuousClock.now + .seconds(limit)
        let hint = "wait for it, or see: margin status --business-date \(businessDate)"
        var isTold = false
        while try !take(database) {
            let holders = try store(database).holders().map {
                ProgramIdentity(machineAndStart: $0.machineAndStart, process: $0.process)
            }
            if holders.contains(where: \.isSeen) {
                throw Failure(
                    .tryAgain, "another process is at work on \(businessDate) \(cycle)", hint: hint)
            }
            guard ContinuousClock.now < end else {
                throw Failure(
                    .tryAgain,
                    "another process is at work on \(businessDate) \(cycle), on another machine; or it was "
                        + "killed and the server has not ended its session within \(limit) s", hint: hint)
            }
            if !isTold {
                isTold = true
                settings.log.notice(
                    .waiting, "another session holds \(businessDate) \(cycle); it is waited for \(limit) s",
                    ["business_date": "\(businessDate)", "cycle": cycle.rawValue])
            }
            try StopSignals.check()
            Thread.sleep(forTimeInterval: 0.1)
        }
    }

    private func store(_ database: Database) -> RunLockStore { RunLockStore(database, key: key) }

    /// This program, as the server is told of it.
    private var holder: RunLockStore.LockHolder? {
        ProgramIdentity.current.map {
            RunLockStore.LockHolder(machineAndStart: $0.machineAndStart, process: $0.process)
        }
    }
}
