import ClearingModel
import MarketModel
import Margining
import Postgres
import Quantities
import Scenarios
import Storage

/// Everything a portfolio calculation of a run reads: reference data, market, parameters, and the kernel over the
/// published arrays.
struct MarginInputs: Sendable {
    let house: ClearingHouse
    let market: MarketSnapshot
    let parameters: MarginParameters
    let kernel: MarginKernel
    /// Parallel to the house's accounts; nil for an account whose class the parameter set lacks (it holds nothing).
    let accountTerms: [AccountTerms?]
    /// Parallel to the house's accounts; nil where correlation is not doubted.
    let kappas: [ExactDecimal?]

    static func load(_ context: RunContext, from connection: Connection) throws -> MarginInputs {
        let house = try ClearingHouse.load(pinnedAt: context.pinnedLoad, from: connection)
        let market = try MarketSnapshot.load(
            pinnedAt: context.pinnedLoad, businessDate: context.businessDate, series: house.series, from: connection)
        let parameters = try MarginParameters.load(context.parameterSet, from: connection)
        let arrays = try PublishedArrayStore(connection).load(run: context.run)
        let book = try MarginBook(rows(house, market, parameters, published: Set(arrays.map(\.series))))
        return MarginInputs(
            house: house, market: market, parameters: parameters,
            kernel: MarginKernel(book: book, arrays: try PublishedArrays(arrays, in: book)),
            accountTerms: terms(house, parameters), kappas: kappas(house, parameters))
    }

    private static func rows(
        _ house: ClearingHouse, _ market: MarketSnapshot, _ parameters: MarginParameters, published: Set<SeriesCode>
    ) -> MarginBookRows {
        let margined = Set(parameters.combinedCommodities.map(\.combinedCommodity))
        var rows = MarginBookRows()
        rows.currencies = house.currencies
        rows.combinedCommodities = house.combinedCommodities.filter { margined.contains($0.code) }
        rows.margins = parameters.combinedCommodities.filter { margin in
            rows.combinedCommodities.contains { $0.code == margin.combinedCommodity }
        }
        rows.contracts = house.contracts.filter { margined.contains($0.combinedCommodity) }
        let contracts = Set(rows.contracts.map(\.code))
        rows.series = house.series.filter { published.contains($0.code) && contracts.contains($0.contract) }
        rows.scenarioSets = parameters.scenarioSets
        rows.monthTiers = parameters.monthTiers
        rows.intraSpreads = parameters.intraSpreads
        rows.intraSpreadLegs = parameters.intraSpreadLegs
        rows.deliveryCharges = parameters.deliveryCharges
        rows.interSpreads = parameters.interSpreads
        rows.interSpreadLegs = parameters.interSpreadLegs
        rows.conversions = market.exchangeRates.map { pair, rate in
            CurrencyConversion(from: pair.from, to: pair.to, rate: rate, haircut: parameters.fxHaircuts[pair] ?? .zero)
        }
        for (position, series) in house.series.enumerated() {
            rows.settlementPrices[series.code] = market.prices[position].settlement
        }
        return rows
    }

    private static func terms(_ house: ClearingHouse, _ parameters: MarginParameters) -> [AccountTerms?] {
        let classes = Dictionary(
            parameters.accountClasses.map { ($0.accountClass, $0) }, uniquingKeysWith: { first, _ in first })
        let currencies = Dictionary(house.currencies.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        return house.accounts.map { account in
            guard let margin = classes[account.accountClass], let currency = currencies[account.callCurrency] else {
                return nil
            }
            let owners = account.marginingType == .segregated ? house.owners[account.code] ?? [.none] : [.none]
            return AccountTerms(account: account, margin: margin, owners: owners, callCurrency: currency)
        }
    }

    private static func kappas(_ house: ClearingHouse, _ parameters: MarginParameters) -> [ExactDecimal?] {
        let kappas = Dictionary(
            parameters.accountClasses.compactMap { row in
                row.correlationUnderestimationKappa.map { (row.accountClass, $0) }
            }, uniquingKeysWith: { first, _ in first })
        return house.accounts.map { kappas[$0.accountClass] }
    }
}
