import ClearingModel
import Foundation
import Quantities
import Results
import Runtime
import Storage

/// Findings that stop the night.
package struct BlockedInputs: FailureConvertible, CustomStringConvertible {
    let context: RunContext
    let evaluation: DataGateEvaluation
    /// Not empty.
    package let blocking: [FindingRow]

    /// How many findings block, and the first of them line by line.
    package var description: String { ([headline] + lines).joined(separator: "\n  ") }

    /// What the operator reads of a night, and how it is mended.
    package var failure: Failure {
        Failure(
            .inputRejected,
            (["\(context.title): \(headline), nothing was computed"] + lines).joined(separator: "\n  "), hint: hint)
    }

    private var headline: String { blocking.count == 1 ? "1 finding blocks" : "\(blocking.count) findings block" }

    private var lines: [String] {
        let shown = blocking.prefix(20).map { ShownFinding($0, on: context.businessDate, context.cycle).text }
        return shown + (blocking.count > shown.count ? ["… and \(blocking.count - shown.count) more"] : [])
    }

    /// What mends these findings: rows that are wrong are corrected, rows that are missing are added, rows of what does
    /// not exist are taken back, and what is right as it is may be waived, unless its rule is essential.
    private var hint: String {
        let missing = tables { $0.value == "no row" && !$0.isParameter }
        let parameters = tables { $0.isParameter && $0.rule != "call_rule_decimals" }
        let wrong = tables { $0.value != "no row" && !$0.isParameter && !$0.isAstray }
        var ways = waysBack(blocking.filter(\.isAstray))
        ways += wrong.enumerated().map { index, table in
            (index == 0 ? "mend the rows: " : "and: ")
                + (oneRow(of: table)?.priceCorrection(in: context)
                    ?? "margin correct row \(table) --from FILE --reason R")
        }
        ways += wanted
        ways += missing.enumerated().map { index, table in
            (index == 0 ? "add the missing rows: " : "and: ") + "margin load \(table) FILE"
        }
        if blocking.contains(where: { $0.rule == "calendar" }) {
            ways.append("or, if the date was mistyped, name the right one")
        }
        if !parameters.isEmpty {
            ways.append(
                "load a new parameter set, which is \(context.parameterSet) with the rows of "
                    + "\(parameters.joined(separator: ", ")) that it lacks, effective on the date: margin load FOLDER")
        }
        if blocking.contains(where: { $0.rule == "missing_parameters" && $0.table == "account_class" }) {
            ways.append(
                "or, where the class of an account is mistyped: margin correct row account account=A set "
                    + "account_class=C --reason R")
        }
        ways += overrides
        let waivers = blocking.compactMap { ShownFinding($0, on: context.businessDate, context.cycle).waive }
        if !waivers.isEmpty {
            ways.append("or, where a row is right as it is, waive its finding:")
            ways += waivers.prefix(20).map { "  \($0)" }
            if waivers.count > 20 {
                ways.append("  … and \(waivers.count - 20) more: margin findings \(context.options)")
            }
        }
        return (ways + ["then: \(context.nextStart)"]).joined(separator: "\n      ")
    }

    /// The finding about a table's rows, where it is about one row alone.
    private func oneRow(of table: String) -> FindingRow? {
        let found = blocking.filter { $0.table == table && $0.value != "no row" && !$0.isAstray }
        return Set(found.map(\.rowKey)).count == 1 ? found.first : nil
    }

    /// A row whose key names what does not exist cannot be corrected: it is taken back.
    private func waysBack(_ astray: [FindingRow]) -> [String] {
        guard let first = astray.first else { return [] }
        if Set(astray.map { "\($0.table) \($0.rowKey)" }).count == 1, let command = first.withdrawal(in: context) {
            return ["take the row back: \(command)"]
        }
        return Set(astray.map(\.table)).sorted().map { table in
            "take the rows back, their keys in FILE: margin correct row \(table) --from FILE --withdraw --reason R"
        }
    }

    /// A row of the set that is there and wrong: the set never changes, so another set or an override mends it.
    private var overrides: [String] {
        let classes = Set(blocking.filter { $0.rule == "call_rule_decimals" }.map(\.rowKey)).sorted()
        return classes.flatMap { accountClass in
            let columns = Set(
                blocking.filter { $0.rule == "call_rule_decimals" && $0.rowKey == accountClass }.map(\.column))
            return [
                "override the row, which another person approves: margin correct parameter call_rule --business-date "
                    + "\(context.businessDate) --until D account_class=\(accountClass) set "
                    + columns.sorted().map { "\($0)=N" }.joined(separator: " ") + " --reason R",
                "or load a new parameter set: margin parameters export \(context.parameterSet) FOLDER --code P, mend "
                    + "call_rule.csv, margin load FOLDER",
            ]
        }
    }

    /// What the rows name and the house does not have may be right, and only not loaded yet.
    private var wanted: [String] {
        Set(blocking.compactMap(\.missingTable)).sorted().map { table in
            let values = Set(blocking.filter { $0.missingTable == table }.map(\.value)).sorted()
            let names = values.prefix(3).joined(separator: ", ") + (values.count > 3 ? ", …" : "")
            return "or, if \(names) is right, load it: margin load \(table) FILE"
        }
    }

    /// The tables of some of the blocking findings, by name.
    private func tables(_ isIncluded: (FindingRow) -> Bool) -> [String] {
        Set(blocking.filter(isIncluded).map(\.table)).sorted()
    }
}

