import ClearingModel
import MarketModel
import ParallelWork
import Parameters
import RiskArrays
import Runtime
import Scenarios
import Storage

/// Computes and publishes the risk array, composite delta and volatility of every listed series, or of those in the
/// combined commodities that a change can move.
struct RiskArraysStep: StageStep {
    func openScope(_ execution: StageExecution) throws {
        guard let base = execution.base else { return }
        try execution.openAffectedSeries(base)
        try execution.tables.openValuedSeries()
    }

    func perform(_ execution: StageExecution, _ settings: RunSettings) async throws -> Int64 {
        let (run, scope, database) = (execution.context.pinned, execution.scope, execution.database)
        let house = try ClearingHouse.load(pinnedAt: run.load, scope: scope, parts: [.series], from: database)
        let market = try MarketSnapshot.load(
            pinnedAt: run.load, businessDate: run.businessDate, cycle: run.cycle, series: house.series, scope: scope,
            from: database)
        let parameters = try ParameterSet.load(run.parameters, from: database)
        // Whole combined commodities: an option without a volatility of its own takes its neighbours'.
        let book = try ValuationBook(
            house: house, market: market, parameters: parameters,
            only: scope == .affected ? Set(try execution.tables.affectedCombinedCommodities()) : nil)
        let volatilities = VolatilitySolver.borrow(
            await inChunks(book.valuations.count, threads: settings.threads, completed: Progress.parts) { range in
                VolatilitySolver.solve(book.valuations[range])
            }, in: book)
        let sets = Dictionary(
            parameters.combinedCommodities.map { ($0.combinedCommodity, $0.scenarioSet) },
            uniquingKeysWith: { first, _ in first })
        let (store, count, threads) = (PublishedArrayStore(database), book.valuations.count, settings.threads)
        var rows: Int64 = 0
        try await inSpans(count, of: 16 * chunkSize) { span in
            await inChunks(span.count, threads: threads) { chunk in
                chunk.map { position in
                    let valuation = book.valuations[span.lowerBound + position]
                    return RiskArrayKernel.array(
                        of: valuation, volatility: volatilities[span.lowerBound + position],
                        terms: book.terms[valuation.terms], series: house.series[valuation.series].code)
                }
            }
        } use: { span, arrays in
            let commodities = book.valuations[span].map { book.terms[$0.terms].combinedCommodity }
            rows += try store.save(arrays, commodities, scenarioSets: sets, run: run.id) {
                if span.lowerBound == 0 { Failpoint.midCopy.reached(.riskArrays) }
            }
            Progress.part("\(span.upperBound) of \(count) series")
            try StopSignals.check()
        }
        return rows
    }
}
