import ClearingModel
import InputRows

/// The terms and owners of a member's accounts: the report `accounts`, as JSON or as CSV.
package struct AccountFile: Sendable {
    package let accounts: [Account]
    /// By account; in the order of the owners' codes.
    package let owners: [AccountCode: [OwnerCode]]

    /// An empty list.
    package init() {
        accounts = []
        owners = [:]
    }

    /// Reads several files; an account stands in one of them only. JSON is checked to be of `run`'s date and cycle; a
    /// CSV file says nothing of its run.
    ///
    /// - Throws: `ReplicationError` for a file that is not there, is no such report or is of another run, and for an
    ///   account that two rows describe differently.
    package init(paths: [String], of run: PublishedRun, listedByIt isListed: Bool = false) throws {
        var accounts: [AccountCode: Account] = [:]
        var owners: [AccountCode: Set<OwnerCode>] = [:]
        for path in paths {
            for row in try Self.rows(path, of: run, isListed) {
                let account = try Account(row: row)
                if let other = accounts.updateValue(account, forKey: account.code), other != account {
                    throw row.unreadable("account", "\(account.code), which another row describes differently")
                }
                if let owner: OwnerCode = try row.codeOrNull("owner"), owner != .none {
                    owners[account.code, default: []].insert(owner)
                }
            }
        }
        self.accounts = accounts.keys.sorted().compactMap { accounts[$0] }
        self.owners = owners.mapValues { $0.sorted() }
    }

    private static func rows(_ path: String, of run: PublishedRun, _ isListed: Bool) throws -> [TableRow] {
        guard !path.hasSuffix(".csv") else {
            let file = try CSVFile(
                path: path,
                required: ["member", "account", "origin", "margining_type", "account_class", "call_currency"],
                optional: ["owner"])
            return file.rows
        }
        let report = try PublishedReport(path: path, report: "accounts", listedBy: isListed ? run : nil)
        try run.require(report.run, path: path)
        return report.rows.enumerated().map { index, row in
            TableRow(location: "\(path), row \(index + 1)", cells: PublishedReport.cells(row))
        }
    }
}

extension PublishedRun {
    /// Refuses a file of another run than this one, the parameters'; where one of the two does not say its run number,
    /// date and cycle are compared.
    func require(_ other: PublishedRun, path: String) throws(ReplicationError) {
        let differs = runNumber != nil && other.runNumber != nil && runNumber != other.runNumber
        guard businessDate == other.businessDate, cycle == other.cycle, !differs else {
            throw .rejected(
                "\(path) is of \(other), the parameters are of \(self)",
                hint: "take both as one run lists them: --parameters manifest.json of its folder")
        }
    }
}
