import ClearingModel
import InputRows
import Parameters
import Quantities

/// A stress set of one's own, as CSV files in the columns of `stress_set`, `stress_scenario` and `stress_move`.
///
/// It is held to what a night could not be computed with (docs/methodology.md §8.1); what a scenario's kind and dates
/// say of its moves is not looked at.
struct StressSetFolder {
    let set: StressSet
    private let path: String

    private static let columns: [InputTable: (required: [String], optional: [String])] = [
        .stressSet: (
            ["stress_set"],
            [
                "parameter_set", "horizon_days", "house_surplus_covers_clients", "add_on_share", "reverse_step",
                "reverse_max", "cover_count", "round_cap", "close_out_days", "clients_are_closed_out",
            ]
        ),
        .stressScenario: (["number", "scenario", "kind"], ["parameter_set", "from_date", "to_date", "source"]),
        .stressMove: (
            ["number", "move", "price_kind", "price_move"],
            ["parameter_set", "combined_commodity", "from_month", "to_month", "volatility_kind", "volatility_move"]
        ),
    ]

    /// What a column is where it is left out or empty, as in the tables.
    private static let defaults = [
        "horizon_days": "0", "house_surplus_covers_clients": "false", "cover_count": "2", "close_out_days": "1",
        "clients_are_closed_out": "false", "volatility_kind": "relative", "volatility_move": "0",
    ]

    /// - Throws: `ReplicationError` for a file that is not there, another header, a malformed value, and rows that
    ///   contradict each other.
    init(path: String, _ published: PublishedParameters) throws {
        self.path = path
        var tables: [InputTable: [TableRow]] = [.closeOutImpact: []]
        for (table, columns) in Self.columns.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            tables[table] = try CSVFile(
                path: "\(path)/\(table.rawValue).csv", required: columns.required, optional: columns.optional,
                whereElse: "a stress set is a folder of stress_move.csv, stress_scenario.csv and stress_set.csv"
            ).rows.map { TableRow(location: $0.location, cells: Self.defaults.merging($0.cells) { $1 }) }
        }
        let rows = tables.values.joined()
        let sets = Set(rows.compactMap { $0.textOrNull("parameter_set") })
        guard sets.count <= 1 else {
            throw ReplicationError.rejected(
                "\(path): rows of the parameter sets \(sets.sorted().joined(separator: ", "))",
                hint: "leave the rows of one in")
        }
        guard tables[.stressSet]?.count == 1,
            let set = try ParameterSet(published.parameterSet, rows: { tables[$0] ?? published.rows($0) }).stress
        else {
            throw ReplicationError.rejected(
                "\(path)/stress_set.csv has \(tables[.stressSet]?.count ?? 0) rows", hint: "it has one, the set's")
        }
        self.set = set
        let numbers = Set(set.scenarios.map(\.number))
        for row in tables[.stressMove] ?? [] where !numbers.contains(try row.integer("number")) {
            throw row.unreadable("number", row.textOrNull("number"))
        }
        try check(Set(try published.rows(.combinedCommodity).map { try $0.code("combined_commodity") }))
    }

    private func check(_ commodities: Set<CombinedCommodityCode>) throws {
        guard !set.scenarios.isEmpty else {
            throw ReplicationError.rejected("\(path)/stress_scenario.csv has no scenario", hint: "add one")
        }
        var codes: Set<StressScenarioCode> = []
        for (place, scenario) in set.scenarios.enumerated() {
            guard scenario.number == place + 1 else {
                throw refused("scenario", "stress_number_gap", scenario, "number \(scenario.number), not \(place + 1)")
            }
            guard codes.insert(scenario.code).inserted else {
                throw refused("scenario", "stress_code", scenario, "a second scenario of the code")
            }
            guard !scenario.moves.isEmpty else {
                throw refused("move", "stress_move_missing", scenario, "it has no row")
            }
            for (index, move) in scenario.moves.enumerated() {
                try check(move, after: scenario.moves[..<index], of: scenario, commodities)
            }
        }
    }

    private func check(
        _ move: StressMove, after others: ArraySlice<StressMove>, of scenario: StressScenario,
        _ commodities: Set<CombinedCommodityCode>
    ) throws {
        if let code = move.combinedCommodity, !commodities.contains(code) {
            throw refused("move", "stress_unknown_commodity", scenario, "combined_commodity \(code) is not there")
        }
        guard move.price.isWithinBounds, move.volatility.isWithinBounds else {
            throw refused(
                "move", "stress_move_range", scenario,
                "price_move \(move.price.amount) or volatility_move \(move.volatility.amount) is out of bounds")
        }
        if let from = move.fromMonth, let to = move.toMonth, from > to {
            throw refused("move", "stress_move_range", scenario, "from_month \(from) is after to_month \(to)")
        }
        let overlaps = others.contains { other in
            guard other.combinedCommodity == move.combinedCommodity else { return false }
            return starts(move, by: other.toMonth) && starts(other, by: move.toMonth)
        }
        if overlaps {
            throw refused(
                "move", "stress_overlap", scenario,
                "two rows of \(move.combinedCommodity?.text ?? "default") share a month")
        }
    }

    /// Whether a row has begun in or before a month; nil for one that never comes.
    private func starts(_ move: StressMove, by month: ContractMonth?) -> Bool {
        guard let from = move.fromMonth, let month else { return true }
        return from <= month
    }

    private func refused(
        _ table: String, _ rule: String, _ scenario: StressScenario, _ reason: String
    ) -> ReplicationError {
        .rejected(
            "\(path)/stress_\(table).csv: \(rule): \(scenario.code): \(reason)",
            hint: "mend the row, docs/methodology.md §8.1")
    }
}
