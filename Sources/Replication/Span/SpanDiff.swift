import ClearingModel
import InputRows
import Margining
import Quantities

/// Two SPAN files beside each other: what they make of the same positions, and which parameters moved.
package struct SpanDiff: Encodable, Sendable {
    package let before: String
    package let after: String
    package let accounts: [AccountChange]
    package let parameters: [SpanParameterChange]
    package let settlementPricesMoved: Int
    package let arraysMoved: Int

    /// One account's requirements, in its call currency.
    package struct AccountChange: Encodable, Sendable {
        package let account: String
        package let callCurrency: String
        package let requirementBefore: String
        package let requirementAfter: String
        /// After − before.
        package let change: String
    }

    /// A value of a row that both files have, or a row that one of them has: then the column is empty.
    package struct SpanParameterChange: Encodable, Sendable {
        package let table: String
        package let key: String
        package let column: String
        package let before: String?
        package let after: String?
    }

    /// - Throws: `ReplicationError` for a file that is not there or says what it may not, and for a position that one
    ///   of the files cannot margin.
    package init(before: String, after: String, positions: String, accounts: [String]) throws {
        let (old, new) = (try SpanImport(path: before), try SpanImport(path: after))
        self.before = "\(before): \(old.run)"
        self.after = "\(after): \(new.run)"
        let lines = try PositionFile(path: positions, ofEitherOf: old.run, new.run)
        let first = try Self.requirements(of: lines, in: old, accounts)
        let second = try Self.requirements(of: lines, in: new, accounts)
        self.accounts = zip(first, second).map { first, second in
            let change = Money(
                minorUnits: second.requirement.requirement.minorUnits - first.requirement.requirement.minorUnits,
                currency: first.requirement.requirement.currency)
            return AccountChange(
                account: first.account.code.text, callCurrency: first.account.callCurrency.description,
                requirementBefore: first.requirement.requirement.text,
                requirementAfter: second.requirement.requirement.text, change: change.text)
        }
        parameters = Self.keys.flatMap { table, key in
            Self.changes(table, key.split(separator: " ").map(String.init), old.parameters, new.parameters)
        }
        settlementPricesMoved = Self.changes(.settlementPrice, ["series"], old.parameters, new.parameters)
            .count { $0.column == "price" }
        let arrays = Dictionary(old.arrays.map { ($0.series, $0) }, uniquingKeysWith: { first, _ in first })
        arraysMoved = new.arrays.count { array in arrays[array.series].map { $0 != array } ?? false }
    }

    private static func requirements(
        of positions: PositionFile, in file: SpanImport, _ accounts: [String]
    ) throws -> [ReplicatedAccount] {
        try Replica(file.parameters, file.arrayFile).requirements(
            of: positions, accounts: AccountFile(paths: accounts, of: file.run, listedByIt: true))
    }

    /// The tables that are compared, and what tells their rows apart.
    private static let keys: [(table: InputTable, key: String)] = [
        (.currency, "currency"), (.scenario, "scenario_set scenario"),
        (.compositeDeltaWeight, "scenario_set price_move_numerator price_move_denominator"),
        (.combinedCommodity, "combined_commodity"), (.combinedCommodityMargin, "combined_commodity"),
        (.priceScanRangeTier, "combined_commodity from_month"),
        (.monthTier, "combined_commodity tier contract_month"), (.intraSpread, "combined_commodity spread"),
        (.intraSpreadLeg, "combined_commodity spread leg"), (.deliveryCharge, "combined_commodity contract_month"),
        (.interSpread, "spread"), (.interSpreadLeg, "spread leg"), (.accountClass, "account_class"),
        (.contract, "contract"), (.series, "series"), (.fxRate, "from_currency to_currency"),
    ]

    /// In the order of the first file's rows, then rows that only the second has.
    private static func changes(
        _ table: InputTable, _ key: [String], _ before: PublishedParameters, _ after: PublishedParameters
    ) -> [SpanParameterChange] {
        func name(_ row: TableRow) -> String { key.map { row.cells[$0] ?? "" }.joined(separator: " ") }
        let (old, new) = (before.rows(table), after.rows(table))
        let others = Dictionary(new.map { (name($0), $0) }, uniquingKeysWith: { first, _ in first })
        let known = Set(old.map(name))
        var changes: [SpanParameterChange] = []
        for row in old {
            let key = name(row)
            guard let other = others[key] else {
                changes.append(SpanParameterChange(table: table.rawValue, key: key, column: "", before: "", after: nil))
                continue
            }
            for column in Set(row.cells.keys).union(other.cells.keys).sorted() where column != "business_date" {
                let (left, right) = (row.cells[column], other.cells[column])
                if left == right { continue }
                if let one = left.flatMap({ ExactDecimal($0) }), one == right.flatMap({ ExactDecimal($0) }) { continue }
                changes.append(
                    SpanParameterChange(table: table.rawValue, key: key, column: column, before: left, after: right))
            }
        }
        return changes
            + new.map(name).filter { !known.contains($0) }.map {
                SpanParameterChange(table: table.rawValue, key: $0, column: "", before: nil, after: "")
            }
    }

    /// The comparison as lines for a person.
    package var lines: [String] {
        let rows = accounts.map {
            [$0.account, $0.callCurrency, $0.requirementBefore, $0.requirementAfter, $0.change]
        }
        return ["before \(before)", "after  \(after)", ""]
            + AlignedRows.lines([["account", "currency", "before", "after", "change"]] + rows, texts: [0, 1])
            + [
                "", "parameters that moved: \(parameters.count)",
                "settlement prices that moved: \(settlementPricesMoved)",
                "arrays that moved: \(arraysMoved)",
            ]
            + parameters.map { change in
                if change.column.isEmpty {
                    return "  \(change.table) \(change.key): \(change.after == nil ? "is gone" : "is new")"
                }
                return "  \(change.table) \(change.key), \(change.column): \(change.before ?? "nothing") → "
                    + (change.after ?? "nothing")
            }
    }
}
