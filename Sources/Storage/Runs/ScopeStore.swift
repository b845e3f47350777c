import ClearingModel
import Postgres
import Quantities

/// The temporary tables that say what a stage of a run computes, which its statements join: `account_in_scope`, and
/// where a base is compared with `affected_series`, and `series_in_scope`, which are all that the accounts need.
///
/// They end with the stage's transaction. Which of them a stage makes is the stage's own decision.
package struct ScopeStore {
    private let database: Database
    private let run: PinnedRun

    package init(_ database: Database, of run: PinnedRun) {
        self.database = database
        self.run = run
    }

    // MARK: What is computed

    /// Leaves plans to the server until the transaction ends: what a rerun computes is few rows, counted as they are
    /// named.
    package func planForFewRows() throws {
        try database.script(
            "set local enable_seqscan = on; set local enable_nestloop = on; set local enable_mergejoin = on")
    }

    /// Every account the run sees.
    package func openWhole() throws {
        try database.execute(.scopeWhole, [pin])
        try database.script("analyze account_in_scope")
    }

    /// The same for a stage that may have opened it before.
    package func openWholeOnce() throws {
        if try !database.one(.scopeIsOpen).bool("is_open") { try openWhole() }
    }

    /// What changed rows move, and the series whose value they or the prices loaded since `base` can move.
    package func openAffectedSeries(since base: Int64, _ moves: [InputMove]) throws {
        try database.execute(.scopeMoved, [.textArray(moves.map(\.kind.rawValue)), .textArray(moves.map(\.code))])
        try database.script("analyze moved")
        try database.execute(.scopeSeries, [.int64(base), pin, date, previous])
        try database.script("analyze affected_series")
    }

    /// The series that valuing the affected ones needs; after `openAffectedSeries`.
    package func openValuedSeries() throws {
        try database.execute(.scopeValued, [pin])
        try database.script("analyze series_in_scope")
    }

    /// The accounts that changed rows move by themselves; after `openAffectedSeries`.
    package func openMovedAccounts() throws { try database.execute(.scopeMovedAccounts, [pin, date, cycle]) }

    /// The accounts whose requirement a change since `base` can move; after `openMovedAccounts`.
    package func openAccountsOfOffsets(since base: Int64) throws {
        try database.execute(.scopeMovedSeries, [pin, id])
        try database.script("analyze moved_series")
        try database.execute(.scopeOffsets, [.int64(base), pin, date, cycle])
    }

    /// The accounts whose add-ons a change can move; after `openMovedAccounts`.
    package func openAccountsOfAddOns() throws {
        try database.execute(.scopeAddOns, [pin, date, cycle, id, .text(run.parameterSet.text)])
    }

    /// The accounts whose call a change since `base` can move; after `openMovedAccounts`.
    package func openAccountsOfCalls(since base: Int64) throws {
        try database.execute(.scopeCalls, [.int64(base), pin, date, previous, cycle, id])
    }

    /// The series that the accounts in scope need; after they are named.
    package func openNeededSeries() throws {
        try database.script("analyze account_in_scope")
        try database.execute(.scopeListed, [pin, date, previous, cycle])
        try database.script("analyze series_in_scope")
    }

    /// The accounts that reports are written for: all, or those of the members for whom the run computed something;
    /// and whom the corrections among its inputs touch.
    package func openReported(isWhole: Bool) throws {
        try database.execute(.scopeReport, [id, pin, .bool(isWhole)])
        try database.script("analyze reported_account")
        try database.execute(.scopeTouched, [id])
    }

    /// Makes room for the tables of the next stage, where one transaction holds several.
    package func drop() throws {
        try database.script("drop table if exists account_in_scope, holding_account, held_series")
    }

    // MARK: What the tables hold

    /// The combined commodities with a series that a change can move, by code; after `openAffectedSeries`.
    package func affectedCombinedCommodities() throws -> [CombinedCommodityCode] {
        try database.rows(.affectedCombinedCommodities).map { try $0.code("combined_commodity") }
    }

    /// The members for whom reports are written; after `openReported`.
    package func reportedMembers() throws -> Set<String> {
        Set(try database.rows(.reportedMembers).map { try $0.text("member") })
    }

    // MARK: What was computed

    /// Notes the accounts a stage computed, and their members where it writes rows of them.
    package func noteComputed(_ stage: Stage, withMembers: Bool) throws {
        try database.execute(.insertComputedAccounts, [id, stage.value, pin, .bool(withMembers)])
    }

    /// Leaves in the run the arrays that differ from its base's. Returns how many were taken out.
    package func keepChangedArrays(from base: Int64) throws -> Int64 {
        try database.one(.keepChangedArrays, [id, .int64(base)]).int64("keep_changed_arrays")
    }

    /// Leaves in the run what a stage computed and differs from the base's. Returns how many rows were taken out.
    package func keepChanged(_ stage: Stage, from base: Int64) throws -> Int64 {
        try database.one(.keepChanged, [id, .int64(base), stage.value]).int64("keep_changed")
    }

    private var id: Value { .int64(run.id) }
    private var pin: Value { .int64(run.load) }
    private var date: Value { run.businessDate.value }
    private var previous: Value { .orNull(run.previousBusinessDate) { $0.value } }
    private var cycle: Value { run.cycle.value }
}
