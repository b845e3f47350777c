import ClearingModel
import Quantities
import Runtime
import Storage

extension StageRunner {
    /// The inputs that a run opened now would pin.
    struct CurrentInputs {
        let load: Int64
        let previous: BusinessDate?
        let parameterSet: ParameterSetCode
        let versions: [InputVersion]
    }

    /// The current inputs of a new run, or what a run there is would have pinned now.
    /// - Throws: `Failure` 66 where no approved parameter set is in force.
    func currentInputs(for run: Int64? = nil) throws -> CurrentInputs {
        let load = try ledger.lastLoad()
        let calendar = try BusinessCalendar.load(pinnedAt: load, from: database)
        let previous = calendar.previous(before: businessDate)
        guard let set = try ledger.parameterSet(inForceOn: businessDate, pin: load) else {
            throw try noParameterSet(load)
        }
        return CurrentInputs(
            load: load, previous: previous, parameterSet: set,
            versions: try ledger.inputVersions(
                pin: load, businessDate, cycle: cycle, previous: previous, parameterSet: set, for: run))
    }

    /// Names the sets there are, and how one comes into force.
    private func noParameterSet(_ load: Int64) throws -> Failure {
        let others = try ledger.parameterSets(notInForceOn: businessDate, pin: load)
        let waiting = try ParameterGovernance(database).sets().filter { set in
            set.approvedBy == nil && BusinessDate(set.effectiveFrom).map { $0 <= businessDate } ?? false
        }
        return Failure(
            .inputMissing,
            "no approved parameter set is in force on \(businessDate): "
                + (others.isEmpty ? "parameter_set has no row" : others.joined(separator: ", ")),
            hint: ([
                "have a set approved by someone other than its author and load it whole under a new name, "
                    + "with approved_by: margin load parameter_set FILE.csv, then its other tables"
            ]
                + waiting.map {
                    "or another person than \($0.author) approves what is there: margin parameters approve "
                        + "\($0.parameterSet.shellWord) --reason R --as PERSON"
                }).joined(separator: "\n      "))
    }

    /// The run that ingest works for: the one being built, the complete or published one if its inputs are still
    /// current, else a new one with its inputs pinned, based on the newest with results.
    func openRun() throws -> RunContext {
        Failpoint.beforeLock.reached(.ingest)
        try ledger.makeRoomForRuns()
        return try database.atomically {
            if let latest = try ledger.latestRun(businessDate, cycle: cycle) {
                let inputs = try currentInputs(for: latest.id)
                if try ledger.pinnedInputs(of: latest.id) == inputs.versions, latest.pinnedLoad != nil,
                    latest.parameterSet == inputs.parameterSet
                {
                    if latest.status == .building {
                        try ledger.keep(reason: settings.reason, of: latest.id)
                        if awaitsReview { try ledger.awaitReview(of: latest.id) }
                    }
                    return try context(latest, inputs.previous)
                }
                if latest.status == .building { try ledger.void(run: latest.id) }
            }
            let inputs = try currentInputs()
            return try context(open(inputs, base: eligibleBase()), inputs.previous)
        }
    }

    /// Opens a run and pins its inputs.
    @discardableResult
    func open(_ inputs: CurrentInputs, base: Int64?) throws -> RunRow {
        // What takes the place of a rerun that was given up is looked at as that one would have been.
        let before = try ledger.newestRun(businessDate, cycle: cycle)
        let run = try ledger.openRun(
            businessDate, cycle: cycle, reason: settings.reason, base: base,
            awaitsReview: awaitsReview || before.map { $0.status == .void && $0.awaitsReview } ?? false)
        try ledger.pin(run: run.id, load: inputs.load, parameterSet: inputs.parameterSet)
        for version in inputs.versions { try ledger.record(version, for: run.id) }
        guard let opened = try ledger.run(run.id) else { preconditionFailure("a run that was opened is there") }
        return opened
    }

    /// The newest run with results, if this program would have computed the same figures.
    func eligibleBase() throws -> Int64? {
        guard let base = try ledger.baseRun(businessDate, cycle: cycle) else { return nil }
        let done = try ledger.succeeded(run: base.id)
        let isSame = Stage.allCases.allSatisfy { stage in
            done.contains { $0.stage == stage && $0.numbersVersion == stage.definition.numbersVersion }
        }
        return isSame ? base.id : nil
    }

    /// The run a later stage works for: the stages before it must be done. What was loaded since it was opened does not
    /// exist for it, and it goes on; once it is complete its inputs must be the current ones.
    func continueRun(for stage: Stage) throws -> RunContext {
        Failpoint.beforeLock.reached(stage)
        return try database.atomically {
            guard let latest = try ledger.latestRun(businessDate, cycle: cycle), let pin = latest.pinnedLoad,
                let set = latest.parameterSet
            else {
                throw Failure(
                    .inputMissing, "\(stage.executable): no run of \(businessDate) \(cycle) has been started",
                    hint: Stage.ingest.line(businessDate, cycle))
            }
            let done = try ledger.succeeded(run: latest.id).map(\.stage)
            for needed in stage.definition.upstream where !done.contains(needed) {
                throw Failure(
                    .inputMissing,
                    "\(stage.executable): \(needed.executable) has not completed for run \(latest.number)",
                    hint: needed.line(businessDate, cycle))
            }
            let load = try ledger.lastLoad()
            let calendar = try BusinessCalendar.load(pinnedAt: pin, from: database)
            let previous = calendar.previous(before: businessDate)
            let current = try ledger.inputVersions(
                pin: load, businessDate, cycle: cycle, previous: previous, parameterSet: set, for: latest.id)
            let context = try context(latest, previous)
            if let stale = try staleTable(latest.id, current) {
                guard latest.status == .building else {
                    throw Failure(
                        .inputMissing, "\(stage.executable): run \(latest.number) is stale: \(stale.text)",
                        hint: line(.rerun, "--reason R"))
                }
                settings.log.info(
                    .outdated, "\(context.title) goes on with the inputs it pinned; since then: \(stale.text)",
                    context.logFields(stage))
            }
            return context
        }
    }

    /// The first table whose current version is not the pinned one.
    func staleTable(_ run: Int64, _ current: [InputVersion]) throws -> InputChange? {
        InputChange.between(try ledger.pinnedInputs(of: run), current).first
    }

    /// What every stage of a run follows from.
    func fingerprints(of context: RunContext) throws -> StageFingerprints {
        try StageFingerprints(
            businessDate, cycle: cycle, parameterSet: context.parameterSet,
            inputs: try ledger.pinnedInputs(of: context.run))
    }

    private func context(_ run: RunRow, _ previous: BusinessDate?) throws -> RunContext {
        guard let pin = run.pinnedLoad, let set = run.parameterSet else {
            preconditionFailure("a run that a stage works for has pinned its inputs")
        }
        return RunContext(
            run: run.id, number: run.number, businessDate: businessDate, previousBusinessDate: previous, cycle: cycle,
            pinnedLoad: pin, parameterSet: set,
            base: try RunBase(
                run.base, of: businessDate, cycle: cycle, run: run.id, inputs: try ledger.pinnedInputs(of: run.id),
                pin: InputPin(load: pin, parameterSet: set), from: ledger),
            awaitsReview: run.awaitsReview || awaitsReview)
    }
}
