import ClearingModel
import Quantities
import Runtime
import Storage

/// What the next start would do for a business date: which stages, why, and what stands.
package struct RunPlan: Sendable {
    /// One stage as the plan has it.
    package struct Step: Sendable {
        package let stage: Stage
        /// Nil where the stage is complete in the run that would go on.
        package let scope: StageScope?
        /// The changed inputs that make the stage stale, in the order of their tables; empty where it has none.
        package let causes: [InputChange]
        /// How long it takes; nil where the stage never ran on this cycle.
        package let duration: ExpectedDuration?
    }

    /// Wall-clock time a stage is expected to take.
    package struct ExpectedDuration: Sendable, Hashable {
        package let seconds: Double
        /// Whether it is what the stage took when it last computed everything, because it never computed a part.
        package let isUpperBound: Bool

        /// Nothing is computed.
        static let nothing = ExpectedDuration(seconds: 0, isUpperBound: false)
    }

    /// The run that goes on, where one is being built from the current inputs; nil where a new one is opened.
    package let continues: Int32?
    /// The run whose results stand where nothing changed.
    package let base: Int32?
    package let steps: [Step]

    /// Whether there is nothing to do.
    package var isCurrent: Bool { steps.allSatisfy { $0.scope == nil } }

    /// Why a date can have no night: the calendar does not have it, or calls it closed; nil where it can.
    package static func whyNoRun(of date: BusinessDate, from database: Database) throws -> String? {
        let found = try HealthQueries(database).calendar(date, pin: RunLedger(database).lastLoadSeen())
        if found.isBusinessDay {
            return found.daysAfter > 0 ? nil : "the calendar ends on \(date), and calls have no due date"
        }
        guard let last = found.last else { return "the calendar is empty" }
        return "the calendar does not have \(date) as a business date; its last one is \(last)"
    }
}

extension StageRunner {
    /// What comes next for the newest run where it is complete and waits to be published, the look at it first; empty
    /// where there is no such run.
    package func linesToPublish() throws -> [String] {
        guard let run = try ledger.latestRun(businessDate, cycle: cycle), run.status == .complete else {
            return []
        }
        let base = try run.base.flatMap { try ledger.run($0) }
        let look = base.map { line(.diff, "--runs \($0.number),\(run.number)") }
        let commands = try [look, publication(of: run.number)].compactMap(\.self)
        return ["run \(run.number) is complete and not published"]
            + commands.enumerated().map { "\($0.offset == 0 ? "next" : "then"): \($0.element)" }
    }

    /// What a start now would do; nothing is written.
    package func plan() throws -> RunPlan {
        try database.atomically {
            let latest = try ledger.latestRun(businessDate, cycle: cycle)
            let pinned = try latest.map { try ledger.pinnedInputs(of: $0.id) }
            var inputs = try currentInputs(for: latest?.id)
            let isSame = pinned == inputs.versions && latest?.parameterSet == inputs.parameterSet
            if !isSame { inputs = try currentInputs() }
            let fingerprints = try StageFingerprints(
                businessDate, cycle: cycle, parameterSet: inputs.parameterSet, inputs: inputs.versions)
            let done = isSame ? try latest.map { try ledger.succeeded(run: $0.id) } ?? [] : []
            let baseID = isSame ? latest?.base : try eligibleBase()
            let pin = InputPin(
                load: (isSame ? latest?.pinnedLoad : nil) ?? inputs.load, parameterSet: inputs.parameterSet)
            let base = try RunBase(
                baseID, of: businessDate, cycle: cycle, run: isSame ? latest?.id : nil, inputs: inputs.versions,
                pin: pin, from: ledger)
            let steps = try Stage.allCases.map { stage in
                let isDone = done.contains { $0.stage == stage && $0.fingerprint == fingerprints[stage] }
                let scope = base?.scope(of: stage, fingerprint: fingerprints[stage]) ?? .whole
                return RunPlan.Step(
                    stage: stage, scope: isDone ? nil : scope,
                    causes: isDone || scope == .reused ? [] : base?.changes(moving: stage) ?? [],
                    duration: isDone ? .nothing : try expectedDuration(of: stage, scope))
            }
            return RunPlan(continues: isSame ? latest?.number : nil, base: base?.number, steps: steps)
        }
    }

    /// A whole execution takes what the last one took, a partial one the median of the last five.
    private func expectedDuration(of stage: Stage, _ scope: StageScope) throws -> RunPlan.ExpectedDuration? {
        if scope == .reused { return .nothing }
        let taken = try ledger.seconds(of: stage, cycle: cycle)
        if scope == .affected, let partial = taken.partial {
            return RunPlan.ExpectedDuration(seconds: partial, isUpperBound: false)
        }
        return taken.whole.map { RunPlan.ExpectedDuration(seconds: $0, isUpperBound: scope == .affected) }
    }
}
