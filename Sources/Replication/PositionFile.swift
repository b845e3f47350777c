import ClearingModel
import InputRows
import Quantities

/// One line of a positions file.
package struct PositionLine: Sendable {
    let row: TableRow
    let account: AccountCode
    let owner: OwnerCode
    let series: SeriesCode
    /// Units long and short, 0 or more.
    let long: Int64
    let short: Int64
}

/// Positions, in the columns of the input table `position` or of the report `positions`.
package struct PositionFile: Sendable {
    package let path: String
    package let lines: [PositionLine]

    /// Reads the lines of one date and cycle; where the file has no column `business_date` or `cycle`, every line is
    /// taken to be of it. Lines of nothing long and nothing short are left out. What the report says of the member
    /// is not looked at: the account decides.
    ///
    /// - Throws: `ReplicationError` for a file that is not there or holds no position, an unknown column or a malformed
    ///   quantity.
    package init(path: String, of run: PublishedRun) throws { try self.init(path: path, ofEitherOf: run, run) }

    /// The same of the lines of one run or of another: positions that two runs are to margin alike.
    package init(path: String, ofEitherOf run: PublishedRun, _ other: PublishedRun) throws {
        let file = try CSVFile(
            path: path, required: ["account", "series", "long_quantity", "short_quantity"],
            optional: ["owner", "business_date", "cycle", "member"])
        self.path = path
        lines = try file.rows.compactMap { row in
            guard try Self.isOf(run, row, file.header) || Self.isOf(other, row, file.header) else { return nil }
            let line = PositionLine(
                row: row, account: try row.code("account"), owner: try row.codeOrNull("owner") ?? .none,
                series: try row.code("series"), long: try row.quantity("long_quantity"),
                short: try row.quantity("short_quantity"))
            return line.long > 0 || line.short > 0 ? line : nil
        }
        guard !lines.isEmpty else {
            throw ReplicationError.missing(
                "\(path) holds no position of \(run.businessDate) \(run.cycle)",
                hint: "take the parameters of the positions' date, or leave the column business_date out")
        }
    }

    /// Whether a line is of the run's date and cycle. An empty cycle is EOD, as in the table; what is no date or no
    /// cycle is refused, not passed over.
    private static func isOf(_ run: PublishedRun, _ row: TableRow, _ header: [String]) throws -> Bool {
        if header.contains("business_date") {
            let text = try row.text("business_date")
            guard let date = BusinessDate(text) else { throw row.unreadable("business_date", "\(text)") }
            if date != run.businessDate { return false }
        }
        guard header.contains("cycle") else { return true }
        let cycle = row.textOrNull("cycle") ?? "EOD"
        guard cycle == "EOD" || cycle == "ITD" else { throw row.unreadable("cycle", cycle) }
        return cycle == run.cycle
    }
}

extension PositionLine {
    /// The refusal of a code that the files do not have.
    func unknown(_ column: String, _ value: String) -> ReplicationError {
        let hint =
            switch column {
            case "series": "mend the code, or take parameters and arrays of a run that lists it"
            case "owner": "only a segregated account has owners, and each line of it names one of them"
            default: "name the file with the account's terms: --accounts accounts.….json"
            }
        let whose = column == "account" ? "" : " of account \(account)"
        return .rejected("\(row.location): unknown \(column) “\(value)”\(whose)", hint: hint)
    }

    /// Keeps what the line is of in `seen`.
    /// - Throws: `ReplicationError` where it is there already.
    func requireFirst(among seen: inout Set<[String]>) throws(ReplicationError) {
        guard seen.insert([account.text, owner.text, series.text]).inserted else {
            throw .rejected(
                "\(row.location): a second line of \(account) \(owner) \(series)",
                hint: "add the quantities up into one line")
        }
    }
}
