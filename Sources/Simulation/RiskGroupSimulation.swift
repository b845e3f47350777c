import ClearingModel
import Margining
import ParallelWork
import Quantities
import RiskArrays
import Scenarios

/// One risk group ready to measure portfolios: what one long unit of each series held loses in every scenario
/// (docs/methodology.md §7).
///
/// Memory: series held in the group · scenarios · 4 bytes, whatever the number of accounts.
package struct RiskGroupSimulation: Sendable {
    /// Index among the parameter set's groups.
    let index: Int
    let group: RiskGroup
    let terms: TailRiskTerms
    let currency: Currency
    /// Decimals of the losses: the most that a combined commodity of the group publishes.
    let decimals: Int
    let keepsLosses: Bool
    let scenarios: Int
    /// By series of the kernel's book: its row of losses; −1 where it has none.
    private let rows: [Int32]
    private let losses: LossMatrix

    /// Series a span of revaluation.
    private static let spanSize = 4096

    /// Revalues the series that positions hold, a span at a time on up to `threads` tasks; nil where none is held.
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
        let moves = factors.moves(zip(scenarios.moves, scenarios.stressedMoves).map { $0 + $1 })
        let units = try series.map { index in
            let terms = kernel.book.series[index]
            return (
                try book.series(terms.code),
                try factors.rows(of: terms.code, kernel.book.combinedCommodities[terms.combinedCommodity].code)
            )
        }
        var losses = LossMatrix(
            columns: scenarios.count + scenarios.stressedDates.count, expectedRows: series.count)
        try await inSpans(series.count, of: spanSize) { span in
            await inChunks(span.count, threads: threads, of: 64) { chunk in
                chunk.map { place in
                    let (unit, mapping) = units[span.lowerBound + place]
                    let scale = Int64(PowersOfTen.int128(decimals - unit.decimals))
                    let losses = unit.losses(moves.of(mapping))
                    return LossMatrix.Losses(scale == 1 ? losses : losses.map { $0 * scale })
                }
            }
        } use: { span, found in
            for row in found { losses.append(row) }
            completed(span.upperBound, series.count)
        }
        var rows = [Int32](repeating: -1, count: kernel.book.series.count)
        for (row, index) in series.enumerated() { rows[index] = Int32(row) }
        return RiskGroupSimulation(
            index: index, group: group, terms: terms,
            currency: kernel.book.combinedCommodities[kernel.book.series[first].combinedCommodity].currency,
            decimals: decimals, keepsLosses: simulation.keepsLosses, scenarios: scenarios.count, rows: rows,
            losses: losses)
    }

    /// What one owner's positions come to; nil where the owner holds none of the group net.
    ///
    /// Each combined commodity's losses are added up once: alone, and into those of the whole.
    /// - Throws: `MarginingError` where Σ |quantity| · the largest loss would leave 62 bits.
    func measured(
        _ positions: ArraySlice<Position>, in book: MarginBook
    ) throws(MarginingError) -> MeasuredGroup? {
        let held = positions.filter { rows[Int($0.series)] >= 0 && $0.long != $0.short }
        guard !held.isEmpty else { return nil }
        try check(held, book)
        var whole = [Int64](repeating: 0, count: losses.columns)
        var alone = whole
        var parts: [SimulatedGroupRisk.Held] = []
        var rest = held[...]
        while let first = rest.first {
            let commodity = book.series[Int(first.series)].combinedCommodity
            let mine = rest.prefix { book.series[Int($0.series)].combinedCommodity == commodity }
            rest = rest.dropFirst(mine.count)
            for column in alone.indices { alone[column] = 0 }
            for position in mine { losses.add(position.net, ofRow: row(of: position), to: &alone) }
            for column in whole.indices { whole[column] += alone[column] }
            let core = TailRisk.core(
                of: Array(alone[..<scenarios]), stressed: Array(alone[scenarios...]), decimals: decimals, terms: terms)
            parts.append(.init(combinedCommodity: commodity, core: Money(rounding: core, currency: currency)))
        }
        let (plain, stressed) = (Array(whole[..<scenarios]), Array(whole[scenarios...]))
        let tail = TailRisk(
            losses: plain, stressedLosses: stressed, decimals: decimals, terms: terms, currency: currency
        ) { average in
            held.map { position in
                average.of(quantity: position.net) { losses.loss(row: row(of: position), column: $0) }
            }
        }
        return MeasuredGroup(
            risk: SimulatedGroupRisk(
                group: index, measure: group.measure, core: Money(rounding: tail.core, currency: currency),
                held: parts),
            tail: tail, losses: plain, stressedLosses: stressed, keepsLosses: keepsLosses,
            positions: held.map { (Int($0.series), $0.net) })
    }

    private func row(of position: Position) -> Int { Int(rows[Int(position.series)]) }

    private func check(_ positions: [Position], _ book: MarginBook) throws(MarginingError) {
        var bound: Int64 = 0
        for position in positions {
            let (product, isTooLarge) = abs(position.net)
                .multipliedReportingOverflow(by: losses.bound(ofRow: row(of: position)))
            let (sum, overflows) = bound.addingReportingOverflow(product)
            guard !isTooLarge, !overflows, sum < 1 << 62 else {
                let commodity = book.series[Int(position.series)].combinedCommodity
                throw .figuresTooLarge(book.combinedCommodities[commodity].code)
            }
            bound = sum
        }
    }
}

extension Position {
    fileprivate var net: Int64 { long - short }
}

/// A group of one owner, with everything that is kept of it.
package struct MeasuredGroup: Sendable {
    package let risk: SimulatedGroupRisk
    package let tail: TailRisk
    package let losses: [Int64]
    package let stressedLosses: [Int64]
    package let keepsLosses: Bool
    /// Series of the kernel's book and net quantity, in the order of the tail's components.
    package let positions: [(series: Int, quantity: Int64)]
}
