import ClearingModel
import InputRows
import Quantities

/// What the stress of a member's accounts is held against: the rows `exposure` of its report `stress`, as JSON or CSV.
package struct CoverFile: Sendable {
    /// The house's base currency, in which covers are.
    let currency: CurrencyCode
    private let covers: [Key: ExactDecimal]
    private let paths: [String]

    private struct Key: Hashable {
        let account: AccountCode
        let owner: OwnerCode
    }

    /// Reads several files; an account and owner stands in one of them only. JSON is checked to be of `run`.
    ///
    /// - Throws: `ReplicationError` for a file that is not there or is no such report, for none, and for covers in more
    ///   than one currency.
    package init(paths: [String], of run: PublishedRun, listedByIt isListed: Bool = false) throws {
        var covers: [Key: ExactDecimal] = [:]
        var currency: CurrencyCode?
        for path in paths {
            for row in try Self.rows(path, of: run, isListed) where try row.text("figure") == "exposure" {
                let found = try row.currency("currency")
                guard currency == nil || currency == found else { throw row.unreadable("currency", "\(found)") }
                currency = found
                let key = Key(
                    account: try row.code("account"), owner: try row.codeOrNull("owner") ?? .none)
                guard covers.updateValue(try row.decimal("cover"), forKey: key) == nil else {
                    throw ReplicationError.rejected(
                        "\(row.location): a second cover of \(key.account) \(key.owner)", hint: "name each file once")
                }
            }
        }
        guard let currency else {
            throw ReplicationError.missing(
                paths.isEmpty
                    ? "no report stress of a member stands beside the parameters"
                    : "\(paths.joined(separator: ", ")): no exposure, and so no cover",
                hint: "name the member's report stress of the run: --cover stress.….json")
        }
        self.currency = currency
        self.covers = covers
        self.paths = paths
    }

    /// R of an account or owner, in units of the currency.
    /// - Throws: `ReplicationError` where no file has it.
    func cover(of account: AccountCode, _ owner: OwnerCode) throws -> ExactDecimal {
        guard let cover = covers[Key(account: account, owner: owner)] else {
            let whose = owner == .none ? "\(account)" : "\(account), owner \(owner)"
            throw ReplicationError.missing(
                "\(paths.joined(separator: ", ")): no cover of account \(whose)",
                hint: "name the report stress of the account's member: --cover stress.….json")
        }
        return cover
    }

    private static func rows(_ path: String, of run: PublishedRun, _ isListed: Bool) throws -> [TableRow] {
        guard !path.hasSuffix(".csv") else {
            return try CSVFile(
                path: path, required: ["figure", "account", "owner", "currency", "cover"], ignoresOthers: true
            ).rows
        }
        let report = try PublishedReport(path: path, report: "stress", listedBy: isListed ? run : nil)
        try run.require(report.run, path: path)
        return report.rows.enumerated().map { index, row in
            TableRow(
                location: "\(path), row \(index + 1)", cells: PublishedReport.cells(row).filter { !$0.value.isEmpty })
        }
    }
}
