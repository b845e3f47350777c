import ClearingModel
import InputRows
import Margining

/// One line of a basket: contracts that an account would buy or sell.
package struct BasketLine: Sendable {
    let row: TableRow
    let account: AccountCode
    let owner: OwnerCode
    let series: SeriesCode
    /// Bought above 0, sold below.
    let quantity: Int64
}

/// Trades in the order in which they would be made.
package struct BasketFile: Sendable {
    package let path: String
    package let lines: [BasketLine]

    /// - Throws: `ReplicationError` for a file that is not there or holds no trade, an unknown column, and a quantity
    ///   that is no whole number or 0.
    package init(path: String) throws {
        let file = try CSVFile(path: path, required: ["account", "series", "quantity"], optional: ["owner"])
        self.path = path
        lines = try file.rows.map { row in
            let quantity = Int64(try row.integer("quantity"))
            guard quantity != 0 else { throw row.unreadable("quantity", "0") }
            return BasketLine(
                row: row, account: try row.code("account"), owner: try row.codeOrNull("owner") ?? .none,
                series: try row.code("series"), quantity: quantity)
        }
        guard !lines.isEmpty else {
            throw ReplicationError.missing(
                "\(path) holds no trade", hint: "a line a trade: account, series and quantity, below 0 for a sale")
        }
    }
}
