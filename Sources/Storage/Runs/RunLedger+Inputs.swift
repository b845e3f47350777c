import ClearingModel
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
}
