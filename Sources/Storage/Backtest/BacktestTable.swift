import Postgres
import Quantities
import Validation

/// A cell of a backtest's results, as the database, a CSV file and a JSON document take it.
package enum BacktestCell: Sendable {
    case null
    case text(String)
    case count(Int)
    case exact(ExactDecimal)
    /// Minor units of a currency of so many decimals.
    case money(Int64, decimals: Int)
    case statistic(Double)
    case date(BusinessDate)
    case flag(Bool)

    package init(_ value: String?) { self = value.map { .text($0) } ?? .null }
    package init(_ value: Int?) { self = value.map { .count($0) } ?? .null }
    package init(_ value: ExactDecimal?) { self = value.map { .exact($0) } ?? .null }
    package init(_ value: Double?) { self = value.map { .statistic($0) } ?? .null }
    package init(_ value: BusinessDate?) { self = value.map { .date($0) } ?? .null }
    package init(_ value: Bool?) { self = value.map { .flag($0) } ?? .null }
}

/// The tables a backtest writes; each is a report of the same columns too.
package enum BacktestReport: String, CaseIterable, Sendable {
    case night = "backtest_night"
    case result = "backtest_result"
    case expectedShortfall = "expected_shortfall"
    case procyclicality
    case sensitivity
    case capitalEfficiency = "capital_efficiency"
    case procyclicalityDisclosure = "procyclicality_disclosure"

    /// The report's name in file names.
    package var name: String { rawValue.replacing("_", with: "-") }

    /// The columns behind the number of the run of the backtest, in the order of the table.
    package var columns: [String] {
        switch self {
        case .night:
            [
                "unit_kind", "unit", "business_date", "margin_kind", "currency", "exposure", "margin", "is_exception",
                "refusal",
            ]
        case .result:
            [
                "unit_kind", "unit", "margin_kind", "series", "n", "x", "coverage", "coverage_lower", "coverage_upper",
                "pof", "pof_p", "p_at_least", "p_at_most", "n00", "n01", "n10", "n11", "independence",
                "independence_p", "conditional", "conditional_p", "cumulative", "zone", "first_yellow", "first_red",
                "verdict",
            ]
        case .expectedShortfall: ["unit", "series", "n", "exceedances", "z2", "zone", "decides", "refusal"]
        case .procyclicality:
            [
                "unit_kind", "unit", "currency", "days", "peak_to_trough", "average", "rise_1", "rise_1_date",
                "rise_1_days", "rise_5", "rise_5_date", "rise_5_days", "rise_20", "rise_20_date", "rise_20_days",
                "rise_30", "rise_30_date", "rise_30_days", "cost", "responsiveness_date", "volatility_ratio",
                "margin_ratio", "elasticity", "refusal",
            ]
        case .sensitivity:
            ["unit", "parameter", "value", "base", "figure", "change", "n", "x", "coverage", "pof_p", "refusal"]
        case .capitalEfficiency: ["unit_kind", "unit"] + Self.efficiencyColumns
        case .procyclicalityDisclosure:
            [
                "source", "unit_kind", "unit", "currency", "quarter_end", "span", "measure", "horizon_days", "value",
                "first_day", "last_day", "days", "from_date", "to_date", "refusal",
            ]
        }
    }

    /// The columns of a comparison of methods at equal coverage, whatever it is of.
    package static let efficiencyColumns = [
        "method", "currency", "n", "allowed", "x", "coverage", "multiplier", "asked", "average", "engine_average",
        "ratio", "excess", "refusal",
    ]
}

/// What a backtest came to, table by table.
package struct BacktestTables: Sendable {
    private var tables: [BacktestReport: [[BacktestCell]]] = [:]

    package init() {}

    /// Adds a row; it has a cell for every column.
    package mutating func add(_ report: BacktestReport, _ cells: [BacktestCell]) {
        precondition(cells.count == report.columns.count, "a row of \(report) has a cell a column")
        tables[report, default: []].append(cells)
    }

    /// In the order in which they were added.
    package func rows(_ report: BacktestReport) -> [[BacktestCell]] { tables[report] ?? [] }
}

/// What backtests came to.
package struct BacktestStore {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// Writes the results of one run of a backtest and returns its number.
    package func save(_ tables: BacktestTables, of backtest: BacktestCode, pin: Int64) throws -> Int64 {
        let run = try connection.one(.insertBacktestRun, [.text(backtest.text), .int64(pin)])
            .int64("backtest_run_id")
        for report in BacktestReport.allCases {
            let rows = tables.rows(report)
            guard !rows.isEmpty else { continue }
            let target = "margin.\(report.rawValue) (backtest_run_id, \(report.columns.joined(separator: ", ")))"
            try connection.copyIn("copy \(target) from stdin (format binary)") { writer in
                for row in rows {
                    try writer.row(1 + row.count)
                    writer.int64(run)
                    for cell in row { writer.cell(cell) }
                }
            }
        }
        return run
    }
}

extension BinaryCopyWriter {
    fileprivate mutating func cell(_ cell: BacktestCell) {
        switch cell {
        case .null: null()
        case .text(let text): self.text(text)
        case .count(let count): int32(Int32(count))
        case .exact(let value): decimal(value)
        case .money(let units, let decimals): decimal(ExactDecimal(minorUnits: units, decimals: decimals))
        case .statistic(let value): double(value)
        case .date(let day): date(day.dayNumber)
        case .flag(let flag): bool(flag)
        }
    }
}
