import ClearingModel
import InputRows
import Quantities

/// Settlement prices of one date as CSV, in the columns of the input table `settlement_price`.
package struct SettlementPriceFile: Sendable {
    package let prices: [SeriesCode: ExactDecimal]

    /// Reads the settlement prices of a run's date; where the file has no column `business_date`, every line is taken
    /// to be of it.
    ///
    /// - Throws: `ReplicationError` for a file that is not there, a malformed price, and a second one of a series.
    package init(path: String, of run: PublishedRun) throws {
        let file = try CSVFile(path: path, required: ["series", "price"], ignoresOthers: true)
        var prices: [SeriesCode: ExactDecimal] = [:]
        for row in file.rows {
            if let date = row.textOrNull("business_date"), BusinessDate(date) != run.businessDate { continue }
            if let kind = row.textOrNull("price_kind"), kind != "settlement" { continue }
            let series: SeriesCode = try row.code("series")
            guard prices.updateValue(try row.decimal("price"), forKey: series) == nil else {
                throw row.unreadable("series", "\(series), which has a price already")
            }
        }
        self.prices = prices
    }
}
