import ClearingModel
import Margining
import Parameters
import Quantities
import RiskArrays
import Scenarios
import Storage

/// Everything a portfolio calculation of a run reads beside its positions: reference data, parameters, and the kernel
/// over the published arrays.
struct MarginInputs: Sendable {
    let house: ClearingHouse
    let parameters: ParameterSet
    let kernel: MarginKernel
    /// Parallel to the house's accounts; nil for an account whose class the parameter set lacks (it holds nothing).
    let accountTerms: [AccountTerms?]
    /// Published with the arrays.
    let volatilities: [SeriesCode: SeriesVolatility]
    /// Of the house's series that have one.
    let settlementPrices: [SeriesCode: ExactDecimal]

    /// Reads published arrays, and the settlement prices unless the caller has read them with the market.
    static func load(
        _ execution: StageExecution, _ house: ClearingHouse, _ parameters: ParameterSet,
        exchangeRates: [CurrencyPair: ExactDecimal], settlementPrices known: [SeriesCode: ExactDecimal]? = nil
    ) throws -> MarginInputs {
        try load(
            run: execution.context.pinned, scope: execution.scope, from: execution.database, house, parameters,
            exchangeRates: exchangeRates, settlementPrices: known)
    }

    /// The same of a run that is only looked at.
    static func load(
        run: PinnedRun, scope: StageScope, from database: Database, _ house: ClearingHouse, _ parameters: ParameterSet,
        exchangeRates: [CurrencyPair: ExactDecimal], settlementPrices known: [SeriesCode: ExactDecimal]? = nil
    ) throws -> MarginInputs {
        let arrays = try PublishedArrayStore(database).load(run: run.id, scope: scope)
        let settlementPrices =
            try known ?? MarketStore(database, of: run, scope: scope).settlementPrices(of: house.series)
        let rows = MarginBookRows(
            house, parameters, exchangeRates: exchangeRates, settlementPrices: settlementPrices,
            published: Set(arrays.map(\.series)))
        let book = try MarginBook(rows)
        return MarginInputs(
            house: house, parameters: parameters,
            kernel: MarginKernel(book: book, arrays: try PublishedArrays(arrays, in: book)),
            accountTerms: AccountTerms.all(of: house, parameters),
            volatilities: parameters.simulation.riskGroups.isEmpty ? [:] : arrays.volatilities,
            settlementPrices: settlementPrices)
    }

    /// The positions of the run's date and cycle, by the house's accounts and the kernel's series.
    func positions(_ execution: StageExecution) throws -> PositionBook {
        let run = execution.context.pinned
        return try PositionStore(execution.database, house: house, series: kernel.book.series.map(\.code.text)).load(
            pin: run.load, run.businessDate, cycle: run.cycle, accountCount: house.accounts.count)
    }
}
