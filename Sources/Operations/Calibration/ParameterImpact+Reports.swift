import ClearingModel
import Quantities
import Runtime
import Storage
import TextFiles

extension ParameterImpact {
    private static let changeColumns = [
        "requirement_old", "requirement_new", "requirement_change", "requirement_share", "collected_old",
        "collected_new", "collected_change", "collected_share", "threshold",
    ]

    private static func cells(_ row: AskedChange) -> [String?] {
        [row.requirement, row.collected].flatMap { change -> [String?] in
            [change.old, change.new, change.change].map { $0.text(decimals: row.currency.decimals) }
                + [change.share?.text(decimals: 6)]
        } + [row.threshold?.description]
    }

    /// The reports: what each account, and the house by call currency, was asked for and would have been; and how many
    /// accounts a threshold catches. Amounts are in the call currency, shares fractions of the old amount.
    package var tables: [NewTableFolder.Table] {
        [
            NewTableFolder.Table(
                name: "impact", columns: ["business_date", "account", "currency"] + Self.changeColumns,
                rows: accounts.map { ["\($0.date)", $0.account?.text, "\($0.currency.code)"] + Self.cells($0) }),
            NewTableFolder.Table(
                name: "impact-house", columns: ["business_date", "currency"] + Self.changeColumns,
                rows: house.map { ["\($0.date)", "\($0.currency.code)"] + Self.cells($0) }),
            NewTableFolder.Table(
                name: "impact-threshold",
                columns: [
                    "business_date", "currency", "threshold", "accounts", "accounts_risen", "accounts_fallen",
                    "house_exceeds",
                ],
                rows: counts.map { count in
                    [
                        "\(count.date)", "\(count.currency.code)", "\(count.threshold)", "\(count.accounts)",
                        "\(count.risen)", "\(count.fallen)", "\(count.houseExceeds)",
                    ]
                }),
        ]
    }

    /// The same as one JSON document: the set, and each table with its columns once and rows as arrays.
    package var json: [UInt8] {
        func cell(_ text: String?) -> JSONValue { text.map { .text($0) } ?? .null }
        var members: [String: JSONValue] = ["parameter_set": .text(parameterSet.text)]
        for table in tables {
            members[table.name.replacing("-", with: "_")] = .object([
                "columns": .array(table.columns.map { .text($0) }),
                "rows": .array(table.rows.map { .array($0.map(cell)) }),
            ])
        }
        var bytes: [UInt8] = []
        JSONValue.object(members).append(to: &bytes)
        return bytes + [UInt8(ascii: "\n")]
    }

    /// Writes the tables as CSV, and `impact.json`, into a folder that is made.
    /// - Throws: `Failure` 73 where the folder stands already or cannot be made, 74 where it cannot be written.
    package func write(to folder: String) throws {
        try NewTableFolder.make(folder) { try write(into: $0) }
    }

    func write(into made: NewTableFolder) throws {
        for table in tables { try made.write(table) }
        try made.write(json, "impact", ending: "json")
    }

    /// For the operator: the house on each night, what each threshold catches, and the account that changes most.
    package var lines: [String] {
        guard !house.isEmpty else { return ["no published night to try \(parameterSet) on"] }
        return house.flatMap { night -> [String] in
            let own = counts.filter {
                $0.date == night.date && $0.currency == night.currency && $0.risen + $0.fallen > 0
            }
            let caught = own.map { count in
                "  beyond \(count.threshold): \(plural(Int64(count.risen), "account")) up, \(count.fallen) down "
                    + "of \(count.accounts)"
            }
            return ["\(night.date) \(night.currency.code): requirement \(Self.told(night.requirement, night.currency))"]
                + caught
                + mostChanged(night).map {
                    ["  most: \($0.account?.text ?? "") \(Self.told($0.requirement, night.currency))"]
                }
                .joined()
        }
    }

    /// The account of a night and currency whose requirement changes by the largest share; the first of equals.
    private func mostChanged(_ night: AskedChange) -> [AskedChange] {
        let own = accounts.filter { $0.date == night.date && $0.currency == night.currency }
        let shares = own.map { $0.requirement.share?.magnitude ?? .zero }
        guard let largest = shares.max(), largest > .zero, let place = shares.firstIndex(of: largest) else { return [] }
        return [own[place]]
    }

    /// `1200.00 → 1260.00 (+5.00 %)`.
    private static func told(_ change: Change, _ currency: Currency) -> String {
        func money(_ amount: ExactDecimal) -> String { amount.text(decimals: currency.decimals) }
        let sign = change.change > .zero ? "+" : ""
        let share = change.share.map { ($0 * ExactDecimal(100)).rounded(toScale: 2).text(decimals: 2) }
        return "\(money(change.old)) → \(money(change.new))" + (share.map { " (\(sign)\($0) %)" } ?? "")
    }
}
