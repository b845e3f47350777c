import ClearingModel
import Quantities
import Runtime
import Storage

/// Stages of a run performed again, whole, on what it has pinned, in one transaction that is rolled back: nothing of it
/// stays in the database.
struct RunReplay {
    let context: RunContext
    let stages: [Stage]
    /// What the operator is told is done, a word.
    let label: String

    init(_ context: RunContext, _ stages: [Stage], label: String) {
        self.context = context
        self.stages = stages
        self.label = label
    }

    /// Performs the stages and hands the run that holds their results to `read`, before they are rolled back.
    func perform<Read: Sendable>(
        _ settings: RunSettings, on database: Database, _ read: (Int64) throws -> Read
    ) async throws -> Read {
        let ledger = RunLedger(database)
        try ledger.makeRoomForRuns()
        try database.planForWholeDates()
        let transaction = try StageTransaction.begin(on: database)
        do {
            let run = try ledger.openReplay(of: context.run)
            let replay = RunContext(
                run: run, number: context.number, businessDate: context.businessDate,
                previousBusinessDate: context.previousBusinessDate, cycle: context.cycle,
                pinnedLoad: context.pinnedLoad, parameterSet: context.parameterSet, base: nil,
                parameterLoad: context.parameterLoad)
            for stage in stages {
                settings.progress.begin("\(label) \(context.title): \(stage)")
                defer { settings.progress.end() }
                let execution = StageExecution(stage, replay, .whole, database, followsCommitted: false)
                try execution.open()
                _ = try await execution.perform(settings)
                _ = try execution.close()
                try execution.tables.drop()
            }
            let found = try read(run)
            try transaction.rollBack()
            return found
        } catch {
            try? transaction.rollBack()
            throw error
        }
    }
}
