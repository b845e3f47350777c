import ClearingModel
import MarketModel
import Postgres
import Quantities

/// Reads the market of one business date as a run of a cycle sees it, each part on its own: a stage reads what enters
/// its figures, once.
package struct MarketStore {
    private let database: Database
    private let pin: Int64
    private let businessDate: BusinessDate
    private let cycle: Cycle
    private let scope: StageScope

    /// Of the prices those of all series, or with `affected` of those that the stage's tables name.
    package init(
        _ database: Database, pinnedAt pin: Int64, businessDate: BusinessDate, cycle: Cycle, scope: StageScope = .whole
    ) {
        self.database = database
        self.pin = pin
        self.businessDate = businessDate
        self.cycle = cycle
        self.scope = scope
    }

    /// The market of a run's date, of the series that the run's stage computes.
    package init(_ database: Database, of run: PinnedRun, scope: StageScope) {
        self.init(database, pinnedAt: run.load, businessDate: run.businessDate, cycle: run.cycle, scope: scope)
    }

    /// Units of `to` for one unit of `from`.
    package func exchangeRates() throws -> [CurrencyPair: ExactDecimal] {
        var rates: [CurrencyPair: ExactDecimal] = [:]
        for row in try database.rows(.loadFxRates, [.int64(pin), businessDate.value]) {
            rates[CurrencyPair(from: try row.currency("from_currency"), to: try row.currency("to_currency"))] =
                try row.decimal("rate")
        }
        return rates
    }

    /// The settlement prices of the business date, of those of the series that have one.
    package func settlementPrices(of series: [Series]) throws -> [SeriesCode: ExactDecimal] {
        var prices: [SeriesCode: ExactDecimal] = [:]
        try eachSettlementPrice(of: series, after: nil) { position, _, price in prices[series[position].code] = price }
        return prices
    }

    /// What series traded at, parallel to them: settlement and final prices of the business date, and where `previous`
    /// names the day before, its settlement prices. Prices of other series are left out.
    package func prices(of series: [Series], after previous: BusinessDate? = nil) throws -> [SeriesPrices] {
        var prices = [SeriesPrices](repeating: SeriesPrices(), count: series.count)
        let index = try eachSettlementPrice(of: series, after: previous) { position, isCurrent, price in
            if isCurrent { prices[position].settlement = price } else { prices[position].previousSettlement = price }
        }
        for row in try database.rows(.loadFinalPrices, [.int64(pin), businessDate.value, cycle.value]) {
            guard let position = index.position(of: try row.text("series")) else { continue }
            prices[position].finalSettlement = try row.decimal("price")
        }
        return prices
    }

    /// Calls `body` with the place of the series, whether the price is the business date's, and the price.
    @discardableResult
    private func eachSettlementPrice(
        of series: [Series], after previous: BusinessDate?, _ body: (Int, Bool, ExactDecimal) -> Void
    ) throws -> CodeIndex {
        let index = CodeIndex(series.map(\.code.text))
        let literals: [CopyLiteral] = [
            .int64(pin), .date(businessDate.dayNumber), .date(previous?.dayNumber), .code(cycle.rawValue),
        ]
        func read(_ row: inout BinaryCopyRow) throws {
            let isCurrent = try row.bool()
            let position = try row.withBytes { index.position(of: $0) }
            let price = try row.decimal()
            if let position { body(position, isCurrent, price) }
        }
        if scope == .affected {
            try database.stream(.loadSettlementPricesInScope, literals, read)
        } else {
            try database.streamByPage(.loadSettlementPrices, literals, read)
        }
        return index
    }
}
