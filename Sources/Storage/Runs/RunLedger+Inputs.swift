import ClearingModel
import Postgres
import Quantities

extension RunLedger {
    /// The first input of a run that was loaded after it had pinned its inputs, in words; nil where they are current.
    package func staleInput(of run: RunRow, _ date: BusinessDate, _ cycle: Cycle) throws -> String? {
        let load = try lastLoadSeen()
        let calendar = try BusinessCalendar.load(pinnedAt: load, from: connection)
        guard let set = try parameterSet(inForceOn: date, pin: load) else { return "parameter_set" }
        if set != run.parameterSet { return "parameter set \(set) is in force now" }
        let current = try inputVersions(
            pin: load, date, cycle: cycle, previous: calendar.previous(before: date), parameterSet: set,
            for: run.id)
        let pinned = try pinnedInputs(of: run.id)
        return current.first { !pinned.contains($0) }?.table
    }

    /// Whether a run, or a new one where it is nil, would be attributed against another night than its base was.
    package func isAnotherNightBefore(_ base: Int64, run: Int64?) throws -> Bool {
        try connection.one(.anotherNightBefore, [.int64(base), .orNull(run) { .int64($0) }]).bool("is_another")
    }

    /// How many prices were taken back after one load and up to another.
    package func withdrawnPrices(after first: Int64, upTo last: Int64) throws -> Int64 {
        try connection.one(.withdrawnPrices, [.int64(first), .int64(last)]).int64("prices")
    }

    /// How many settlement prices between two loads are new, taken back or final, and not another value of one that was
    /// there.
    package func pricesThatComeOrGo(after first: Int64, upTo last: Int64) throws -> Int64 {
        try connection.one(.pricesThatComeOrGo, [.int64(first), .int64(last)]).int64("prices")
    }
}
