import ClearingModel
import Parameters
import Runtime
import Storage
import Stress

/// Stresses the book: arrays, exposures, shortfalls, the fund held against them, the stress add-on, reverse stress and
/// the rounds after a default (docs/methodology.md §8). A parameter set without a stress set costs one look at it.
struct StressStep: StageStep {
    func openScope(_ execution: StageExecution) throws {
        // The fund is held against the whole book, so that the whole of it is computed.
        try execution.tables.openWhole()
    }

    func perform(_ execution: StageExecution, _ settings: RunSettings) async throws -> Int64 {
        let parameters = try ParameterSet.load(execution.context.parameters, from: execution.database)
        guard let set = parameters.stress else {
            Progress.part("the parameter set has no stress set: nothing is stressed")
            return 0
        }
        let inputs = try StressInputs.load(execution.context.pinned, parameters, set, from: execution.database)
        let test = try await StressTest.compute(inputs, threads: settings.threads, completed: Progress.parts)
        if test.resources.contributionsExceedFund {
            Progress.part("contributions that are not all in the fund's currency come to more than the fund")
        }
        try StopSignals.check()
        return try StressStore(execution.database).save(test, of: inputs.book, set, run: execution.context.run) {
            Failpoint.midCopy.reached(.stress)
        }
    }
}
