import ClearingModel
import Postgres
import Quantities
import Storage

/// Validates every pinned row, or, against a base, by the gates that read a table that changed; fails closed when a
/// finding blocks.
///
/// A refused run keeps its findings and is void: the next start, after the data are mended, opens a new one.
struct IngestStep: StageStep {
    func perform(
        _ context: RunContext, _ extent: StageExtent, _ connection: Connection, _ settings: RunSettings
    ) async throws -> Int64 {
        let evaluation = try DataGateRunner(connection, context).evaluate(extent)
        try evaluation.save(run: context.run, connection)
        let findings = evaluation.findings
        let blocking = findings.filter { $0.severity == "block" && $0.waiverReason == nil }
        settings.log.info(
            .validated, "\(counted(Int64(findings.count), "finding")), \(blocking.count) blocking",
            context.logFields(.ingest).merging(
                ["findings": "\(findings.count)", "blocking": "\(blocking.count)"]) { $1 })
        if !blocking.isEmpty { throw BlockedInputs(evaluation: evaluation, blocking: blocking) }
        return Int64(findings.count)
    }
}

extension FindingRow {
    /// Whether the finding is about a row of the parameter set.
    fileprivate var isParameter: Bool {
        [
            "account_class", "collateral_haircut", "combined_commodity_margin", "risk_factor_mapping", "risk_group",
            "risk_group_commodity", "scenario", "stressed_window",
        ].contains(table)
    }
}

/// Findings that stop the night.
struct BlockedInputs: Error {
    let evaluation: DataGateEvaluation
    let blocking: [FindingRow]

    /// The first findings line by line, and how many there are.
    func failure(_ context: RunContext) -> Failure {
        let shown = blocking.prefix(20).map { ShownFinding($0, on: context.businessDate).text }
        let rest = blocking.count > shown.count ? ["… and \(blocking.count - shown.count) more"] : []
        return Failure(
            .inputRejected,
            "\(context.title): \(blocking.count == 1 ? "1 finding blocks" : "\(blocking.count) findings block"), "
                + "nothing was computed\n  "
                + (shown + rest).joined(separator: "\n  "),
            hint: hint(context))
    }

    /// What mends these findings: rows that are wrong are corrected, rows that are missing are added, and what is
    /// right as it is may be waived, unless the rule is essential.
    private func hint(_ context: RunContext) -> String {
        let missing = tables { $0.value == "no row" && !$0.isParameter }
        let parameters = tables { $0.isParameter }
        var ways: [String] = []
        let wrong = tables { $0.value != "no row" && !$0.isParameter }
        if !wrong.isEmpty {
            ways.append("mend the rows: margin correct row \(wrong.joined(separator: "|")) --from FILE --reason R")
        }
        if !missing.isEmpty { ways.append("add the missing rows: margin load \(missing.joined(separator: "|")) FILE") }
        if !parameters.isEmpty {
            ways.append(
                "load a new parameter set, which is \(context.parameterSet) with the rows of "
                    + "\(parameters.joined(separator: ", ")) that it lacks, effective on the date: margin load FOLDER")
        }
        let waivers = blocking.compactMap { ShownFinding($0, on: context.businessDate).waive }
        if !waivers.isEmpty {
            ways.append("or, where a row is right as it is, waive its finding:")
            ways += waivers.prefix(20).map { "  \($0)" }
            if waivers.count > 20 {
                ways.append("  … and \(waivers.count - 20) more: margin findings \(context.options)")
            }
        }
        return (ways + ["then: \(context.nextStart)"]).joined(separator: "\n      ")
    }

    /// The tables of some of the blocking findings, by name.
    private func tables(_ isIncluded: (FindingRow) -> Bool) -> [String] {
        Set(blocking.filter(isIncluded).map(\.table)).sorted()
    }
}
