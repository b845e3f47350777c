import ClearingModel
import Postgres
import Quantities
import Storage

extension StageRunner {
    /// The run that ingest works for: the one being built, the complete or published one if its inputs are still
    /// current, else a new one with its inputs pinned.
    func openRun() throws -> RunContext {
        Failpoint.beforeLock.reached(.ingest)
        return try connection.transaction {
            let load = try ledger.lastLoad()
            let calendar = try BusinessCalendar.load(pinnedAt: load, from: connection)
            let previous = calendar.previous(before: businessDate)
            guard let set = try ledger.parameterSet(inForceOn: businessDate, pin: load) else {
                let others = try ledger.parameterSets(notInForceOn: businessDate, pin: load)
                throw Failure(
                    .inputMissing,
                    "no approved parameter set is in force on \(businessDate): "
                        + (others.isEmpty ? "parameter_set has no row" : others.joined(separator: ", ")),
                    hint: "have a set approved by someone other than its author and load it whole under a new name, "
                        + "with approved_by: margin load parameter_set FILE.csv, then its other tables")
            }
            let versions = try ledger.inputVersions(pin: load, businessDate, previous: previous, parameterSet: set)
            if let latest = try ledger.latestRun(businessDate, cycle: cycle.rawValue) {
                if try ledger.pinnedInputs(of: latest.id) == versions, let pin = latest.pinnedLoad,
                    latest.parameterSet == set
                {
                    return context(latest.id, latest.number, previous, pin, set)
                }
                if latest.status == "building" { try ledger.void(run: latest.id) }
            }
            let run = try ledger.openRun(businessDate, cycle: cycle.rawValue, reason: settings.reason)
            try ledger.pin(run: run.id, load: load, parameterSet: set)
            for version in versions { try ledger.record(version, for: run.id) }
            return context(run.id, run.number, previous, load, set)
        }
    }

    /// The run a later stage works for; its inputs must be the current ones and the stages before it done.
    func continueRun(for stage: Stage) throws -> RunContext {
        Failpoint.beforeLock.reached(stage)
        return try connection.transaction {
            guard let latest = try ledger.latestRun(businessDate, cycle: cycle.rawValue), let pin = latest.pinnedLoad,
                let set = latest.parameterSet
            else {
                throw Failure(
                    .inputMissing, "\(stage.executable): no run of \(businessDate) \(cycle.rawValue) has been started",
                    hint: "margin-ingest --business-date \(businessDate)")
            }
            let done = try ledger.succeeded(run: latest.id).map(\.stage)
            for needed in stage.upstream where !done.contains(needed.rawValue) {
                throw Failure(
                    .inputMissing,
                    "\(stage.executable): \(needed.executable) has not completed for run \(latest.number)",
                    hint: "\(needed.executable) --business-date \(businessDate)")
            }
            let load = try ledger.lastLoad()
            let calendar = try BusinessCalendar.load(pinnedAt: pin, from: connection)
            let previous = calendar.previous(before: businessDate)
            let current = try ledger.inputVersions(pin: load, businessDate, previous: previous, parameterSet: set)
            if let stale = try staleTable(latest.id, current) {
                throw Failure(
                    .inputMissing, "\(stage.executable): run \(latest.number) is stale: \(stale)",
                    hint: "margin run --business-date \(businessDate)")
            }
            return context(latest.id, latest.number, previous, pin, set)
        }
    }

    /// The first table whose current version is not the pinned one, as `settlement_price version 12 → 13`.
    func staleTable(_ run: Int64, _ current: [InputVersion]) throws -> String? {
        let pinned = Dictionary(
            try ledger.pinnedInputs(of: run).map { ($0.table, $0.version) }, uniquingKeysWith: { first, _ in first })
        return current.first { pinned[$0.table] != $0.version }.map {
            "\($0.table) version \(pinned[$0.table].map(String.init) ?? "none") → \($0.version)"
        }
    }

    /// What the stage's result follows from: the versions of the tables it reads, its upstream's fingerprints, the
    /// parameter set and its numbers version.
    func fingerprint(of stage: Stage, in context: RunContext) throws -> [UInt8] {
        let inputs = try ledger.pinnedInputs(of: context.run)
        let done = try ledger.succeeded(run: context.run)
        var text =
            "\(stage.rawValue) \(stage.numbersVersion)\n\(businessDate) \(cycle.rawValue) \(context.parameterSet)\n"
        for input in inputs where stage.inputTables?.contains(input.table) ?? true {
            text += "\(input.table) \(input.version)\n"
        }
        for upstream in stage.upstream {
            let fingerprint = done.first { $0.stage == upstream.rawValue }?.fingerprint ?? []
            text += "\(upstream.rawValue) \(fingerprint)\n"
        }
        return try ledger.digest(of: text)
    }

    private func context(
        _ run: Int64, _ number: Int32, _ previous: BusinessDate?, _ pin: Int64, _ set: ParameterSetCode
    ) -> RunContext {
        RunContext(
            run: run, number: number, businessDate: businessDate, previousBusinessDate: previous, cycle: cycle,
            pinnedLoad: pin, parameterSet: set)
    }
}
