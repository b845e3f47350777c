import ClearingModel
import Foundation
import Runtime
import Storage

extension StageRunner {
    /// Times a transaction is tried that collides with another one.
    private static let attempts = 4

    /// Repeats `body`, a whole transaction, where the server ended it with a deadlock (40P01) or a serialization
    /// failure
    /// (40001): at most three times, after a pause that grows and is not the same for two processes.
    func repeatingCollisions<T>(_ stage: Stage, _ body: () async throws -> T) async throws -> T {
        var attempt = 1
        while true {
            do {
                return try await body()
            } catch {
                guard case .collision(let sqlState) = DatabaseFault(error), attempt < Self.attempts else { throw error }
                settings.log.notice(
                    .retried, "\(stage) collided with another transaction and is repeated",
                    ["stage": stage.rawValue, "attempt": "\(attempt)", "sqlstate": sqlState])
                try await Task.sleep(for: .milliseconds(Int.random(in: 50...150) << attempt))
                attempt += 1
            }
        }
    }

    /// The rows of an execution whose connection was lost, if it has succeeded all the same; nil if it has not.
    ///
    /// Never repeats anything: between COMMIT and its reply nobody but the ledger knows what became of it.
    /// - Throws: `Failure` 69 if the server cannot be asked, or its process is still at it.
    func outcome(of execution: Int64, after error: any Error) async throws -> Int64? {
        try await reconnect(after: error)
        guard let rows = try ledger.rows(ofSucceeded: execution) else { return nil }
        settings.log.notice(
            .reconnected, "the connection was lost after the commit; the execution has succeeded",
            ["execution": "\(execution)"])
        return rows
    }

    /// Opens the lost connection anew and takes the lock again, which proves that the server's old process is gone.
    func reconnect(after error: any Error) async throws {
        let lost = try await Session.reopen(database)
        try database.planForWholeDates()
        for _ in 0..<100 {
            if try lock.take(database) { return }
            try lock.endLostBackend(lost, database)
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Failure(
            .databaseUnavailable,
            "\(error): whether it was committed is not known, the server's process \(lost) still holds the lock",
            hint: "the same command again, once that process has ended")
    }

    /// Publishes, whatever becomes of the connection: moving the pointer is one transaction that first looks where it
    /// stands, so that it moves once.
    package func publishSurvivingLoss(_ context: RunContext) async throws -> Bool {
        try await survivingLoss(.report) { try publish(context) }
    }

    /// Does what first reads how things stand, and does it once more on a new connection where the old one was lost.
    func survivingLoss<T>(_ stage: Stage, _ body: () throws -> T) async throws -> T {
        try StopSignals.check()
        return try await repeatingCollisions(stage) {
            do {
                return try body()
            } catch let error where DatabaseFault(error) == .connectionLost {
                try await reconnect(after: error)
                settings.log.notice(
                    .reconnected, "the connection was lost and is opened anew", ["stage": stage.rawValue])
                return try body()
            }
        }
    }
}
