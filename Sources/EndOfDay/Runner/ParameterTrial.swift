import ClearingModel
import Quantities
import Runtime
import Storage

/// A published night margined again by another parameter set: what each account was asked for, and what that set would
/// have asked.
package struct ParameterTrial: Sendable {
    package let context: RunContext
    /// By account, of the published run.
    package let published: [AskedMargin]
    /// By account, of the same inputs under the set.
    package let tried: [AskedMargin]

    /// Arrays, requirements, add-ons and stress of a published run computed whole with another set, in one transaction
    /// that is rolled back; takes about as long as those stages of the night. The data gates are the night's own and
    /// are not asked again; overrides of the set in force are not the other set's.
    /// - Throws: `Failure` where a stage refuses, for what the set lacks.
    package static func of(
        _ context: RunContext, under set: ParameterSetCode, load: Int64, settings: RunSettings, on database: Database
    ) async throws -> ParameterTrial {
        let store = AskedMarginStore(database)
        let published = try store.margins(ofRun: context.run)
        let trial = RunContext(
            run: context.run, number: context.number, businessDate: context.businessDate,
            previousBusinessDate: context.previousBusinessDate, cycle: context.cycle, pinnedLoad: context.pinnedLoad,
            parameterSet: set, base: nil, parameterLoad: load)
        let stages: [Stage] = [.riskArrays, .offsets, .addOns, .stress]
        let tried = try await RunReplay(trial, stages, label: "try \(set) on").perform(settings, on: database) { run in
            try store.margins(ofRun: run)
        }
        return ParameterTrial(context: context, published: published, tried: tried)
    }
}
