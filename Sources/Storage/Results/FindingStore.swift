import ClearingModel
import Postgres
import Quantities
import Results

/// Keeps findings.
package struct FindingStore {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// What the data gates found in a run, whichever run holds it; what blocks comes first.
    package func findings(of run: Int64, _ date: BusinessDate, cycle: Cycle) throws -> [FindingRow] {
        try connection.rows(.findingsOfRun, [.int64(run), date.value, cycle.value]).map { row in
            let value = try row.text("value")
            let waivedValue = try row.textOrNull("waived_value")
            let isPassed = try row.textOrNull("waiver_reason") != nil
            let isMoved = waivedValue.map { $0 != value } ?? false
            return FindingRow(
                number: try row.int64("finding"), rule: try row.text("rule"), severity: try row.text("severity"),
                table: try row.text("table_name"),
                rowKey: try row.text("row_key"), source: try row.textOrNull("source"),
                sourceLine: try row.int64OrNull("source_line"),
                column: try row.text("column_name"), value: value, message: try row.text("message"),
                waiverReason: try row.textOrNull("waiver_reason"), isEssential: try row.bool("is_essential"),
                waivedBy: isPassed && isMoved ? nil : try row.textOrNull("waived_by"),
                waiverSince: isPassed || isMoved ? nil : try row.textOrNull("reason_now"),
                waivedValue: isMoved && !isPassed ? waivedValue : nil)
        }
    }

    /// The rules that found something, as a run sees its findings.
    package func rules(foundBy run: Int64) throws -> Set<String> {
        Set(try connection.rows(.rulesWithFindings, [.int64(run)]).map { try $0.text("rule") })
    }

    /// The combined commodities that some rules found something about, as a run sees its findings; the rules' findings
    /// name a contract or a series first. Nil where a finding names none that there is.
    package func combinedCommodities(
        foundBy run: Int64, rules: [String], pin: Int64
    ) throws -> [CombinedCommodityCode]? {
        var found: [CombinedCommodityCode] = []
        for row in try connection.rows(.commoditiesWithFindings, [.int64(run), .int64(pin), .textArray(rules)]) {
            guard let code = try row.textOrNull("combined_commodity") else { return nil }
            found.append(CombinedCommodityCode(code))
        }
        return found
    }

    /// Writes a run's findings, and which rules it looked at itself: the findings of the others are its base's.
    package func save(_ findings: [FindingRow], of rules: [String], run: Int64) throws {
        try save(findings, run)
        try connection.execute(.insertComputedRules, [.int64(run), .textArray(rules)])
    }

    private func save(_ findings: [FindingRow], _ run: Int64) throws {
        try connection.copyIn(
            """
            copy margin.finding (run_id, finding, rule, severity, table_name, row_key, source, source_line, column_name,
                value, message, waiver_reason, is_essential) from stdin (format binary)
            """
        ) { writer in
            for finding in findings {
                try writer.row(13)
                writer.int64(run)
                writer.int64(finding.number)
                for text in [finding.rule, finding.severity, finding.table, finding.rowKey] { writer.text(text) }
                writer.textOrNull(finding.source)
                writer.int64OrNull(finding.sourceLine)
                for text in [finding.column, finding.value, finding.message] { writer.text(text) }
                writer.textOrNull(finding.waiverReason)
                writer.bool(finding.isEssential)
            }
        }
    }
}

extension BinaryCopyWriter {
    mutating func textOrNull(_ value: String?) {
        if let value { text(value) } else { null() }
    }

    mutating func int64OrNull(_ value: Int64?) {
        if let value { int64(value) } else { null() }
    }

    mutating func doubleOrNull(_ value: Double?) {
        if let value { double(value) } else { null() }
    }

    mutating func decimal(_ value: ExactDecimal) { numeric(unscaled: value.mantissa, scale: value.scale) }

    mutating func decimalOrNull(_ value: ExactDecimal?) {
        if let value { decimal(value) } else { null() }
    }
}
