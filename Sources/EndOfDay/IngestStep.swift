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
            .validated, "\(counted(Int64(findings.count), "finding")), \(blocking.count) blocking",
            context.logFields(.ingest).merging(
                ["findings": "\(findings.count)", "blocking": "\(blocking.count)"]) { $1 })
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

    /// What mends these findings: rows that are wrong are corrected, rows that are missing are added, and where no
    /// finding is essential they may be waived.
    private func hint(_ context: RunContext) -> String {
        let missing = tables { $0.value == "no row" && !$0.isParameter }
        let parameters = tables { $0.isParameter }
        var ways: [String] = []
        let wrong = tables { $0.value != "no row" && !$0.isParameter }
        if !wrong.isEmpty {
            ways.append("mend the rows: margin load \(wrong.joined(separator: "|")) FILE --correct --reason R")
        }
        if !missing.isEmpty { ways.append("add the missing rows: margin load \(missing.joined(separator: "|")) FILE") }
        if !parameters.isEmpty {
            ways.append(
                "load a new parameter set, which is \(context.parameterSet) with the rows of "
                    + "\(parameters.joined(separator: ", ")) that it lacks, effective on the date: margin load FOLDER")
        }
        let essential = DataGate.all.filter(\.isEssential).map(\.rule)
        if let first = blocking.first, !blocking.contains(where: { essential.contains($0.rule) }) {
            ways.append(
                "or, if it is right as it is, waive it: margin load finding_waiver FILE with, a row each, "
                    + "\(context.businessDate),\(first.rule),\"\(first.rowKey)\",REASON,YOUR NAME")
        }
        return (ways + ["then: margin run --business-date \(context.businessDate)"]).joined(separator: "\n      ")
    }

    /// The tables of some of the blocking findings, by name.
    private func tables(_ isIncluded: (FindingRow) -> Bool) -> [String] {
        Set(blocking.filter(isIncluded).map(\.table)).sorted()
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
        let reader = try GateReader(
            connection,
            GateNight(
                pin: context.pinnedLoad, date: context.businessDate, previous: context.previousBusinessDate,
                cycle: context.cycle.rawValue, parameterSet: context.parameterSet))
        var findings: [FindingRow] = []
        for gate in DataGate.all {
            let severity =
                gate.isEssential ? gate.severity : reader.severities[gate.rule].flatMap(Severity.init) ?? gate.severity
            if severity == .off { continue }
            let hits = try reader.hits(gate.query, rule: gate.rule, severity: severity.rawValue)
            findings += hits.map { hit in
                var hit = hit
                if !gate.isEssential { hit.waiverReason = reader.waiverReason(rule: gate.rule, rowKey: hit.rowKey) }
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
