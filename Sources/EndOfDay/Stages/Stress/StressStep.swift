import ClearingModel
import Parameters
import Runtime
import Storage
import Stress

/// Stresses the book: arrays, exposures, shortfalls, the fund held against them, the stress add-on, reverse stress and
/// the rounds after a default (docs/methodology.md §8). A rerun values what changed, adds everything up, and keeps of
/// series and accounts what differs. A parameter set without a stress set costs one look at it.
struct StressStep: StageStep {
    func openScope(_ execution: StageExecution) throws {
        if let base = execution.base { try execution.openAffectedSeries(base) }
        // The fund is held against the whole book, so that the whole of it is added up.
        try execution.tables.openWhole()
    }

    func perform(_ execution: StageExecution, _ settings: RunSettings) async throws -> Int64 {
        let parameters = try ParameterSet.load(execution.context.parameters, from: execution.database)
        guard let set = parameters.stress else {
            Progress.part("the parameter set has no stress set: nothing is stressed")
            return 0
        }
        let (inputs, standing, test) = try await compute(execution, parameters, set, settings)
        try StopSignals.check()
        if test.resources.contributionsExceedFund {
            Progress.part("the members' contributions come to more than the guaranty fund at the date's rates")
        }
        let (store, run, book) = (StressStore(execution.database), execution.context.run, inputs.book)
        var changes = StressChanges(wholeOf: book)
        if let base = execution.base, let standing {
            changes = try store.changes(test, of: book, from: standing, run: base.run)
            try store.note(changes, of: book, run: run)
        }
        return try store.save(test, of: book, set, changes, run: run) { Failpoint.midCopy.reached(.stress) }
    }

    /// A refusal is told with the run that it stops.
    private func compute(
        _ execution: StageExecution, _ parameters: ParameterSet, _ set: StressSet, _ settings: RunSettings
    ) async throws -> (StressInputs, StandingLosses?, StressTest) {
        do {
            let inputs = try StressInputs.load(execution.context.pinned, parameters, set, from: execution.database)
            let standing = try execution.base.map { base in
                try StressStore(execution.database).standingLosses(
                    run: base.run, in: inputs.book, scenarioCount: set.scenarios.count,
                    affected: Set(try execution.tables.affectedCombinedCommodities()))
            }
            let test = try await StressTest.compute(
                inputs, standing: standing, threads: settings.threads, completed: Progress.parts)
            return (inputs, standing, test)
        } catch let refusal as StressRefusal {
            let failure = Failure(refusal)
            throw Failure(
                failure.exitCode, "\(execution.context.title): \(failure.message)", hint: failure.hint)
        }
    }
}
