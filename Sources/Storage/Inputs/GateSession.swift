import ClearingModel
import Postgres
import Results

/// One session that runs data gates of a run, with the tables it has made for them.
struct GateSession {
    private let database: Database
    private let run: PinnedRun
    private let sourceOfLoad: [Int64: String]
    var tables: GateTables

    init(_ database: Database, of run: PinnedRun, sourceOfLoad: [Int64: String], tables: GateTables) {
        self.database = database
        self.run = run
        self.sourceOfLoad = sourceOfLoad
        self.tables = tables
    }

    /// The hits of one gate: all, or those about some combined commodities, where the query knows them apart.
    mutating func hits(
        of gate: DataGate, severity: Severity, combinedCommodities: [CombinedCommodityCode]? = nil
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

    /// The hits of gates, by rule, over the whole house.
    mutating func hits(of gates: [GateReader.Chosen]) throws -> [String: [FindingRow]] {
        var hits: [String: [FindingRow]] = [:]
        for (gate, severity) in gates { hits[gate.rule] = try self.hits(of: gate, severity: severity) }
        return hits
    }
}
