import ClearingModel
import Postgres
import Quantities
import Storage

/// Validates every pinned row; fails closed when a finding blocks.
///
/// A refused run keeps its findings and is void: the next start, after the data are mended, opens a new one.
struct IngestStep: StageStep {
    func perform(_ context: RunContext, _ connection: Connection, _ settings: RunSettings) async throws -> Int64 {
        let findings = try DataGateRunner(connection, context).findings()
        try FindingStore(connection).save(findings, run: context.run)
        let blocking = findings.filter { $0.severity == "block" && $0.waiverReason == nil }
        settings.log.info(
            "validated", "\(findings.count) findings, \(blocking.count) of them block",
            ["findings": "\(findings.count)", "blocking": "\(blocking.count)"])
        if !blocking.isEmpty { throw BlockedInputs(findings: findings, blocking: blocking) }
        return Int64(findings.count)
    }
}

extension FindingRow {
    /// Whether the finding is about a row of the parameter set.
    fileprivate var isParameter: Bool {
        ["account_class", "collateral_haircut", "combined_commodity_margin", "scenario"].contains(table)
    }
}

/// Findings that stop the night.
struct BlockedInputs: Error {
    let findings: [FindingRow]
    let blocking: [FindingRow]

    /// The first findings line by line, and how many there are.
    func failure(_ context: RunContext) -> Failure {
        let shown = blocking.prefix(20).map { finding in
            "\(finding.table), \(finding.rowKey)"
                + (finding.source.map { " (\($0)" + (finding.sourceLine.map { ", line \($0)" } ?? "") + ")" } ?? "")
                + ", \(finding.column) “\(finding.value)”: \(finding.message) [\(finding.rule)]"
        }
        let rest = blocking.count > shown.count ? ["… and \(blocking.count - shown.count) more"] : []
        return Failure(
            .inputRejected,
            "\(context.title): \(blocking.count == 1 ? "1 finding blocks" : "\(blocking.count) findings block"), "
                + "nothing was computed\n  "
                + (shown + rest).joined(separator: "\n  "),
            hint: hint(context))
    }

    /// What mends these findings: rows of the day and reference data are corrected, a parameter set only grows, some
    /// findings may be waived.
    private func hint(_ context: RunContext) -> String {
        let parameters = Set(blocking.filter { $0.isParameter }.map(\.table)).sorted()
        let waivable = Set(DataGate.all.filter { !$0.isEssential }.map(\.rule))
        let waiver = blocking.first { waivable.contains($0.rule) }
        var ways: [String] = []
        if parameters.count < Set(blocking.map(\.table)).count {
            ways.append("mend the rows: margin load TABLE FILE --correct --reason R")
        }
        if !parameters.isEmpty {
            ways.append(
                "add the rows that parameter set \(context.parameterSet) lacks: margin load \(parameters[0]) FILE"
                    + " (a row that is there never changes: load a new set)")
        }
        if let waiver {
            ways.append(
                "or, if it is right as it is, waive it: margin load finding_waiver FILE with the row "
                    + "\(context.businessDate),\(waiver.rule),\"\(waiver.rowKey)\",REASON,YOUR NAME")
        }
        return (ways + ["then: margin run --business-date \(context.businessDate)"]).joined(separator: "\n      ")
    }
}

/// Runs the gates of a run and applies the parameter set's severities and the waivers.
struct DataGateRunner {
    private let connection: Connection
    private let context: RunContext

    init(_ connection: Connection, _ context: RunContext) {
        self.connection = connection
        self.context = context
    }

    /// Every hit that is not switched off, in the order of the gates and their rows.
    func findings() throws -> [FindingRow] {
        let store = FindingStore(connection)
        let overrides = try store.severities(parameterSet: context.parameterSet)
        let waivers = try store.waivers(pin: context.pinnedLoad, context.businessDate)
        var findings: [FindingRow] = []
        for gate in DataGate.all {
            let severity =
                gate.isEssential ? gate.severity : overrides[gate.rule].flatMap(Severity.init) ?? gate.severity
            if severity == .off { continue }
            let hits = try store.hits(
                gate.query, rule: gate.rule, severity: severity.rawValue, pin: context.pinnedLoad, context.businessDate,
                previous: context.previousBusinessDate, cycle: context.cycle.rawValue,
                parameterSet: context.parameterSet)
            findings += hits.map { hit in
                var hit = hit
                if !gate.isEssential { hit.waiverReason = waivers["\(gate.rule)\n\(hit.rowKey)"] }
                return hit
            }
            // The gates after this one join through what it holds: they would only repeat the news.
            if severity == .block, findings.contains(where: { $0.rule == gate.rule && $0.waiverReason == nil }),
                ["calendar", "empty_positions", "reference", "series_terms"].contains(gate.rule)
            {
                break
            }
        }
        return findings
    }
}
