import ClearingModel
import Margining
import ParallelWork
import Quantities
import RiskArrays
import Scenarios

/// One risk group ready to measure portfolios: what one long unit of each series held loses in every scenario
/// (docs/methodology.md §7).
///
/// Memory: series held in the group · scenarios · 8 bytes, whatever the number of accounts.
package struct RiskGroupSimulation: Sendable {
    /// Index among the parameter set's groups.
    let index: Int
    let group: RiskGroup
    let terms: TailRiskTerms
    let currency: Currency
    /// Decimals of the losses: the most that a combined commodity of the group publishes.
    let decimals: Int
    let scenarios: Int
    let stressedScenarios: Int
    /// By series of the kernel's book: its row of losses; −1 where it has none.
    private let rows: [Int32]
    private let losses: [Int64]
    private let stressedLosses: [Int64]
    /// By row, the largest figure of either.
    private let bounds: [Int64]

    /// Revalues the series that positions hold, in fixed chunks on up to `threads` tasks.
    static func simulate(
        _ index: Int, _ group: RiskGroup, _ simulation: Simulation, scenarios: HistoricalScenarios,
        factors: RiskFactorRows, book: SimulationBook, kernel: MarginKernel, held: [Bool], threads: Int,
        completed: (Int, Int) -> Void
    ) async throws -> RiskGroupSimulation? {
        let members = Set(group.combinedCommodities.compactMap { kernel.book.combinedCommodityIndex(of: $0) })
        let series = kernel.book.series.indices.filter {
            held[$0] && members.contains(kernel.book.series[$0].combinedCommodity)
        }
        guard let first = series.first, let terms = TailRiskTerms(simulation) else { return nil }
        let commodities = Set(series.map { kernel.book.series[$0].combinedCommodity })
        let decimals = commodities.map { kernel.book.combinedCommodities[$0].arrayDecimals }.max() ?? 0
        let units = try series.map { index in
            let terms = kernel.book.series[index]
            return (
                try book.series(terms.code),
                try factors.rows(of: terms.code, kernel.book.combinedCommodities[terms.combinedCommodity].code)
            )
        }
        @Sendable func revalued(_ moves: [[Double]], _ range: Range<Int>) -> [[Int64]] {
            range.map { index in
                let (unit, mapping) = units[index]
                let scale = Int64(PowersOfTen.int128(decimals - unit.decimals))
                return unit.losses(factors.moves(mapping, of: moves)).map { $0 * scale }
            }
        }
        let losses = await inChunks(series.count, threads: threads, of: 64, completed: completed) {
            revalued(scenarios.moves, $0)
        }
        let stressed = await inChunks(
            scenarios.stressedDates.isEmpty ? 0 : series.count, threads: threads, of: 64, completed: completed
        ) { revalued(scenarios.stressedMoves, $0) }
        var rows = [Int32](repeating: -1, count: kernel.book.series.count)
        for (row, index) in series.enumerated() { rows[index] = Int32(row) }
        return RiskGroupSimulation(
            index: index, group: group, terms: terms,
            currency: kernel.book.combinedCommodities[kernel.book.series[first].combinedCommodity].currency,
            decimals: decimals, scenarios: scenarios.count, stressedScenarios: scenarios.stressedDates.count,
            rows: rows, losses: losses.flatMap { $0 }, stressedLosses: stressed.flatMap { $0 },
            bounds: series.indices.map { row in
                let all = losses[row] + (stressed.isEmpty ? [] : stressed[row])
                return all.reduce(1) { max($0, $1 == .min ? .max : abs($1)) }
            })
    }

    /// What one owner's positions come to; nil where the owner holds none of the group net.
    ///
    /// - Throws: `MarginingError` where Σ |quantity| · the largest loss would leave 62 bits.
    func measured(
        _ positions: ArraySlice<Position>, in book: MarginBook
    ) throws(MarginingError) -> MeasuredGroup? {
        let held = positions.filter { rows[Int($0.series)] >= 0 && $0.long != $0.short }
        guard !held.isEmpty else { return nil }
        try check(held, book)
        let whole = portfolio(held)
        let tail = TailRisk(whole, terms: terms, currency: currency)
        let alone = TailRiskTerms(
            tail: terms.tail, convention: terms.convention, stressedWeight: terms.stressedWeight)
        var parts: [SimulatedGroupRisk.Held] = []
        var rest = held[...]
        while let first = rest.first {
            let commodity = book.series[Int(first.series)].combinedCommodity
            let mine = rest.prefix { book.series[Int($0.series)].combinedCommodity == commodity }
            rest = rest.dropFirst(mine.count)
            let core =
                mine.count == held.count
                ? tail.core : TailRisk(portfolio(Array(mine)), terms: alone, currency: currency).core
            parts.append(.init(combinedCommodity: commodity, core: Money(rounding: core, currency: currency)))
        }
        return MeasuredGroup(
            risk: SimulatedGroupRisk(
                group: index, measure: group.measure, core: Money(rounding: tail.core, currency: currency),
                held: parts),
            tail: tail, losses: whole.losses, stressedLosses: whole.stressedLosses, decimals: decimals,
            positions: held.map { (Int($0.series), $0.long - $0.short) })
    }

    private func check(_ positions: [Position], _ book: MarginBook) throws(MarginingError) {
        var bound: Int64 = 0
        for position in positions {
            let (product, isTooLarge) = abs(position.long - position.short)
                .multipliedReportingOverflow(by: bounds[Int(rows[Int(position.series)])])
            let (sum, overflows) = bound.addingReportingOverflow(product)
            guard !isTooLarge, !overflows, sum < 1 << 62 else {
                let commodity = book.series[Int(position.series)].combinedCommodity
                throw .figuresTooLarge(book.combinedCommodities[commodity].code)
            }
            bound = sum
        }
    }

    private func portfolio(_ positions: [Position]) -> SimulatedPortfolio {
        func unit(_ position: Position, _ all: [Int64], _ count: Int) -> ArraySlice<Int64> {
            let start = Int(rows[Int(position.series)]) * count
            return all[start..<start + count]
        }
        func sum(_ all: [Int64], _ count: Int) -> [Int64] {
            var total = [Int64](repeating: 0, count: count)
            for position in positions {
                let quantity = position.long - position.short
                for (scenario, loss) in unit(position, all, count).enumerated() { total[scenario] += quantity * loss }
            }
            return total
        }
        return SimulatedPortfolio(
            losses: sum(losses, scenarios), stressedLosses: sum(stressedLosses, stressedScenarios), decimals: decimals,
            positions: positions.map { ($0.long - $0.short, unit($0, losses, scenarios)) })
    }
}

/// A group of one owner, with everything that is kept of it.
package struct MeasuredGroup: Sendable {
    package let risk: SimulatedGroupRisk
    package let tail: TailRisk
    package let losses: [Int64]
    package let stressedLosses: [Int64]
    package let decimals: Int
    /// Series of the kernel's book and net quantity, in the order of the tail's components.
    package let positions: [(series: Int, quantity: Int64)]
}
