import ClearingModel
import MarketModel
import Quantities

extension SettlementBook {
    /// Every series of a house with what settles it; `prices` are parallel to the house's own list of series.
    ///
    /// Throws as the book does.
    package init(_ house: ClearingHouse, prices: [SeriesPrices]) throws(MarginCallsError) {
        let contracts = Dictionary(house.contracts.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let currencies = Dictionary(house.currencies.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let commodities = Dictionary(
            house.combinedCommodities.map { ($0.code, $0.currency) }, uniquingKeysWith: { first, _ in first })
        try self.init(
            house.series.enumerated().compactMap { index, series -> SettlementTerms? in
                guard let contract = contracts[series.contract],
                    let currency = commodities[contract.combinedCommodity].flatMap({ currencies[$0] })
                else { return nil }
                let traded = prices[index]
                return SettlementTerms(
                    series: series.code, currency: currency, contractValueFactor: contract.contractValueFactor,
                    instrument: SettledInstrument(contract, series), settlementPrice: traded.settlement,
                    previousSettlementPrice: traded.previousSettlement, finalSettlementPrice: traded.finalSettlement)
            })
    }
}

extension SettledInstrument {
    /// What a series settles as; `contract` is its own.
    fileprivate init(_ contract: Contract, _ series: Series) {
        if case .future(let terms) = contract.kind, terms.valuation == .inverse {
            self = .inverseFuture
            return
        }
        guard case .option(let terms) = contract.kind, case .option(let option) = series.kind else {
            self = .future
            return
        }
        let right: Right = option.right == .call ? .call : .put
        self =
            terms.style == .premium
            ? .premiumStyleOption(right: right, strike: option.strike)
            : .futuresStyleOption(right: right, strike: option.strike)
    }
}
