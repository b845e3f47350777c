import ClearingModel
import Margining
import MarketModel
import Parameters
import Postgres
import Quantities
import RiskArrays
import Scenarios
import Storage

/// Everything a portfolio calculation of a run reads: reference data, market, parameters, and the kernel over the
/// published arrays.
struct MarginInputs: Sendable {
    let house: ClearingHouse
    let market: MarketSnapshot
    let parameters: ParameterSet
    let kernel: MarginKernel
    /// Parallel to the house's accounts; nil for an account whose class the parameter set lacks (it holds nothing).
    let accountTerms: [AccountTerms?]
    /// Published with the arrays.
    let volatilities: [SeriesCode: SeriesVolatility]
    /// Of the house's series that have one.
    let settlementPrices: [SeriesCode: ExactDecimal]

    static func load(_ context: RunContext, _ extent: StageExtent, from connection: Connection) throws -> MarginInputs {
        let house = try ClearingHouse.load(pinnedAt: context.pinnedLoad, scope: extent.loadScope, from: connection)
        let market = try MarketSnapshot.load(
            pinnedAt: context.pinnedLoad, businessDate: context.businessDate, cycle: context.cycle,
            series: house.series,
            scope: extent.loadScope,
            from: connection)
        let parameters = try ParameterSet.load(context.parameters, from: connection)
        let arrays = try PublishedArrayStore(connection).load(run: context.run, scope: extent.loadScope)
        var settlementPrices: [SeriesCode: ExactDecimal] = [:]
        for (position, series) in house.series.enumerated() {
            settlementPrices[series.code] = market.prices[position].settlement
        }
        let rows = MarginBookRows(
            house, parameters, exchangeRates: market.exchangeRates, settlementPrices: settlementPrices,
            published: Set(arrays.map(\.series)))
        let book = try MarginBook(rows)
        return MarginInputs(
            house: house, market: market, parameters: parameters,
            kernel: MarginKernel(book: book, arrays: try PublishedArrays(arrays, in: book)),
            accountTerms: AccountTerms.all(of: house, parameters),
            volatilities: parameters.simulation.riskGroups.isEmpty ? [:] : volatilities(arrays),
            settlementPrices: settlementPrices)
    }

    private static func volatilities(_ arrays: [PublishedRiskArray]) -> [SeriesCode: SeriesVolatility] {
        Dictionary(
            arrays.compactMap { array in
                guard let volatility = array.volatility, let rule = array.volatilityRule else { return nil }
                return (array.series, SeriesVolatility(volatility: volatility, rule: rule))
            }, uniquingKeysWith: { first, _ in first })
    }
}