extension FindingRow {
    /// Whether the finding is about a row of the parameter set.
    fileprivate var isParameter: Bool {
        [
            "account_class", "call_rule", "collateral_haircut", "combined_commodity_margin", "risk_factor_mapping",
            "risk_group",
            "risk_group_commodity", "scenario", "stressed_window",
        ].contains(table)
    }

    /// Whether the row is wrong in its key, which a correction cannot change.
    fileprivate var isAstray: Bool {
        switch (rule, table) {
        case ("unknown_code", "position"), ("owner", "position"): true
        case ("reference", "collateral_holding"), ("reference", "beneficial_owner"): column == "account"
        default: false
        }
    }

    /// The table that lacks what the row names; nil where loading it would mend nothing.
    fileprivate var missingTable: String? {
        guard ["unknown_code", "reference"].contains(rule) else { return nil }
        return switch column {
        case "account", "contract", "combined_commodity", "series", "currency": column
        case "asset": "collateral_asset"
        case "call_currency": "currency"
        case "member": "clearing_member"
        case "owner": "beneficial_owner"
        default: nil
        }
    }

    /// The command that puts a price of the date right, all but the price; nil where the finding is not about one.
    fileprivate func priceCorrection(in context: RunContext) -> String? {
        let parts = rowKey.components(separatedBy: ", ")
        guard column == "price", ["price_sign", "slipped_price", "option_bound", "price_jump"].contains(rule),
            parts.count == 2
        else { return nil }
        let (date, series) = (context.businessDate, parts[0].shellWord)
        switch table {
        case "settlement_price":
            let kind = parts[1] == "settlement" ? "" : " --price-kind \(parts[1].shellWord)"
            return "margin correct price --business-date \(date) --series \(series)\(kind) --price P --reason R"
        case "intraday_settlement_price":
            return "margin correct row \(table) business_date=\(date) series=\(series) set price=P --reason R"
        default: return nil
        }
    }

    /// The command that takes the row back; nil for a table without one of its own.
    fileprivate func withdrawal(in context: RunContext) -> String? {
        let key = rowKey.split(separator: ", ", omittingEmptySubsequences: false).map { String($0).shellWord }
        let cells: String
        switch (table, key.count) {
        case ("position", 3):
            let owner = rowKey.contains(", , ") ? "" : " --owner \(key[1])"
            let cycle = context.cycle == .endOfDay ? "" : " --cycle \(context.cycle)"
            cells =
                "position --business-date \(context.businessDate)\(cycle) --account \(key[0])\(owner) "
                + "--series \(key[2])"
        case ("collateral_holding", 2):
            cells = "collateral --business-date \(context.businessDate) --account \(key[0]) --item \(key[1])"
        case ("beneficial_owner", 2): cells = "row beneficial_owner account=\(key[0]) owner=\(key[1])"
        default: return nil
        }
        return "margin correct \(cells) --withdraw --reason R"
    }
}
