import ClearingModel
import Postgres
import Quantities
import Results

/// What a gate looks at; each gate's query takes the same parameters.
package struct GateInputs: Sendable {
    private let pin: Int64
    private let date: BusinessDate
    private let previous: BusinessDate?
    private let cycle: Cycle
    private let parameterSet: ParameterSetCode

    /// `previous` is nil where the calendar has no business date before `date`.
    package init(
        pin: Int64, date: BusinessDate, previous: BusinessDate?, cycle: Cycle, parameterSet: ParameterSetCode
    ) {
        self.pin = pin
        self.date = date
        self.previous = previous
        self.cycle = cycle
        self.parameterSet = parameterSet
    }

    /// Pinned load, business date and previous one, cycle.
    fileprivate var bookParameters: [Value] {
        [.int64(pin), date.value, (previous ?? .beforeAllHistory).value, cycle.value]
    }

    fileprivate var parameters: [Value] { bookParameters + [.text(parameterSet.text)] }

    /// Reads the sources of every load the inputs sees.
    fileprivate func sources(_ connection: Connection) throws -> [Int64: String] {
        var sourceOfLoad: [Int64: String] = [:]
        for row in try connection.rows(.loadSources, [.int64(pin)]) {
            sourceOfLoad[try row.int64("load_id")] = try row.text("source")
        }
        return sourceOfLoad
    }

    fileprivate func severities(_ connection: Connection) throws -> [String: String] {
        var severities: [String: String] = [:]
        for row in try connection.rows(.loadDataGates, PinnedParameterSet(parameterSet, pin: pin, date).values) {
            severities[try row.text("rule")] = try row.text("severity")
        }
        return severities
    }

    fileprivate func waivers(_ connection: Connection) throws -> [[String]: ValueWaiver] {
        var waivers: [[String]: ValueWaiver] = [:]
        for row in try connection.rows(.loadFindingWaivers, [.int64(pin), date.value, cycle.value]) {
            let cell = [
                try row.text("rule"), try row.text("table_name"), try row.text("row_key"), try row.text("column_name"),
            ]
            waivers[cell] = ValueWaiver(
                value: try row.text("value"), reason: try row.text("reason"), waivedBy: try row.text("waived_by"))
        }
        return waivers
    }
}

/// What somebody answers for: one value of one place.
private struct ValueWaiver {
    let value: String
    let reason: String
    let waivedBy: String
}

extension FindingRow {
    /// Lets the finding pass where a waiver is for this very value, and names the value it is for where that has moved.
    fileprivate mutating func apply(_ waiver: ValueWaiver) {
        if waiver.value == value {
            waiverReason = waiver.reason
        } else {
            waivedValue = waiver.value
            waivedBy = waiver.waivedBy
        }
    }
}

/// Runs the data gates of one inputs, inside one transaction.
package struct GateReader {
    private let connection: Connection
    private let inputs: GateInputs
    private let sourceOfLoad: [Int64: String]
    /// Severities the parameter set gives to rules as a whole.
    package let severities: [String: String]
    /// By rule, table, row key and column.
    private let waivers: [[String]: ValueWaiver]

    /// Reads what decides about findings and, in one pass for all gates, who holds what: the gates after this read
    /// the two small tables made here, and the book itself only for the rows that one of them finds.
    ///
    /// `affectedSeriesOnly` restricts the first to the stage's `affected_series`, where the base's book is the inputs's
    /// and its gates found nothing: that is so for every rule that stops a inputs.
    package init(
        _ connection: Connection, _ inputs: GateInputs, queries: [Query], affectedSeriesOnly: Bool
    ) throws {
        self.connection = connection
        self.inputs = inputs
        sourceOfLoad = try inputs.sources(connection)
        severities = try inputs.severities(connection)
        waivers = try inputs.waivers(connection)
        if queries.contains(where: { $0.needs.contains("held_series") }) {
            try connection.execute(
                affectedSeriesOnly ? .gateBookAffectedSeries : .gateBookSeries, inputs.bookParameters)
        }
        if queries.contains(where: { $0.needs.contains("holding_account") }) {
            try connection.execute(.gateBookAccounts, inputs.bookParameters)
        }
    }

    /// A finding as waivers leave it: passed where one is for its rule, table, row, column and value.
    package func waived(_ finding: FindingRow) -> FindingRow {
        guard let waiver = waivers[[finding.rule, finding.table, finding.rowKey, finding.column]] else {
            return finding
        }
        var finding = finding
        finding.apply(waiver)
        return finding
    }

    /// The hits of one gate: all, or those about some combined commodities, where the query knows them apart.
    package func hits(
        _ query: Query, rule: String, severity: String, combinedCommodities: [String]?
    ) throws -> [FindingRow] {
        let restriction =
            query.isWithinCombinedCommodities ? [Value.orNull(combinedCommodities) { .textArray($0) }] : []
        return try connection.rows(query, inputs.parameters + restriction).map { row in
            FindingRow(
                rule: rule, severity: severity, table: try row.text("table_name"), rowKey: try row.text("row_key"),
                source: try row.int64OrNull("load_id").flatMap { sourceOfLoad[$0] },
                sourceLine: try row.int64OrNull("source_line"),
                column: try row.text("column_name"), value: try row.text("value"), message: try row.text("message"),
                isEssential: query.marksEssentialHits ? try row.bool("is_essential") : false)
        }
    }
}

extension BusinessDate {
    /// A day no market had: stands for the previous business day where the calendar has none.
    static let beforeAllHistory = BusinessDate(year: 1, month: 1, day: 1)
}
