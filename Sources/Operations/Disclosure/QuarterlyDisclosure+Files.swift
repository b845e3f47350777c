import Storage
import TextFiles

extension QuarterlyDisclosure {
    private static let figureColumns = [
        "item", "figure", "scope", "currency", "nights", "average", "peak", "peak_date", "end", "end_date",
        "nights_above_zero",
    ]
    private static let measureColumns = [
        "item", "backtest", "unit_kind", "unit", "currency", "span", "measure", "horizon_days", "value", "first_day",
        "last_day", "days", "from_date", "to_date", "refusal",
    ]
    /// What of a house the template asks for under 6.5.
    private static let coverageMeasures: Set = [
        "observations", "exceedances", "coverage", "peak_excess", "average_excess",
    ]

    /// Writes figures, coverage and nights as CSV and as JSON into a folder that is made.
    /// - Throws: `Failure` 73 where the folder stands already or cannot be made, 74 where it cannot be written.
    package func write(to folder: String) throws {
        try NewTableFolder.make(folder) { made in
            func write(_ name: String, _ columns: [String], _ rows: [[BacktestCell]]) throws {
                try made.write(name, header: ["quarter": .text("\(quarter)")], columns: columns, rows: rows)
            }
            try write(
                "disclosure-figures", Self.figureColumns,
                figures.map { figure in
                    [
                        .text(figure.item), .text(figure.figure), .text(figure.scope), .text(figure.currency),
                        .count(figure.nights), .text(figure.average), .text(figure.peak), .text(figure.peakDate),
                        .text(figure.end), .text(figure.endDate), .count(figure.nightsAboveZero),
                    ]
                })
            try write(
                "disclosure-coverage", Self.measureColumns,
                measures.map { measure in
                    let isOfTemplate =
                        measure.unitKind == "house" && Self.coverageMeasures.contains(measure.measure)
                    return [.text(isOfTemplate ? "6.5" : "")]
                        + Self.measureColumns.dropFirst().map { measure.cells[$0] ?? .null }
                })
            try write(
                "disclosure-nights", ["business_date", "run", "state"],
                nights.map { [.text($0.businessDate), BacktestCell($0.run.map(Int.init)), .text($0.state)] })
        }
    }
}
