import ClearingModel
import Quantities
import Reporting
import Runtime
import Storage

extension StageRunner {
    /// Publishes the complete run of the date and cycle: one transaction moves the pointer, then the `current` link
    /// follows.
    ///
    /// Doing it again for a published run only mends the link. Returns whether the pointer moved.
    package func publish(_ context: RunContext) throws -> Bool {
        guard let run = try ledger.run(businessDate, cycle: cycle, number: context.number) else {
            throw Failure(
                .inputMissing, "\(context.title) does not exist", hint: context.line(.status))
        }
        var moved = false
        if run.status != .published {
            guard run.status == .complete else {
                try refuseBlocked(number: run.number)
                throw Failure(
                    .inputMissing, "\(context.title) is \(run.status), not complete",
                    hint: run.status == .building
                        ? cycle.start(on: businessDate, forReview: run.awaitsReview)
                        : line(.status))
            }
            try refuseStale(context)
            try refuseUnapproved(context)
            Failpoint.beforePublish.reached(.report)
            moved = try movePointer(to: run, context)
            guard moved else {
                throw Failure(
                    .inputMissing, "\(context.title) is \(run.status), not complete",
                    hint: line(.status))
            }
            Failpoint.afterPublish.reached(.report)
        }
        try ReportFolder.publish(context.identity, root: settings.reportsFolder)
        if moved { settings.log.info(.published, "\(context.title) is published", context.logFields()) }
        return moved
    }

    /// - Throws: exit 77, naming who may, where the house wants another person than the session's.
    private func movePointer(to run: RunRow, _ context: RunContext) throws -> Bool {
        do {
            return try ledger.publish(run: run.id, businessDate, cycle: cycle)
        } catch let error as AnotherPersonPublishes {
            throw Failure(
                .permission, "\(context.title) is not published: \(error)",
                hint: "\(try publication(of: context.number)), as another person; margin db person NAME admits one")
        }
    }

    /// The command that publishes a run by its number, as another person where the house wants one.
    package func publication(of number: Int32) throws -> String {
        try NextCommand.publication(of: number, businessDate, cycle, from: database)
    }

    /// What readers see follows from the inputs of the moment it is published, through every stage.
    private func refuseStale(_ context: RunContext) throws {
        let hint = try whatStandsInstead(of: context)
        let causes = try movedInputs(since: context)
        if !causes.isEmpty {
            throw Failure(
                .inputMissing,
                "\(context.title) is not published: its inputs have changed since: \(causes.summary)",
                hint: hint)
        }
        let expected = try fingerprints(of: context)
        let done = try ledger.succeeded(run: context.run)
        for stage in Stage.allCases
        where !done.contains(where: { $0.stage == stage && $0.fingerprint == expected[stage] }) {
            throw Failure(
                .inputMissing, "\(context.title) is not published: \(stage) is not of these inputs",
                hint: hint)
        }
    }

    /// The command that leads to a publication where a run is stale: that of the newer run that stands complete, if
    /// there is one, else the rerun.
    private func whatStandsInstead(of context: RunContext) throws -> String {
        guard let latest = try ledger.latestRun(businessDate, cycle: cycle), latest.number > context.number,
            latest.status == .complete, try ledger.staleInput(of: latest, businessDate, cycle) == nil
        else { return "margin rerun \(context.options) --reason R, then margin publish with its number" }
        return "run \(latest.number) stands complete with these inputs: \(try publication(of: latest.number))"
    }

    /// What a run opened now would pin otherwise than this one has, in words; empty where its inputs are current.
    package func movedInputs(since context: RunContext) throws -> [String] {
        let current = try database.atomically { try currentInputs(for: context.run) }
        let changes = InputChange.between(try ledger.pinnedInputs(of: context.run), current.versions)
        return
            (current.parameterSet == context.parameterSet
            ? [] : ["parameter set \(context.parameterSet) → \(current.parameterSet)"])
            + changes.map(\.text)
    }

