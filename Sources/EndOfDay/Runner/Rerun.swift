import ClearingModel
import Quantities
import Runtime
import Storage

/// What an operator asks of a rerun.
package struct RerunRequest: Sendable {
    /// The first stage to run; nil for every stale one.
    package let from: Stage?
    /// Whether to stop after `from`.
    package let isOnly: Bool
    /// Whether to compute everything, referring to no other run.
    package let isWhole: Bool

    package init(from: Stage? = nil, isOnly: Bool = false, isWhole: Bool = false) {
        self.from = from
        self.isOnly = isOnly
        self.isWhole = isWhole
    }
}

/// What a rerun came to.
package struct RerunOutcome: Sendable {
    package let context: RunContext
    /// Stages that were left as they were and do not fit what is computed now.
    package let leftStale: [Stage]
    /// The inputs that were loaded while it was computed, in words: it is stale already.
    package let moved: [String]
}

extension StageRunner {
    /// Computes a new run of the current inputs and leaves it unpublished; nil where nothing is stale.
    ///
    /// Stages with the inputs of the base are the base's; `report` is called after each stage. The run waits for
    /// somebody to look at it: `margin publish` alone publishes it, also where another command had begun it.
    /// - Throws: exit 66 where a stage before `from` is stale.
    package func rerun(_ request: RerunRequest, _ report: (StageOutcome) -> Void) async throws -> RerunOutcome? {
        var runner = self
        runner.awaitsReview = true
        return try await runner.rerunForReview(request, report)
    }

    private func rerunForReview(
        _ request: RerunRequest, _ report: (StageOutcome) -> Void
    ) async throws -> RerunOutcome? {
        let plan = try plan()
        if plan.isCurrent, !request.isWhole { return nil }
        if let from = request.from { try requireCurrent(before: from, in: plan, request) }
        if request.isWhole {
            try ledger.makeRoomForRuns()
            try database.atomically { try openWholeRun() }
        }
        var context: RunContext?
        var stages = Stage.allCases[...]
        if request.isOnly, let from = request.from, let index = stages.firstIndex(of: from) {
            stages = stages[...index]
        }
        for stage in stages {
            let outcome = try await run(stage)
            report(outcome)
            context = outcome.context
        }
        guard let context else { preconditionFailure("a rerun has stages") }
        return RerunOutcome(
            context: context, leftStale: Array(Stage.allCases[stages.endIndex...]),
            moved: try movedInputs(since: context))
    }

    /// Ingest pins the inputs and is part of every rerun; the other stages before `from` must stand as they are.
    private func requireCurrent(before from: Stage, in plan: RunPlan, _ request: RerunRequest) throws {
        for step in plan.steps.prefix(while: { $0.stage != from }) where step.stage != .ingest {
            guard let scope = step.scope, scope != .reused else { continue }
            let cause = step.causes.map(\.text).summary
            throw Failure(
                .inputMissing,
                "\(from.rawValue) follows from \(step.stage), which is stale"
                    + (cause.isEmpty ? "" : ": \(cause)"),
                hint: line(.rerun, "--from \(step.stage) --reason R"))
        }
    }

    /// Opens a run that refers to no other, whatever is current.
    private func openWholeRun() throws {
        let inputs = try currentInputs()
        if let latest = try ledger.latestRun(businessDate, cycle: cycle), latest.status == .building {
            try ledger.void(run: latest.id)
        }
        try open(inputs, base: nil)
    }
}
