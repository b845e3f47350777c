import ClearingModel
import Runtime
import Storage

/// Every stage of a date and its publication.
extension StageRunner {
    /// Runs of one start: what is loaded while one is computed is computed by the next.
    private static let runsAtMost = 4

    /// Runs every stage that is not complete, in order, and publishes, unless another person must; `report` is called
    /// after each stage.
    ///
    /// A run goes through on the inputs it has pinned. If others were loaded meanwhile it is not published: the next
    /// run, which computes what they move, is.
    /// - Throws: `Failure` 75 if inputs were loaded during each of four runs; the last one is complete.
    package func runEveryStage(_ report: (StageOutcome) -> Void) async throws -> RunContext {
        try refuseForReview()
        var number = 1
        while true {
            let context = try await runStages(report)
            let causes = try await publishIfCurrent(context)
            if causes.isEmpty { return context }
            let what =
                "\(context.title) is complete and not published: inputs were loaded since it began: "
                + causes.joined(separator: ", ")
            guard number < Self.runsAtMost else {
                throw Failure(
                    .tryAgain, "\(what); so it was for \(number) runs",
                    hint: "once the loads are over: margin run --business-date \(businessDate)")
            }
            settings.log.notice(.outdated, "\(what); the next run computes what they move", context.logFields())
            number += 1
        }
    }

    private func runStages(_ report: (StageOutcome) -> Void) async throws -> RunContext {
        var context: RunContext?
        for stage in Stage.allCases {
            let outcome = try await run(stage)
            report(outcome)
            context = outcome.context
        }
        guard let context else { preconditionFailure("a night has stages") }
        return context
    }

    /// Publishes, unless another person must, and returns no cause; or returns what has changed since, and does not.
    private func publishIfCurrent(_ context: RunContext) async throws -> [String] {
        let causes = try movedInputs(since: context)
        if !causes.isEmpty { return causes }
        if try ledger.wantsAnotherPerson() {
            if try ledger.run(context.run)?.status != .published { try refuseUnapproved(context) }
            return []
        }
        do {
            _ = try await publishSurvivingLoss(context)
            return []
        } catch let failure as Failure where failure.exitCode == .inputMissing {
            // A load may have come between the question and the publication.
            let causes = try movedInputs(since: context)
            if causes.isEmpty { throw failure }
            return causes
        }
    }
}
