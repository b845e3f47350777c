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
                .inputMissing, "\(context.title) does not exist", hint: context.line(.status))
        }
        var moved = false
        if run.status != "published" {
            guard run.status == "complete" else {
                throw Failure(
                    .inputMissing, "\(context.title) is \(run.status), not complete",
                    hint: context.line(.run))
            }
            try refuseStale(context)
            try refuseUnapproved(run.id, context)
            Failpoint.beforePublish.reached(.report)
            moved = try ledger.publish(run: run.id, businessDate, cycle: cycle.rawValue)
            guard moved else {
                throw Failure(
                    .inputMissing, "\(context.title) is \(run.status), not complete",
                    hint: context.line(.run))
            }
            Failpoint.afterPublish.reached(.report)
        }
        try ReportFolder.publish(context.identity, root: settings.reportsFolder)
        if moved { settings.log.info(.published, "\(context.title) is published", context.logFields()) }
        return moved
    }

    /// What readers see follows from the inputs of the moment it is published, through every stage.
    private func refuseStale(_ context: RunContext) throws {
        let current = try connection.transaction { try currentInputs(for: context.run) }
        let hint = "\(context.line(.rerun, "--reason R")), then margin publish with its number"
        let changes = InputChange.between(try ledger.pinnedInputs(of: context.run), current.versions)
        if !changes.isEmpty || current.parameterSet != context.parameterSet {
            let causes =
                (current.parameterSet == context.parameterSet
                    ? [] : ["parameter set \(context.parameterSet) → \(current.parameterSet)"])
                + changes.map(\.text)
            throw Failure(
                .inputMissing,
                "\(context.title) is not published: its inputs have changed since: \(causes.summary)",
                hint: hint)
        }
        let expected = try fingerprints(of: context)
        let done = try ledger.succeeded(run: context.run)
        for stage in Stage.allCases
        where !done.contains(where: { $0.stage == stage.rawValue && $0.fingerprint == expected[stage] }) {
            throw Failure(
                .inputMissing, "\(context.title) is not published: \(stage.rawValue) is not of these inputs",
                hint: hint)
        }
    }

    /// A run may be computed with corrections that another person must still approve; it is not published with them.
    private func refuseUnapproved(_ run: Int64, _ context: RunContext) throws {
        let waiting = try CorrectionStore(connection).unapproved(run: run)
        guard let first = waiting.first else { return }
        let list = waiting.map { "\($0.number) of \($0.table) by \($0.correctedBy)" }.joined(separator: ", ")
        throw Failure(
            .inputMissing, "\(context.title) is computed and not published: not approved: correction \(list)",
            hint: "another person: margin approve correction \(first.number) --reason R, then "
                + context.line(.publish, "--run \(context.number)"))
    }

    /// building, complete, published, superseded or void.
    package static func status(of context: RunContext, _ connection: Connection) throws -> String? {
        try RunLedger(connection).run(context.run)?.status
    }

    /// Runs every stage that is not complete, in order, and publishes, unless another person must; `report` is called
    /// after each stage.
    package func runNight(_ report: (StageOutcome) -> Void) async throws -> RunContext {
        var context: RunContext?
        for stage in Stage.allCases {
            let outcome = try await run(stage)
            report(outcome)
            context = outcome.context
        }
        guard let context else { preconditionFailure("a night has stages") }
        if try !connection.one(.secondPersonPublishes).bool(0) { _ = try await publishSurvivingLoss(context) }
        return context
    }
}
