import ClearingModel
import Quantities
import Results
import Storage

/// What the data gates of a run found.
struct DataGateEvaluation {
    /// Every hit that is not switched off, in the order of the gates and their rows.
    let findings: [FindingRow]
    /// The rules that were looked at; the findings of the others are the base's.
    let rules: [String]

    /// Keeps the findings and which rules they are of.
    func save(run: Int64, _ database: Database) throws {
        try FindingStore(database).save(findings, of: rules, run: run)
    }
}

/// Runs the gates of a run and applies the parameter set's severities and the waivers.
struct DataGateRunner {
    private let execution: StageExecution
    private var context: RunContext { execution.context }

    init(_ execution: StageExecution) { self.execution = execution }

    /// Runs the gates, all of them or those that a changed table can move.
    func evaluate() throws -> DataGateEvaluation {
        let gates = gates
        let affected = try affected(by: gates)
        var reader = try GateReader(
            execution.database, of: context.pinned, gates: gates, within: affected?.tables ?? nil)
        var findings: [FindingRow] = []
        var rules: [String] = []
        for gate in gates {
            rules.append(gate.rule)
            let severity = severity(of: gate, reader.severities)
            if severity == .off { continue }
            let hits = try reader.hits(
                of: gate, severity: severity,
                combinedCommodities: affected.flatMap { $0.found.contains(gate.rule) ? nil : $0.combinedCommodities })
            let ordinal = DataGate.all.firstIndex { $0.rule == gate.rule } ?? 0
            findings += hits.enumerated().map { index, hit in
                var hit = hit
                hit.table = table(of: hit.table, rule: gate.rule)
                hit.number = Int64(ordinal) * DataGate.mostHits + Int64(index + 1)
                if hit.isEssential {
                    hit.severity = Severity.block.rawValue
                } else if !gate.isEssential {
                    return reader.waived(hit)
                }
                return hit
            }
            // The gates after this one join through what it holds: they would only repeat the news.
            if severity == .block, findings.contains(where: { $0.rule == gate.rule && $0.waiverReason == nil }),
                ["calendar", "empty_positions", "reference", "series_terms"].contains(gate.rule)
            {
                break
            }
        }
        return DataGateEvaluation(findings: findings, rules: rules)
    }

    /// The table a finding is about: an intraday run reads the date's prices and volatilities from tables of their own.
    private func table(of name: String, rule: String) -> String {
        guard context.cycle == .intraday, rule != "missing_previous_price",
            ["settlement_price", "underlying_price", "volatility"].contains(name)
        else { return name }
        return "intraday_\(name)"
    }

    /// What a hit of a gate does: as the parameter set says, unless no figure can be right while it hits. A gate that
    /// knows such hits among its own cannot be switched off: off is a flag.
    private func severity(of gate: DataGate, _ severities: [String: String]) -> Severity {
        guard !gate.isEssential, let severity = severities[gate.rule].flatMap(Severity.init) else {
            return gate.severity
        }
        return severity == .off && gate.marksEssentialHits ? .flag : severity
    }

    /// Where gates need not look at the whole house.
    private struct Restriction {
        /// What gates that know combined commodities apart look at.
        let combinedCommodities: [CombinedCommodityCode]
        /// Rules that look at all of them nevertheless.
        var found: Set<String> = []
        /// What the tables that gates share are made of; nil where some gate needs them whole.
        var tables: [CombinedCommodityCode]?
    }

    /// Where nothing but prices and volatilities changed: the combined commodities whose series these can move. A rule
    /// that found nothing in the base finds nothing elsewhere now; one that did looks everywhere.
    ///
    /// Where prices only say other values, a rule's hits hang on one combined commodity each: then those in which the
    /// base has findings are looked at too, in place of all, and the tables are made of no others.
    private func affected(by gates: [DataGate]) throws -> Restriction? {
        guard let base = execution.base, !base.hasOtherParameterSet,
            base.changes.allSatisfy({ Self.pricingTables.contains($0.table) })
        else { return nil }
        let moved = try execution.tables.affectedCombinedCommodities()
        let store = FindingStore(execution.database)
        let apart = gates.filter(\.isWithinCombinedCommodities)
        if base.hasOtherPriceValuesAlone,
            let found = try store.combinedCommodities(
                foundBy: base.run, rules: apart.map(\.rule), pin: context.pinned.load)
        {
            let both = moved + Set(found).subtracting(moved).sorted { $0.text < $1.text }
            let needsAll = gates.contains { !$0.isWithinCombinedCommodities && $0.needsTables }
            return Restriction(combinedCommodities: both, tables: needsAll ? nil : both)
        }
        return Restriction(combinedCommodities: moved, found: try store.rules(foundBy: base.run))
    }

    private static let pricingTables: Set<String> = [
        "realised_average", "settlement_price", "underlying_price", "volatility",
    ]

    private var gates: [DataGate] {
        guard let base = execution.base else { return DataGate.all }
        let changed = Set(base.changes.map(\.table))
        // What decides about every finding, whatever the gates themselves read.
        if base.hasOtherParameterSet || changed.contains("finding_waiver") || changed.contains("data_gate") {
            return DataGate.all
        }
        return DataGate.all.filter {
            !changed.isDisjoint(with: $0.reads) && ($0.hangsOnPriceValues || !base.hasOtherPriceValuesAlone)
        }
    }
}
