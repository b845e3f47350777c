import ClearingModel
import MarketModel
import ParallelWork
import Parameters
import Postgres
import RiskArrays
import Runtime
import Scenarios
import Storage

/// Computes and publishes the risk array, composite delta and volatility of every listed series, or of those in the
/// combined commodities that a change can move.
struct RiskArraysStep: StageStep {
    func openScope(_ scope: StageScope) throws {
        guard let base = scope.base else { return try scope.openWhole() }
        try scope.openAffectedSeries(base)
        try scope.connection.execute(.scopeValued, [scope.pin])
        try scope.connection.script("analyze series_in_scope")
    }

    func perform(
        _ context: RunContext, _ extent: StageExtent, _ connection: Connection, _ settings: RunSettings
    ) async throws -> Int64 {
        let scope: LoadScope = extent == .affected ? .series : .whole
        let house = try ClearingHouse.load(pinnedAt: context.pinnedLoad, scope: scope, from: connection)
        let market = try MarketSnapshot.load(
            pinnedAt: context.pinnedLoad, businessDate: context.businessDate, cycle: context.cycle,
            series: house.series, scope: scope, from: connection)
        let parameters = try ParameterSet.load(context.parameters, from: connection)
        let book = try ValuationBook(
            house: house, market: market, parameters: parameters,
            only: extent == .affected ? try affectedCombinedCommodities(connection) : nil)
        let volatilities = VolatilitySolver.borrow(
            await inChunks(book.valuations.count, threads: settings.threads, completed: Progress.parts) { range in
                VolatilitySolver.solve(book.valuations[range])
            }, in: book)
        let arrays = await inChunks(book.valuations.count, threads: settings.threads, completed: Progress.parts) {
            range in
            range.map { position in
                let valuation = book.valuations[position]
                return RiskArrayKernel.array(
                    of: valuation, volatility: volatilities[position], terms: book.terms[valuation.terms],
                    series: house.series[valuation.series].code)
            }
        }
        let commodities = book.valuations.map { book.terms[$0.terms].combinedCommodity }
        let sets = Dictionary(
            parameters.combinedCommodities.map { ($0.combinedCommodity, $0.scenarioSet) },
            uniquingKeysWith: { first, _ in first })
        return try PublishedArrayStore(connection).save(arrays, commodities, scenarioSets: sets, run: context.run) {
            Failpoint.midCopy.reached(.riskArrays)
        }
    }

    /// Whole combined commodities: an option without a volatility of its own takes its neighbours'.
    private func affectedCombinedCommodities(_ connection: Connection) throws -> Set<CombinedCommodityCode> {
        Set(
            try connection.rows(.affectedCombinedCommodities).map {
                CombinedCommodityCode(try $0.text("combined_commodity"))
            })
    }
}
