import ClearingModel
import Postgres
import Quantities

/// A hit of a data gate, as it is kept.
package struct FindingRow: Sendable {
    package let rule: String
    package let severity: String
    package let table: String
    package let rowKey: String
    /// Where the row came from, with its line; nil where the finding is about a row that is not there.
    package let source: String?
    package let sourceLine: Int64?
    package let column: String
    package let value: String
    package let message: String
    package var waiverReason: String?
}

/// Findings, and the parameters and waivers that decide about them.
package struct FindingStore {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// Severities the parameter set gives to rules as a whole.
    package func severities(parameterSet: ParameterSetCode) throws -> [String: String] {
        var severities: [String: String] = [:]
        for row in try connection.rows(.loadDataGates, [.text(parameterSet.text)]) {
            severities[try row.text(0)] = try row.text(1)
        }
        return severities
    }

    /// Reasons of waivers by "rule, newline, row key".
    package func waivers(pin: Int64, _ date: BusinessDate) throws -> [String: String] {
        var reasons: [String: String] = [:]
        for row in try connection.rows(.loadFindingWaivers, [.int64(pin), date.value]) {
            reasons["\(try row.text(0))\n\(try row.text(1))"] = try row.text(2)
        }
        return reasons
    }

    /// The hits of one gate.
    package func hits(
        _ query: Query, rule: String, severity: String, pin: Int64, _ date: BusinessDate, previous: BusinessDate?,
        cycle: String, parameterSet: ParameterSetCode
    ) throws -> [FindingRow] {
        let sources = try connection.rows(.loadSources, [.int64(pin)])
        var sourceOfLoad: [Int64: String] = [:]
        for row in sources { sourceOfLoad[try row.int64(0)] = try row.text(1) }
        let parameters: [Value] = [
            .int64(pin), date.value, (previous ?? .beforeAllHistory).value, .text(cycle),
            .text(parameterSet.text),
        ]
        return try connection.rows(query, parameters).map { row in
            FindingRow(
                rule: rule, severity: severity, table: try row.text(0), rowKey: try row.text(1),
                source: try row.int64OrNull(2).flatMap { sourceOfLoad[$0] }, sourceLine: try row.int64OrNull(3),
                column: try row.text(4), value: try row.text(5), message: try row.text(6))
        }
    }

    /// Writes a run's findings, numbered in their order.
    package func save(_ findings: [FindingRow], run: Int64) throws {
        try connection.copyIn(
            """
            copy margin.finding (run_id, finding, rule, severity, table_name, row_key, source, source_line, column_name,
                value, message, waiver_reason) from stdin (format binary)
            """
        ) { writer in
            for (position, finding) in findings.enumerated() {
                try writer.row(12)
                writer.int64(run)
                writer.int64(Int64(position + 1))
                for text in [finding.rule, finding.severity, finding.table, finding.rowKey] { writer.text(text) }
                writer.textOrNull(finding.source)
                writer.int64OrNull(finding.sourceLine)
                for text in [finding.column, finding.value, finding.message] { writer.text(text) }
                writer.textOrNull(finding.waiverReason)
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

    mutating func decimal(_ value: ExactDecimal) { numeric(unscaled: value.mantissa, scale: value.scale) }

    mutating func decimalOrNull(_ value: ExactDecimal?) {
        if let value { decimal(value) } else { null() }
    }
}

extension BusinessDate {
    /// A day no market had: stands for the previous business day where the calendar has none.
    static let beforeAllHistory = BusinessDate(year: 1, month: 1, day: 1)
}
