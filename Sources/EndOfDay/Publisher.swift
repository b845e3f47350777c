import Postgres
import Quantities
import Reporting
import Storage

extension StageRunner {
    /// Publishes the complete run of the date and cycle: one transaction moves the pointer, then the `current` link
    /// follows.
    ///
    /// Doing it again for a published run only mends the link. Returns whether the pointer moved.
    package func publish(_ context: RunContext) throws -> Bool {
        guard let run = try ledger.run(businessDate, cycle: cycle.rawValue, number: context.number) else {
            throw Failure(
                .inputMissing, "\(context.title) does not exist", hint: "margin status --business-date \(businessDate)")
        }
        var moved = false
        if run.status != "published" {
            try refuseUnapproved(run.id, context)
            Failpoint.beforePublish.reached(.report)
            moved = try ledger.publish(run: run.id, businessDate, cycle: cycle.rawValue)
            guard moved else {
                throw Failure(
                    .inputMissing, "\(context.title) is \(run.status), not complete",
                    hint: "margin run --business-date \(businessDate)")
            }
            Failpoint.afterPublish.reached(.report)
        }
        try ReportFolder.publish(context.identity, root: settings.reportsFolder)
        if moved { settings.log.info(.published, "\(context.title) is published", context.logFields()) }
        return moved
    }

    /// A run may be computed with corrections that another person must still approve; it is not published with them.
    private func refuseUnapproved(_ run: Int64, _ context: RunContext) throws {
        let waiting = try CorrectionStore(connection).unapproved(run: run)
        guard let first = waiting.first else { return }
        let list = waiting.map { "\($0.number) of \($0.table) by \($0.correctedBy)" }.joined(separator: ", ")
        throw Failure(
            .inputMissing, "\(context.title) is computed and not published: not approved: correction \(list)",
            hint: "another person: margin approve correction \(first.number) --reason R, then margin publish "
                + "--business-date \(businessDate)")
    }

    /// Runs every stage that is not complete, in order, and publishes; `report` is called after each.
    package func runNight(_ report: (StageOutcome) -> Void) async throws -> RunContext {
        var context: RunContext?
        for stage in Stage.allCases {
            let outcome = try await run(stage)
            report(outcome)
            context = outcome.context
        }
        guard let context else { preconditionFailure("a night has stages") }
        _ = try await publishSurvivingLoss(context)
        return context
    }
}
