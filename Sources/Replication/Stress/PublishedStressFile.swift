import ClearingModel
import InputRows
import Quantities
import TextFiles

/// What one long unit of each series loses in the house's stress scenarios: the report `stress-arrays`.
package struct PublishedStressFile: Sendable {
    /// One series.
    struct SeriesLosses: Sendable {
        let series: SeriesCode
        let combinedCommodity: CombinedCommodityCode
        let arrayDecimals: Int
        /// + loss, array units.
        let losses: [Int64]
        let row: TableRow
    }

    let path: String
    let run: PublishedRun
    let rows: [SeriesLosses]

    /// - Throws: `ReplicationError` for a file that is not there, is no such report, has a malformed number, or arrays
    ///   of several lengths.
    package init(path: String, listedBy run: PublishedRun? = nil) throws {
        let report = try PublishedReport(path: path, report: "stress-arrays", listedBy: run)
        self.path = path
        self.run = report.run
        var rows: [SeriesLosses] = []
        for (index, row) in report.rows.enumerated() {
            let cells = TableRow(location: "\(path), row \(index + 1)", cells: PublishedReport.cells(row))
            guard case .array(let elements)? = row["stress_array"] else {
                throw ReplicationError.rejected("\(cells.location): stress_array is missing")
            }
            let decimals = try cells.integer("array_decimals")
            guard ArrayUnit.decimalsRead.contains(decimals) else {
                throw cells.unreadable("array_decimals", "\(decimals)")
            }
            let losses = try elements.map { element in
                guard let text = element.text, let units = ExactDecimal(text)?.units(decimals: decimals) else {
                    throw cells.unreadable("stress_array", element.text)
                }
                return units
            }
            guard rows.first.map({ $0.losses.count == losses.count }) ?? !losses.isEmpty else {
                throw ReplicationError.rejected(
                    "\(cells.location): stress_array has \(losses.count) values, that of the first row "
                        + "\(rows.first?.losses.count ?? 0)")
            }
            rows.append(
                SeriesLosses(
                    series: try cells.code("series"), combinedCommodity: try cells.code("combined_commodity"),
                    arrayDecimals: decimals, losses: losses, row: cells))
        }
        self.rows = rows
    }
}
