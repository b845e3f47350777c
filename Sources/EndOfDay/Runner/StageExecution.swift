import ClearingModel
import Runtime
import Storage

/// One stage of one run, computed within one transaction.
struct StageExecution {
    let stage: StageDefinition
    let context: RunContext
    let scope: StageScope
    let database: Database
    /// Whether what the stages before it wrote is committed, so that another session sees it.
    let followsCommitted: Bool

    init(
        _ stage: Stage, _ context: RunContext, _ scope: StageScope, _ database: Database, followsCommitted: Bool = true
    ) {
        self.followsCommitted = followsCommitted
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
        if scope == .affected { try tables.planForFewRows() }
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

    /// Where a base is compared with, notes what was computed and leaves only what differs. A run that computes
    /// everything lists no parts: it holds them all.
    /// - Returns: the rows taken out again because the base holds them.
    func close() throws -> Int64 {
        guard let base else { return 0 }
        switch stage.parts {
        case .none, .keptByStage: return 0
        case .series: return try tables.keepChangedArrays(from: base.run)
        case .accounts, .accountsAndMembers:
            try tables.noteComputed(stage.stage, withMembers: stage.parts == .accountsAndMembers)
            return try tables.keepChanged(stage.stage, from: base.run)
        }
    }
}
