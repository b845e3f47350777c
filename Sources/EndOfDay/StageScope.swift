import ClearingModel
import Postgres
import Quantities
import Storage

/// What a stage of a run computes, as temporary tables that its statements join: `account_in_scope`, and where a base
/// is compared with `affected_series`, and `series_in_scope`, which are all that the accounts need.
///
/// They end with the stage's transaction.
struct StageScope {
    let stage: Stage
    let context: RunContext
    let extent: StageExtent
    let connection: Connection

    /// Makes the tables and names the runs that hold the stage's results.
    func open() throws {
        let base = extent == .affected ? context.base : nil
        try connection.execute(
            .insertResultSource,
            [.int64(context.run), .text(stage.rawValue), .bool(true), .orNull(base) { .int64($0.run) }])
        if stage == .ingest {
            if let base { try openAffected(base) }
            return
        }
        if stage == .report {
            try connection.execute(
                .scopeReport, [.int64(context.run), .int64(context.pinnedLoad), .bool(extent == .whole)])
            try connection.script("analyze reported_account")
            try connection.execute(.scopeTouched, [.int64(context.run)])
            return
        }
        if let base { return try openAffected(base) }
        try connection.execute(.scopeWhole, [.int64(context.pinnedLoad)])
        try connection.script("analyze account_in_scope")
    }

    private func openAffected(_ base: RunBase) throws {
        let (before, pin) = (Value.int64(base.pinnedLoad), Value.int64(context.pinnedLoad))
        let (date, cycle, run) = (
            context.businessDate.value, Value.text(context.cycle.rawValue), Value.int64(context.run)
        )
        let previous = Value.orNull(context.previousBusinessDate) { $0.value }
        let moves = base.moves(within: stage)
        try connection.execute(
            .scopeMoved, [.textArray(moves.map(\.kind.rawValue)), .textArray(moves.map(\.code))])
        try connection.script("analyze moved")
        try connection.execute(.scopeSeries, [before, pin, date, previous])
        try connection.script("analyze affected_series")
        if [.offsets, .addOns, .calls].contains(stage) {
            try connection.execute(.scopeMovedAccounts, [pin, date, cycle])
        }
        switch stage {
        case .offsets:
            try connection.execute(.scopeMovedSeries, [pin, run])
            try connection.script("analyze moved_series")
            try connection.execute(.scopeOffsets, [before, pin, date, cycle])
        case .addOns:
            try connection.execute(.scopeAddOns, [pin, date, cycle, run, .text(context.parameterSet.text)])
        case .calls: try connection.execute(.scopeCalls, [before, pin, date, previous, cycle, run])
        case .riskArrays:
            try connection.execute(.scopeValued, [pin])
            return try connection.script("analyze series_in_scope")
        case .ingest, .report: return
        }
        try connection.script("analyze account_in_scope")
        try connection.execute(.scopeListed, [pin, date, previous, cycle])
        try connection.script("analyze series_in_scope")
    }

    /// Notes what was computed, tells the planner of it and, where a base is compared with, leaves only what differs.
    /// - Returns: the rows taken out again because the base holds them.
    func close() throws -> Int64 {
        let parts = try noteComputed()
        // After a few parts what the planner knows of the base is as good as true.
        if extent == .whole || parts > Self.fewParts {
            _ = try connection.one(.analyzeResults, [.text(stage.rawValue), .int64(context.run)])
        }
        guard extent == .affected, let base = context.base else { return 0 }
        return try keepChanged(base)
    }

    private static let fewParts = 1000

    /// Returns how many accounts and members were computed, of the stages that know them.
    private func noteComputed() throws -> Int {
        guard [.offsets, .addOns, .calls].contains(stage) else { return 0 }
        return try connection.execute(
            .insertComputedAccounts, [.int64(context.run), .text(stage.rawValue), .int64(context.pinnedLoad)])
    }

    private func keepChanged(_ base: RunBase) throws -> Int64 {
        let (run, before) = (Value.int64(context.run), Value.int64(base.run))
        switch stage {
        case .ingest, .report: return 0
        case .riskArrays: return try connection.one(.keepChangedArrays, [run, before]).int64(0)
        case .offsets, .addOns, .calls:
            return try connection.one(.keepChanged, [run, before, .text(stage.rawValue)]).int64(0)
        }
    }
}
