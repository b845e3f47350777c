import ClearingModel
import Postgres
import Quantities
import Storage

/// What a stage of a run computes, as temporary tables that its statements join: `account_in_scope`, and where a base
/// is compared with `affected_series`, and `series_in_scope`, which are all that the accounts need.
///
/// They end with the stage's transaction. What the tables hold is the stage's own: `StageStep.openScope`.
struct StageScope {
    let stage: StageDefinition
    let context: RunContext
    let extent: StageExtent
    let connection: Connection

    init(_ stage: Stage, _ context: RunContext, _ extent: StageExtent, _ connection: Connection) {
        self.stage = stage.definition
        self.context = context
        self.extent = extent
        self.connection = connection
    }

    /// The run that the stage compares itself with; nil where it computes everything.
    var base: RunBase? { extent == .affected ? context.base : nil }

    /// Makes the tables and names the runs that hold the stage's results.
    func open() throws {
        try connection.execute(
            .insertResultSource, [run, stage.stage.value, .bool(true), .orNull(base) { .int64($0.run) }])
        try stage.step.openScope(self)
    }

    /// Every account the run sees.
    func openWhole() throws {
        try connection.execute(.scopeWhole, [pin])
        try connection.script("analyze account_in_scope")
    }

    /// What changed rows move, and the series among it.
    func openAffectedSeries(_ base: RunBase) throws {
        let moves = base.moves(within: stage.stage)
        try connection.execute(
            .scopeMoved, [.textArray(moves.map(\.kind.rawValue)), .textArray(moves.map(\.code))])
        try connection.script("analyze moved")
        try connection.execute(.scopeSeries, [.int64(base.pinnedLoad), pin, date, previous])
        try connection.script("analyze affected_series")
    }

    /// The accounts that `fill` finds affected, beside what changed rows move of themselves, and the series they need.
    func openAffectedAccounts(_ base: RunBase, _ fill: () throws -> Void) throws {
        try openAffectedSeries(base)
        try connection.execute(.scopeMovedAccounts, [pin, date, cycle])
        try fill()
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
            let tables = stage.resultTables + ["computed_part", "result_source"]
            _ = try connection.one(.analyzeResults, [.textArray(tables), run])
        }
        guard let base else { return 0 }
        switch stage.parts {
        case .none: return 0
        case .series:
            return try connection.one(.keepChangedArrays, [run, .int64(base.run)]).int64("keep_changed_arrays")
        case .accounts, .accountsAndMembers:
            return try connection.one(.keepChanged, [run, .int64(base.run), stage.stage.value]).int64("keep_changed")
        }
    }

    private static let fewParts = 1000

    /// Returns how many accounts and members were computed, of the stages that know them.
    private func noteComputed() throws -> Int {
        guard stage.parts.areAccounts else { return 0 }
        return try connection.execute(
            .insertComputedAccounts, [run, stage.stage.value, pin, .bool(stage.parts == .accountsAndMembers)])
    }

    var run: Value { .int64(context.run) }
    var pin: Value { .int64(context.pinnedLoad) }
    var date: Value { context.businessDate.value }
    var previous: Value { .orNull(context.previousBusinessDate) { $0.value } }
    var cycle: Value { context.cycle.value }
}
