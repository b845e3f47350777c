import ClearingModel
import Quantities
import Runtime
import Storage
import Validation

extension RuleSearch {
    /// The columns of `walk-forward-search`; the years' stand behind the others.
    package var columns: [String] {
        [
            "number", "changes", "walk_forward", "n", "x", "coverage", "p_at_least", "zone", "cost", "average",
            "below_core_days", "last_range", "refusal",
        ]
            + years.flatMap {
                ["rise_\($0)", "unlimited_rise_\($0)", "no_tools_rise_\($0)", "rise_share_\($0)"]
            } + ["is_frontier"]
    }

    /// A row a rule and history.
    var rows: [[BacktestCell]] {
        let best = Set(frontier.map(\.number))
        return points.flatMap { point in
            zip(walks, point.results).map { walk, result in
                let start: [BacktestCell] = [.count(point.number), .text(point.text), .text(walk.code.text)]
                let end: [BacktestCell] = [.flag(best.contains(point.number))]
                switch result {
                case .failure(let failure):
                    let none = [BacktestCell](repeating: .null, count: columns.count - 5)
                    return start + none.prefix(9) + [.text(failure.message)] + none.dropFirst(9) + end
                case .success(let figures): return start + cells(figures, walk) + [.text("")] + rises(figures) + end
                }
            }
        }
    }

    private func cells(_ figures: Figures, _ walk: StatedWalk) -> [BacktestCell] {
        let whole = figures.stated.whole
        return [
            .count(whole.nights), .count(whole.exceptions), .statistic(figures.coverage),
            BacktestCell(figures.stated.atLeastP), BacktestCell(figures.stated.zone?.rawValue),
            .statistic(figures.cost), .statistic(whole.mean / PowersOfTen.double(walk.terms.currency.decimals)),
            .count(whole.belowCoreDays), .exact(figures.stated.lastRange),
        ]
    }

    private func rises(_ figures: Figures) -> [BacktestCell] {
        years.flatMap { year -> [BacktestCell] in
            [
                BacktestCell(figures.stated.year(year)?.rise), BacktestCell(figures.unlimited.year(year)?.rise),
                BacktestCell(figures.bare.year(year)?.rise), BacktestCell(figures.riseShare(year)),
            ]
        }
    }

    /// Writes the table as CSV and as JSON into a folder that is made.
    /// - Throws: `Failure` 73 where the folder stands already or cannot be made, 74 where it cannot be written.
    package func write(to folder: String) throws {
        try NewTableFolder.make(folder) { try $0.write("walk-forward-search", columns: columns, rows: rows) }
    }
}
