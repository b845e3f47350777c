import ClearingModel
import Quantities
import Storage

/// The run a new run compares itself with: the newest with results, computed by stages of the same numbers versions.
package struct RunBase: Sendable {
    package let run: Int64
    package let number: Int32
    package let pinnedLoad: Int64
    /// Each stage's fingerprint as the base recorded it.
    let fingerprints: [Stage: [UInt8]]
    /// The tables whose pinned version differs, in their order.
    package let changes: [InputChange]
    /// Whether another parameter set is in force.
    let hasOtherParameterSet: Bool
    /// Whether nothing differs but what settlement prices say that were there, no final one among them.
    let hasOtherPriceValuesAlone: Bool
    /// What the rows that differ move, beside those of `StageTable.tablesByPart`.
    private let moves: [InputMove]
    /// Tables in which a row was taken back that an array depends on: a missing array shadows none of the base's.
    private let withdrawnTables: Set<String>
    /// Whether other series than before wait for their final price: they gain or lose an array, of risk and of stress,
    /// by positions and final prices, which risk arrays do not read otherwise.
    private let hasOtherUnsettledSeries: Bool
    /// Whether figures would be attributed against another night than the base's were: another run of it is published.
    private let hasOtherNightBefore: Bool

    /// A run as it was found: `fingerprints` by stage as the run recorded them, the other facts as the properties say.
    package init(
        run: Int64, number: Int32, pinnedLoad: Int64, fingerprints: [Stage: [UInt8]], changes: [InputChange],
        hasOtherParameterSet: Bool, hasOtherPriceValuesAlone: Bool = false, moves: [InputMove],
        withdrawnTables: Set<String>, hasOtherUnsettledSeries: Bool, hasOtherNightBefore: Bool = false
    ) {
        self.run = run
        self.number = number
        self.pinnedLoad = pinnedLoad
        self.fingerprints = fingerprints
        self.changes = changes
        self.hasOtherParameterSet = hasOtherParameterSet
        self.hasOtherPriceValuesAlone = hasOtherPriceValuesAlone
        self.moves = moves
        self.withdrawnTables = withdrawnTables
        self.hasOtherUnsettledSeries = hasOtherUnsettledSeries
        self.hasOtherNightBefore = hasOtherNightBefore
    }

    /// Nil where `base` is; `run` is nil of a run that is not opened yet.
    init?(
        _ base: Int64?, of date: BusinessDate, cycle: Cycle, run: Int64?, inputs: [InputVersion], pin after: InputPin,
        from ledger: RunLedger
    ) throws {
        guard let base, let row = try ledger.run(base), let pin = row.pinnedLoad, let set = row.parameterSet else {
            return nil
        }
        let fingerprints = Dictionary(
            try ledger.succeeded(run: base).map { ($0.stage, $0.fingerprint) }, uniquingKeysWith: { first, _ in first })
        let changes = InputChange.between(try ledger.pinnedInputs(of: base), inputs)
        let moves = try ledger.moves(
            of: changes.map(\.table).filter { !StageTable.tablesByPart.contains($0) },
            from: InputPin(load: pin, parameterSet: set), to: after, date)
        let withdrawnTables = try Set(
            changes.map(\.table).filter { Self.priceTables.contains($0) }
        ).filter { table in
            let last = changes.first { $0.table == table }?.after ?? 0
            return try ledger.withdrawnPrices(after: pin, upTo: last) > 0
        }
        let hasOtherPriceValuesAlone =
            try set == after.parameterSet && changes.map(\.table) == ["settlement_price"]
            && ledger.pricesThatComeOrGo(after: pin, upTo: after.load) == 0
        func unsettledSeries(at pin: Int64) throws -> Set<SeriesCode> {
            try ledger.unsettledSeries(date, cycle: cycle, pinnedAt: pin)
        }
        self.init(
            run: base, number: row.number, pinnedLoad: pin, fingerprints: fingerprints, changes: changes,
            hasOtherParameterSet: set != after.parameterSet, hasOtherPriceValuesAlone: hasOtherPriceValuesAlone,
            moves: moves, withdrawnTables: withdrawnTables,
            hasOtherUnsettledSeries: try !hasOtherPriceValuesAlone
                && unsettledSeries(at: pin) != unsettledSeries(at: after.load),
            hasOtherNightBefore: try ledger.isAnotherNightBefore(base, run: run))
    }

    private static let priceTables: Set<String> = ["settlement_price", "underlying_price"]

    /// What a stage computes whose inputs have `fingerprint` now.
    ///
    /// With another parameter set in force every report is written: each names the set. What moved since the night
    /// before is computed whole: a change moves states of accounts whose own figures stay.
    package func scope(of stage: Stage, fingerprint: [UInt8]) -> StageScope {
        if stage == .attribution {
            return fingerprints[stage] == fingerprint && !hasOtherNightBefore ? .reused : .whole
        }
        if hasOtherUnsettledSeries, stage == .riskArrays || stage == .stress { return .whole }
        if fingerprints[stage] == fingerprint, !hasOtherNightBefore || stage != .report { return .reused }
        if hasOtherParameterSet, stage == .report { return .whole }
        let readers = stage.definition.withSources
        let movesAll =
            moves.contains { move in move.kind == .all && readers.contains { $0.reads(move.table) } }
            || changes(moving: stage).contains { withdrawnTables.contains($0.table) }
        return movesAll ? .whole : .affected
    }

    /// What decides which accounts a stage computes, beside prices, positions and collateral.
    ///
    /// Arrays and requirements are rounded: what enters them can move a stage below that reads it again by way of its
    /// inputs though they stayed. Calls read of the stages above only what those wrote.
    package func moves(within stage: Stage) -> [InputMove] {
        let readers = stage == .calls ? [stage.definition] : stage.definition.withSources
        return moves.filter { move in readers.contains { $0.reads(move.table) } }
    }

    /// The changed tables that a stage reads itself or through the stages it follows from.
    package func changes(moving stage: Stage) -> [InputChange] {
        changes.filter { change in
            stage.definition.withSources.contains { $0.reads(change.table) }
        }
    }
}

/// An input table with another version than before.
package struct InputChange: Sendable, Hashable {
    package let table: String
    /// Nil where there was none.
    package let before: Int64?
    package let after: Int64?

    /// The tables that differ, in the order of their names.
    package static func between(_ before: [InputVersion], _ after: [InputVersion]) -> [InputChange] {
        func versions(_ inputs: [InputVersion]) -> [String: Int64] {
            Dictionary(inputs.map { ($0.table, $0.version) }, uniquingKeysWith: { first, _ in first })
        }
        let (old, new) = (versions(before), versions(after))
        return Set(old.keys).union(new.keys).sorted().compactMap { table in
            old[table] == new[table] ? nil : InputChange(table: table, before: old[table], after: new[table])
        }
    }

    /// `settlement_price v12 → v13`.
    package var text: String {
        "\(table) \(before.map { "v\($0)" } ?? "none") → \(after.map { "v\($0)" } ?? "none")"
    }
}

extension [String] {
    /// Changed inputs in one line: the first three, and how many more `margin plan` lists.
    package var summary: String {
        prefix(3).joined(separator: ", ") + (count > 3 ? " and \(count - 3) more, which margin plan lists" : "")
    }
}
