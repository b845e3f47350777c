import ClearingModel
import Foundation
import Quantities
import Reporting
import Runtime
import Storage

/// What one start of a stage came to.
package struct StageOutcome: Sendable {
    package let stage: Stage
    package let context: RunContext
    /// Whether the stage was complete for the same fingerprint, so that nothing was done.
    package let wasComplete: Bool
    /// How much the stage computed.
    package let scope: StageScope
    /// Rows written to the database, or files for the report.
    package let rows: Int64
    package let seconds: Double
    /// The most memory this process has had, in MB; 0 where the system does not say.
    package let peakMegabytes: Int
}

/// Runs stages of one business date and cycle: lock, ledger, fingerprint, one transaction a stage.
///
/// The session's advisory lock is taken for the life of the value: while it is held no other process works on the date
/// and cycle, so an execution found running is a dead one's.
package struct StageRunner {
    let database: Database
    let ledger: RunLedger
    let businessDate: BusinessDate
    let cycle: Cycle
    package let settings: RunSettings
    /// Whether the runs it opens or goes on with are left to `margin publish`.
    var awaitsReview = false

    /// Takes the lock, and marks what a killed process left behind. `isReading` where nothing is going to be computed.
    /// - Throws: exit 75 if another process holds the lock; 78 if the schema does not fit; 65 for an archived date, 66
    ///   where it is only read.
    package init(
        _ database: Database, businessDate: BusinessDate, cycle: Cycle, settings: RunSettings,
        isReading: Bool = false
    ) throws {
        try SchemaInstaller(database).requireCurrent()
        try database.planForWholeDates()
        try RunContext.refuseArchived(businessDate, as: isReading ? .inputMissing : .inputRejected, from: database)
        try RunLock(businessDate: businessDate, cycle: cycle).takeWaiting(database, settings)
        self.database = database
        self.businessDate = businessDate
        self.cycle = cycle
        self.settings = settings
        ledger = RunLedger(database)
        for abandoned in try ledger.abandonExecutions(businessDate, cycle: cycle) {
            settings.log.notice(
                .recovered, "a killed execution was marked abandoned",
                [
                    "business_date": "\(businessDate)", "cycle": "\(cycle)", "run": "\(abandoned.run)",
                    "stage": abandoned.stage.rawValue, "execution": "\(abandoned.execution)",
                ])
        }
    }

    /// Gives the lock back. A program does so before it ends: its server process may outlive it and would keep the
    /// next program out.
    package func unlock() throws {
        try lock.release(database)
    }

    /// Runs one stage, or says that it is complete.
    package func run(_ stage: Stage) async throws -> StageOutcome {
        let start = Date()
        try StopSignals.check()
        try Session.requireOneProcess(database)
        let context = try await survivingLoss(stage) { try stage == .ingest ? openRun() : continueRun(for: stage) }
        let fingerprint = try fingerprints(of: context)[stage]
        let scope = context.base?.scope(of: stage, fingerprint: fingerprint) ?? .whole
        if let done = try ledger.succeeded(run: context.run).first(where: { $0.stage == stage }) {
            guard done.fingerprint == fingerprint else {
                throw Failure(
                    .inputMissing,
                    "\(stage.executable): \(context.title) has this stage from other inputs or another version",
                    hint: line(.rerun, "--whole --reason R"))
            }
            settings.log.info(.skipped, "\(stage) is already complete", context.logFields(stage))
            return StageOutcome(
                stage: stage, context: context, wasComplete: true, scope: scope, rows: done.rows, seconds: 0,
                peakMegabytes: 0)
        }
        if scope == .reused, let base = context.base {
            try database.atomically { try ledger.reuse(stage: stage, of: base.run, run: context.run) }
            return StageOutcome(
                stage: stage, context: context, wasComplete: false, scope: scope, rows: 0,
                seconds: Date().timeIntervalSince(start), peakMegabytes: peakMegabytes())
        }
        let execution = try ledger.begin(
            run: context.run, stage: stage, numbersVersion: stage.definition.numbersVersion,
            buildVersion: BuildVersion.current)
        Failpoint.afterExecution.reached(stage)
        let fields = context.logFields(stage, execution: execution)
        settings.log.info(.started, "\(stage) begins", fields)
        settings.progress.begin("\(context.title): \(stage)")
        defer { settings.progress.end() }
        do {
            let rows = try await repeatingCollisions(stage) {
                do {
                    return try await perform(stage, context, scope, execution, fingerprint)
                } catch let error where DatabaseFault(error) == .connectionLost {
                    guard let rows = try await outcome(of: execution, after: error) else { throw error }
                    return rows
                }
            }
            Failpoint.afterCommit.reached(stage)
            let seconds = Date().timeIntervalSince(start)
            settings.log.info(
                .finished, "\(stage) is done",
                fields.merging(["rows": "\(rows)", "seconds": String(format: "%.3f", seconds)]) { $1 })
            return StageOutcome(
                stage: stage, context: context, wasComplete: false, scope: scope, rows: rows, seconds: seconds,
                peakMegabytes: peakMegabytes())
        } catch {
            StopSignals.acknowledge()
            var failure = Failure(error)
            if let signal = StopSignals.received { failure = Failure(.tryAgain, "stopped by \(signal.name)") }
            failure.location = fields
            // The connection may be gone: then the next start marks the execution abandoned.
            try? ledger.fail(execution: execution, error: failure.message)
            settings.log.error(
                .failed, failure.message, fields.merging(["exit_code": "\(failure.exitCode.rawValue)"]) { $1 })
            throw failure
        }
    }

    private func perform(
        _ stage: Stage, _ context: RunContext, _ scope: StageScope, _ id: Int64, _ fingerprint: [UInt8]
    ) async throws -> Int64 {
        let transaction = try StageTransaction.begin(on: database)
        do {
            let execution = StageExecution(stage, context, scope, database)
            try execution.open()
            let written = try await execution.perform(settings)
            let rows = try written - execution.close()
            try ledger.succeed(execution: id, fingerprint: fingerprint, rows: rows)
            try StopSignals.check()
            Failpoint.beforeCommit.reached(stage)
            try transaction.commit()
            return rows
        } catch {
            StopSignals.acknowledge()
            try? transaction.rollBack()
            if stage == .report { ReportFolder.removeUnfinished(context.identity, root: settings.reportsFolder) }
            if let blocked = error as? BlockedInputs {
                try keep(blocked, context)
                throw blocked.failure
            }
            throw error
        }
    }

    /// Keeps the findings of a refused run, and gives the run up: the next start opens a new one.
    private func keep(_ blocked: BlockedInputs, _ context: RunContext) throws {
        try database.atomically {
            try ledger.nameSources(of: .ingest, run: context.run, base: nil)
            try blocked.evaluation.save(run: context.run, database)
            try ledger.void(run: context.run)
        }
    }

    /// This date's and cycle's lock.
    var lock: RunLock { RunLock(businessDate: businessDate, cycle: cycle) }
}

/// The process's peak resident memory, as the kernel counts it.
private func peakMegabytes() -> Int {
    guard let status = FileManager.default.contents(atPath: "/proc/self/status") else { return 0 }
    let line = String(decoding: status, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { Int($0.filter(\.isNumber)) }.map { $0 / 1024 } ?? 0
}