    /// A run may be computed with corrections that another person must still approve; it is not published with them.
    func refuseUnapproved(_ context: RunContext) throws {
        let waiting = try UnapprovedInputs(of: context.run, from: database)
        guard !waiting.isEmpty else { return }
        throw Failure(
            .inputMissing, "\(context.title) is computed and not published: not approved: \(waiting.text)",
            hint: "another person looks and approves: \(waiting.commands.joined(separator: "; ")), then "
                + (try publication(of: context.number)))
    }

    /// - Throws: exit 66, naming the findings, where a run is the newest of the date and cycle and they stopped it.
    private func refuseBlocked(number: Int32? = nil) throws {
        guard let refused = try RefusedRun.newest(businessDate, cycle, from: database),
            number == nil || number == refused.number
        else { return }
        throw Failure(
            .inputMissing,
            "\(businessDate) \(cycle) run \(refused.number) is not published: it is void, \(refused.summary)\n"
                + refused.lines.joined(separator: "\n")
                + (refused.changed.map { "\n  inputs were loaded since: \($0)" } ?? ""),
            hint: refused.whatFirst
                + cycle.start(on: businessDate, forReview: refused.awaitsReview))
    }

    /// The run that a publication without a number is of: the newest, with its reports written if that was left to do.
    /// - Throws: exit 66 where findings stopped it, or where a rerun of it is not finished: nobody has seen it whole.
    package func reportToPublish() async throws -> RunContext {
        try refuseBlocked()
        if let latest = try ledger.latestRun(businessDate, cycle: cycle), latest.awaitsReview,
            latest.status == .building
        {
            throw Failure(
                .inputMissing,
                "\(businessDate) \(cycle) run \(latest.number) is not published: margin rerun has not "
                    + "finished it",
                hint: cycle.start(on: businessDate, forReview: true))
        }
        return try await run(.report).context
    }

    /// What a rerun has made is published by the command that names it, after somebody has looked at it.
    func refuseForReview() throws {
        if let newest = try ledger.newestRun(businessDate, cycle: cycle), newest.awaitsReview,
            newest.status == .void
        {
            let refused = try RefusedRun.newest(businessDate, cycle, from: database)
            let why = refused.map { "findings stopped: \($0.summary)" } ?? "was given up"
            throw Failure(
                .inputMissing,
                "\(businessDate) \(cycle) run \(newest.number) is a rerun that \(why); margin run does not "
                    + "publish in its place what nobody has looked at",
                hint: (refused?.whatFirst ?? "") + cycle.start(on: businessDate, forReview: true)
                    + ", then margin publish with its number")
        }
        guard let latest = try ledger.latestRun(businessDate, cycle: cycle), latest.awaitsReview,
            [.building, .complete].contains(latest.status)
        else { return }
        let options = cycle.options(on: businessDate)
        let title = "\(businessDate) \(cycle) run \(latest.number)"
        if latest.status == .building {
            throw Failure(
                .inputMissing,
                "\(title) is a rerun that is not finished: margin run neither goes on with it nor publishes it",
                hint: "\(cycle.start(on: businessDate, forReview: true)), then margin publish with its number")
        }
        if let table = try ledger.staleInput(of: latest, businessDate, cycle) {
            throw Failure(
                .inputMissing,
                "\(title) is a rerun that waits to be looked at, and inputs were loaded since: \(table); margin run "
                    + "does not publish in its place",
                hint: "\(cycle.start(on: businessDate, forReview: true)), then margin publish with its number")
        }
        let look = try latest.base.flatMap { try ledger.run($0) }.map {
            "margin diff \(options) --runs \($0.number),\(latest.number), then "
        }
        throw Failure(
            .inputMissing,
            "\(title) is a rerun that waits to be looked at: margin publish alone publishes it, margin run does not",
            hint: "\(look ?? "")margin publish \(options) --run \(latest.number)")
    }

    /// How far the run of a context is; nil if it is gone.
    package static func status(of context: RunContext, _ database: Database) throws -> RunStatus? {
        try RunLedger(database).run(context.run)?.status
    }
}
