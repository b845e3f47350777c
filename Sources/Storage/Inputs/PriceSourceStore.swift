import ClearingModel
import Postgres
import Quantities

/// A settlement price with where it came from.
package struct PriceSource: Hashable, Sendable {
    package let series: SeriesCode
    /// settlement or final.
    package let kind: String
    package let price: ExactDecimal
    /// 1 for the price first loaded, one more with each correction.
    package let revision: Int32
    /// The file, or what corrected it.
    package let source: String
    /// The first line is 1; nil where it came from no file.
    package let sourceLine: Int64?
    package let loadedBy: String
    /// Why it was corrected; nil where it was not.
    package let reason: String?
}

/// Where prices came from.
package struct PriceSourceStore {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// The prices behind one series, its own and its underlying's, as a run of the date and cycle that pinned the load
    /// sees them; in the order of series and kind.
    package func prices(
        behind series: SeriesCode, pin: Int64, _ date: BusinessDate, _ cycle: Cycle
    ) throws -> [PriceSource] {
        let parameters: [Value] = [.int64(pin), date.value, .text(series.text), cycle.value]
        return try connection.rows(.explainPriceRows, parameters).map { row in
            PriceSource(
                series: try row.code("series"), kind: try row.text("price_kind"), price: try row.decimal("price"),
                revision: try row.int32("revision"), source: try row.text("source"),
                sourceLine: try row.int64OrNull("source_line"), loadedBy: try row.text("loaded_by"),
                reason: try row.textOrNull("reason"))
        }
    }
}
