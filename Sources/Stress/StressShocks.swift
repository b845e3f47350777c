import ClearingModel
import Parameters
import Quantities
import RiskArrays

/// What each scenario does to each series of a book, looked up once a combined commodity and contract month
/// (docs/methodology.md §8.1).
package struct StressShocks: Sendable {
    /// By scenario, in its place.
    package let scenarios: [StressScenarioCode]
    /// The shocks of each scenario, a list a month of the book.
    let lists: [StressShockList]

    /// - Throws: `StressRefusal` `stress_move_missing` for the first scenario, and its first series, without a row.
    package init(_ set: StressSet, of book: StressBook) throws(StressRefusal) {
        scenarios = set.scenarios.map(\.code)
        var isWhole = true
        var known: (combinedCommodity: Int, moves: [[StressMove]]) = (-1, [])
        lists = book.months.months.map { month in
            if month.combinedCommodity != known.combinedCommodity {
                let code = book.commodities[month.combinedCommodity].code
                known = (month.combinedCommodity, set.scenarios.map { $0.moves(of: code) })
            }
            return StressShockList(
                known.moves.map { moves in
                    if let move = moves.first(where: { $0.holds(for: month.month) }) { return StressShock(move) }
                    isWhole = false
                    // What stands here for a row that lacks is never used: the set is refused below.
                    return StressShock(price: .absolute(.zero), volatility: .points(.zero))
                })
        }
        if isWhole { return }
        for scenario in set.scenarios {
            let series = book.series.filter {
                scenario.move(of: book.commodities[$0.combinedCommodity].code, $0.month) == nil
            }.map(\.code).min()
            guard let series else { continue }
            throw StressRefusal(
                .moveMissing, "\(scenario.code) \(series)", table: "stress_move",
                "the scenario has no row for its contract month")
        }
    }

    private init(scenarios: [StressScenarioCode], lists: [StressShockList]) {
        self.scenarios = scenarios
        self.lists = lists
    }

    /// One scenario alone, its moves times each of several multiples in the place of scenarios; nil where the digits of
    /// any leave 128 bits.
    func only(_ scenario: Int, times multiples: [ExactDecimal]) -> StressShocks? {
        let multiplied = lists.map { list in multiples.compactMap { list.shocks[scenario].times($0) } }
        guard multiplied.allSatisfy({ $0.count == multiples.count }) else { return nil }
        return StressShocks(
            scenarios: multiples.map { _ in scenarios[scenario] }, lists: multiplied.map { StressShockList($0) })
    }

    /// One scenario alone, with what closing out does to the price of each combined commodity of a book.
    func only(_ scenario: Int, impacts: [ExactDecimal], of book: StressBook) -> StressShocks {
        StressShocks(
            scenarios: [scenarios[scenario]],
            lists: zip(lists, book.months.months).map { list, month in
                StressShockList([list.shocks[scenario].adding(impact: impacts[month.combinedCommodity])])
            })
    }
}
