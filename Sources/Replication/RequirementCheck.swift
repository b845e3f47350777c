import ClearingModel
import InputRows
import Margining
import Quantities

/// A published requirement report beside what was computed again.
package enum RequirementCheck {
    private static let columns = [
        "initial_risk", "net_option_value", "offset_add_back", "requirement", "fx_rate", "fx_haircut",
        "converted_requirement",
    ]

    /// Compares every account and currency of a requirement report (CSV) with the replica's, figure by figure, and
    /// every replicated account of the report's members with the report.
    ///
    /// - Returns: the first difference in the order of the report, in words; nil where all agree.
    /// - Throws: `ReplicationError` for a file that is not there or is no such report.
    package static func firstDifference(
        between path: String, and accounts: [ReplicatedAccount], _ document: ReplicaDocument
    ) throws -> String? {
        let file = try CSVFile(
            path: path, required: ["member", "account", "currency", "call_currency"] + columns,
            optional: ["owners", "includes_synthetic"])
        var parts: [[String]: ReplicaDocument.CurrencyPart] = [:]
        for account in document.accounts {
            for part in account.currencies { parts[[account.account, part.currency]] = part }
        }
        var members: Set<String> = []
        var published: Set<[String]> = []
        for row in file.rows {
            members.insert(try row.text("member"))
            let key = [try row.text("account"), try row.text("currency")]
            published.insert(key)
            guard let part = parts[key] else {
                return "\(row.location): account \(key[0]), \(key[1]): published, and not held in the positions"
            }
            for (column, replicated) in zip(columns, part.figures) {
                let text = try row.text(column)
                guard let left = ExactDecimal(text) ?? ExactDecimal(unrounded: text) else {
                    throw row.unreadable(column, text)
                }
                guard left == ExactDecimal(replicated) ?? ExactDecimal(unrounded: replicated) else {
                    return "\(row.location): account \(key[0]), \(key[1]): \(column) is published as \(text), "
                        + "replicated as \(replicated)"
                }
            }
        }
        for account in accounts where members.contains(account.account.member.text) {
            for converted in account.requirement.currencies {
                let key = [account.account.code.text, converted.amount.currency.code.description]
                if !published.contains(key) {
                    return "\(path): account \(key[0]), \(key[1]): replicated as \(converted.amount), and not published"
                }
            }
        }
        return nil
    }
}

extension ReplicaDocument.CurrencyPart {
    /// In the order of the columns that are compared.
    fileprivate var figures: [String] {
        [initialRisk, netOptionValue, offsetAddBack, requirement, fxRate, fxHaircut, convertedRequirement]
    }
}
