import ClearingModel
import Parameters
import Quantities
import RiskArrays

/// What each scenario does to each series of a book, looked up once a combined commodity and contract month
/// (docs/methodology.md §8.1).
package struct StressShocks: Sendable {
    /// By scenario, in its place.
    package let scenarios: [StressScenarioCode]
    /// By combined commodity and month: the shock of each scenario.
    private var rows: [[ContractMonth: StressShockList]]

    /// - Throws: `StressRefusal` `stress_move_missing` for the first scenario, and its first series, without a row.
    package init(_ set: StressSet, of book: StressBook) throws(StressRefusal) {
        scenarios = set.scenarios.map(\.code)
        rows = book.commodities.map { _ in [:] }
        var isWhole = true
        for series in book.series where rows[series.combinedCommodity][series.month] == nil {
            let code = book.commodities[series.combinedCommodity].code
            let shocks = set.scenarios.map { scenario in
                if let move = scenario.move(of: code, series.month) { return StressShock(move) }
                isWhole = false
                // What stands here for a row that lacks is never used: the set is refused below.
                return StressShock(price: .absolute(.zero), volatility: .points(.zero))
            }
            rows[series.combinedCommodity][series.month] = StressShockList(shocks)
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

    private init(scenarios: [StressScenarioCode], rows: [[ContractMonth: StressShockList]]) {
        self.scenarios = scenarios
        self.rows = rows
    }

    /// The shocks of a series, scenario by scenario.
    func shocks(of series: StressedSeries) -> StressShockList {
        guard let list = rows[series.combinedCommodity][series.month] else {
            preconditionFailure("every series of the book has its shocks")
        }
        return list
    }

    /// One scenario alone, its moves times a multiple; nil where the digits leave 128 bits.
    func only(_ scenario: Int, times multiple: ExactDecimal) -> StressShocks? {
        var multiplied = rows
        for (commodity, months) in rows.enumerated() {
            for (month, shocks) in months {
                guard let shock = shocks.shocks[scenario].times(multiple) else { return nil }
                multiplied[commodity][month] = StressShockList([shock])
            }
        }
        return StressShocks(scenarios: [scenarios[scenario]], rows: multiplied)
    }

    /// One scenario alone, with what closing out does to the price of each combined commodity.
    func only(_ scenario: Int, impacts: [ExactDecimal]) -> StressShocks {
        StressShocks(
            scenarios: [scenarios[scenario]],
            rows: zip(rows, impacts).map { months, impact in
                months.mapValues { StressShockList([$0.shocks[scenario].adding(impact: impact)]) }
            })
    }
}
