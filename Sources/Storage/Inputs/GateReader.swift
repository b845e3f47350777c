import ClearingModel
import Postgres
import Quantities
import Results

extension PinnedRun {
    /// Pinned load, business date and previous one, cycle: what each gate's query takes, and then the parameter set.
    var bookParameters: [Value] {
        [.int64(load), businessDate.value, (previousBusinessDate ?? .beforeAllHistory).value, cycle.value]
    }

    var gateParameters: [Value] { bookParameters + [.text(parameterSet.text)] }

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
    /// A gate that is to be run, with the severity its hits get.
    package typealias Chosen = (gate: DataGate, severity: Severity)

    private let database: Database
    private let run: PinnedRun
    private let sourceOfLoad: [Int64: String]
    /// Severities the parameter set gives to rules as a whole.
    package let severities: [String: String]
    /// By rule, table, row key and column.
    private let waivers: [[String]: ValueWaiver]

    private var session: GateSession

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
        let tables = GateTables(
            database, of: run, readsBook: gates.contains { !$0.hangsOnPriceValues },
            rollsPositions: gates.contains { $0.query.needs.contains("unrolled_position") }, within: within)
        session = GateSession(database, of: run, sourceOfLoad: sourceOfLoad, tables: tables)
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
        try session.hits(of: gate, severity: severity, combinedCommodities: combinedCommodities)
    }

    /// The hits of many gates over the whole house, by rule, half of them by a second session.
    ///
    /// While this session passes over the book, the other runs the gates that do not ask what is held; then it takes
    /// those that ask for series, from what this one has read, and this one those that ask who holds. Both make the
    /// tables that their own gates need.
    package mutating func hits(of gates: [Chosen], beside reading: ReadingSession) async throws -> [String:
        [FindingRow]]
    {
        let ofHolders = gates.filter { $0.gate.query.needs.contains(where: Self.tablesOfHolders.contains) }
        let others = gates.filter { !$0.gate.query.needs.contains(where: Self.tablesOfHolders.contains) }
        let apart = others.filter { !$0.gate.query.needs.contains("listed_series") }
        let ofSeries = others.filter { $0.gate.query.needs.contains("listed_series") }
        let (run, sources) = (run, sourceOfLoad)
        async let before = reading.read { database in
            var session = GateSession(
                database, of: run, sourceOfLoad: sources,
                tables: GateTables(database, of: run, readsBook: false, rollsPositions: false, within: nil))
            try session.tables.make(["price_today", "price_before"])
            let hits = try session.hits(of: apart)
            return (hits: hits, made: session.tables.made)
        }
        try session.tables.readBook()
        let (hitsApart, made) = try await before
        let book = session.tables.book
        async let after = reading.read { database in
            var session = GateSession(
                database, of: run, sourceOfLoad: sources,
                tables: GateTables(
                    database, of: run, readsBook: true, rollsPositions: false, within: nil, made: made, book: book))
            return try session.hits(of: ofSeries)
        }
        let hits = try session.hits(of: ofHolders)
        return hits.merging(hitsApart) { $1 }.merging(try await after) { $1 }
    }

    /// Tables of who holds what, and of positions.
    private static let tablesOfHolders: Set = ["holding_account", "book_holder", "unrolled_position"]
}

extension BusinessDate {
    /// A day no market had: stands for the previous business day where the calendar has none.
    static let beforeAllHistory = BusinessDate(year: 1, month: 1, day: 1)
}
