import ClearingModel
import Postgres
import Quantities
import Results

extension PinnedRun {
    /// Pinned load, business date and previous one, cycle: what each gate's query takes, and then the parameter set.
    var bookParameters: [Value] {
        [.int64(load), businessDate.value, (previousBusinessDate ?? .beforeAllHistory).value, cycle.value]
    }

    fileprivate var gateParameters: [Value] { bookParameters + [.text(parameterSet.text)] }

    /// The sources of every load the run sees.
    fileprivate func sources(_ database: Database) throws -> [Int64: String] {
        var sourceOfLoad: [Int64: String] = [:]
        for row in try database.rows(.loadSources, [.int64(load)]) {
            sourceOfLoad[try row.int64("load_id")] = try row.text("source")
        }
        return sourceOfLoad
    }

    fileprivate func severities(_ database: Database) throws -> [String: String] {
        var severities: [String: String] = [:]
        for row in try database.rows(.loadDataGates, parameters.values) {
            severities[try row.text("rule")] = try row.text("severity")
        }
        return severities
    }

    fileprivate func waivers(_ database: Database) throws -> [[String]: ValueWaiver] {
        var waivers: [[String]: ValueWaiver] = [:]
        for row in try database.rows(.loadFindingWaivers, [.int64(load), businessDate.value, cycle.value]) {
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

/// Runs the data gates of one run, inside one transaction.
package struct GateReader {
    private let database: Database
    private let run: PinnedRun
    private let sourceOfLoad: [Int64: String]
    /// Severities the parameter set gives to rules as a whole.
    package let severities: [String: String]
    /// By rule, table, row key and column.
    private let waivers: [[String]: ValueWaiver]

    private var tables: GateTables

    /// Reads what decides about findings. The tables that some of these gates need are made when the first does, of all
    /// series or of those of `within`.
    package init(
        _ database: Database, of run: PinnedRun, gates: [DataGate], within: [CombinedCommodityCode]? = nil
    ) throws {
        self.database = database
        self.run = run
        sourceOfLoad = try run.sources(database)
        severities = try run.severities(database)
        waivers = try run.waivers(database)
        tables = GateTables(
            database, of: run, readsBook: gates.contains { !$0.hangsOnPriceValues },
            rollsPositions: gates.contains { $0.query.needs.contains("unrolled_position") }, within: within)
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
    package mutating func hits(
        of gate: DataGate, severity: Severity, combinedCommodities: [CombinedCommodityCode]?
    ) throws -> [FindingRow] {
        let query = gate.query
        try tables.make(query.needs)
        let restriction =
            query.isWithinCombinedCommodities ? [Value.orNull(combinedCommodities) { .textArray($0.map(\.text)) }] : []
        return try database.rows(query, run.gateParameters + restriction).map { row in
            FindingRow(
                rule: gate.rule, severity: severity.rawValue, table: try row.text("table_name"),
                rowKey: try row.text("row_key"),
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
