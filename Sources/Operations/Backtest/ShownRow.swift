import Foundation
import Reporting
import Storage

/// A row of a report by its columns, as a page spells them.
struct ShownRow {
    private let cells: [String: BacktestCell]

    /// As many cells as columns.
    init(_ columns: [String], _ cells: [BacktestCell]) {
        self.cells = Dictionary(zip(columns, cells), uniquingKeysWith: { first, _ in first })
    }

    /// Nil where the cell is empty; a statistic has six decimals, as a page has room for.
    subscript(_ column: String) -> String? {
        if case .statistic(let value) = cells[column] { return String(format: "%.6f", value) }
        return cells[column]?.csvText.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The rows of a backtest's report.
    static func rows(of tables: BacktestTables, _ report: BacktestReport) -> [ShownRow] {
        tables.rows(report).map { ShownRow(report.columns, $0) }
    }
}

extension BacktestPageContent.Table {
    /// Some columns of rows, each below its head; figures but for the columns that are `words`. An empty cell is a
    /// dash.
    init(
        _ caption: String, _ rows: [ShownRow], _ columns: [(head: String, column: String)], words: Set<String>,
        isMarked: (ShownRow) -> Bool = { _ in false }, whenEmpty: String
    ) {
        self.init(
            caption: caption, columns: columns.map { ($0.head, !words.contains($0.column)) },
            rows: rows.map { row in columns.map { row[$0.column] ?? "–" } },
            marked: Set(rows.indices.filter { isMarked(rows[$0]) }), whenEmpty: whenEmpty)
    }
}
