import ClearingModel
import Runtime
import Storage

/// One stage of one run, computed within one transaction.
struct StageExecution {
    let stage: StageDefinition
    let context: RunContext
    let scope: StageScope
    let database: Database

    init(_ stage: Stage, _ context: RunContext, _ scope: StageScope, _ database: Database) {
        self.stage = stage.definition
        self.context = context
        self.scope = scope
        self.database = database
    }

    /// The run that the stage compares itself with; nil where it computes everything.
    var base: RunBase? { scope == .affected ? context.base : nil }

    /// The tables that say what is computed; they are filled by the stage's own decision, `StageStep.openScope`.
    var tables: ScopeStore { ScopeStore(database, of: context.pinned) }

    /// Makes the tables and names the runs that hold the stage's results.
    func open() throws {
        try RunLedger(database).nameSources(of: stage.stage, run: context.run, base: base?.run)
        try stage.step.openScope(self)
    }

    /// What changed rows move, and the series among it.
    func openAffectedSeries(_ base: RunBase) throws {
        try tables.openAffectedSeries(since: base.pinnedLoad, base.moves(within: stage.stage))
    }

    /// The accounts that `fill` finds affected, beside what changed rows move of themselves, and the series they need.
    func openAffectedAccounts(_ base: RunBase, _ fill: () throws -> Void) throws {
        try openAffectedSeries(base)
        try tables.openMovedAccounts()
        try fill()
        try tables.openNeededSeries()
    }

    /// Computes and writes. Returns the rows or files written.
    func perform(_ settings: RunSettings) async throws -> Int64 { try await stage.step.perform(self, settings) }

    /// Notes what was computed, tells the planner of it and, where a base is compared with, leaves only what differs.
    /// - Returns: the rows taken out again because the base holds them.
    func close() throws -> Int64 {
        let parts =
            stage.parts.areAccounts
            ? try tables.noteComputed(stage.stage, withMembers: stage.parts == .accountsAndMembers) : 0
        // After a few parts what the planner knows of the base is as good as true.
        if scope == .whole || parts > Self.fewParts {
            try tables.analyze(stage.resultTables + ["computed_part", "result_source"])
        }
        guard let base else { return 0 }
        return switch stage.parts {
        case .none: 0
        case .series: try tables.keepChangedArrays(from: base.run)
        case .accounts, .accountsAndMembers: try tables.keepChanged(stage.stage, from: base.run)
        }
    }

    private static let fewParts = 1000
}
