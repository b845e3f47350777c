import ClearingModel
import InputRows
import Parameters
import Quantities
import Scenarios
import TextFiles

/// Everything beside risk arrays, accounts and positions that a requirement depends on, as the rows of the input
/// tables: from the report `parameters`, or from a SPAN file.
package struct PublishedParameters: Sendable {
    /// The file, as messages name it.
    package let path: String
    package let run: PublishedRun
    package let parameterSet: ParameterSetCode
    /// The rows by table, in the order in which they were read; tables of later versions too.
    package let tables: [String: [TableRow]]

    package init(path: String, run: PublishedRun, parameterSet: ParameterSetCode, tables: [String: [TableRow]]) {
        self.path = path
        self.run = run
        self.parameterSet = parameterSet
        self.tables = tables
    }

    /// Reads the report `parameters`.
    ///
    /// - Throws: `ReplicationError` for a file that is not there or is no such report.
    package init(path: String, listedBy run: PublishedRun? = nil) throws(ReplicationError) {
        let report = try PublishedReport(path: path, report: "parameters", listedBy: run)
        var tables: [String: [TableRow]] = [:]
        for row in report.rows {
            guard let table = row["table_name"]?.text, let number = row["row_number"]?.integer,
                let cells = row["cells"], case .object = cells
            else { throw .rejected("\(path): a row has no table_name, row_number or cells") }
            tables[table, default: []].append(
                TableRow(location: "\(path), \(table) \(number)", cells: PublishedReport.cells(cells)))
        }
        self.init(path: path, run: report.run, parameterSet: ParameterSetCode(report.parameterSet), tables: tables)
    }

    /// The rows of one table; none where the file has none.
    package func rows(_ table: InputTable) -> [TableRow] { tables[table.rawValue] ?? [] }
}

extension PublishedParameters {
    /// The rows of the set as the model has them.
    func set() throws -> ParameterSet { try ParameterSet(parameterSet) { rows($0) } }

    /// The house without members and accounts.
    func house() throws -> ClearingHouse {
        ClearingHouse(
            currencies: try rows(.currency).map { try Currency(row: $0) }, members: [], accounts: [], owners: [:],
            combinedCommodities: try rows(.combinedCommodity).map { try CombinedCommodity(row: $0) },
            contracts: try rows(.contract).map { try Contract(row: $0) },
            series: try rows(.series).map { try Series(row: $0) })
    }

    /// Exchange rates of the business date.
    func exchangeRates() throws -> [CurrencyPair: ExactDecimal] {
        Dictionary(
            try rows(.fxRate).map { row in
                (
                    CurrencyPair(from: try row.currency("from_currency"), to: try row.currency("to_currency")),
                    try row.decimal("rate")
                )
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Settlement prices of premium-style options, where the file has them: a SPAN file does.
    func settlementPrices() throws -> [SeriesCode: ExactDecimal] {
        Dictionary(
            try rows(.settlementPrice).map { (try $0.code("series"), try $0.decimal("price")) },
            uniquingKeysWith: { first, _ in first })
    }
}
