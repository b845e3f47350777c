import ClearingModel
import MarketModel
import Postgres
import Quantities

extension MarketSnapshot {
    /// The market of one business date that a run of a cycle pinned at `pin` sees: intraday prices and volatilities
    /// are the cycle's own. Prices of series the house does not list are left out.
    package static func load(
        pinnedAt pin: Int64, businessDate: BusinessDate, cycle: Cycle, series: [Series], scope: LoadScope = .whole,
        from connection: Connection
    ) throws -> MarketSnapshot {
        let calendar = try BusinessCalendar.load(pinnedAt: pin, from: connection)
        let parameters = [Value.int64(pin), .date(daysSince2000: businessDate.dayNumber)]
        var underlyingPrices: [UnderlyingCode: ExactDecimal] = [:]
        for row in try connection.rows(.loadUnderlyingPrices, parameters + [cycle.value]) {
            underlyingPrices[try row.code("underlying")] = try row.decimal("price")
        }
        var volatilities: [String: ExactDecimal] = [:]
        for row in try connection.rows(.loadVolatilities, parameters + [cycle.value]) {
            volatilities[try row.text("instrument")] = try row.decimal("volatility")
        }
        var realisedAverages: [SeriesCode: ExactDecimal] = [:]
        for row in try connection.rows(.loadRealisedAverages, parameters) {
            realisedAverages[try row.code("series")] = try row.decimal("average")
        }
        var rates: [RateCode: ExactDecimal] = [:]
        for row in try connection.rows(.loadInterestRates, parameters) {
            rates[try row.code("rate_code")] = try row.decimal("rate")
        }
        var exchangeRates: [CurrencyPair: ExactDecimal] = [:]
        for row in try connection.rows(.loadFxRates, parameters) {
            exchangeRates[CurrencyPair(from: try row.currency("from_currency"), to: try row.currency("to_currency"))] =
                try row.decimal("rate")
        }
        let unsettled = try connection.rows(.loadUnsettledSeries, parameters + [cycle.value]).map {
            row -> SeriesCode in
            try row.code("series")
        }
        return MarketSnapshot(
            businessDate: businessDate, previousBusinessDate: calendar.previous(before: businessDate),
            calendar: calendar,
            prices: try loadPrices(
                pin, businessDate, calendar.previous(before: businessDate), cycle, series, scope, connection),
            unsettled: Set(unsettled), underlyingPrices: underlyingPrices, volatilities: volatilities,
            realisedAverages: realisedAverages,
            rates: rates, exchangeRates: exchangeRates)
    }

    private static func loadPrices(
        _ pin: Int64, _ date: BusinessDate, _ previous: BusinessDate?, _ cycle: Cycle, _ series: [Series],
        _ scope: LoadScope, _ connection: Connection
    ) throws -> [SeriesPrices] {
        let index = CodeIndex(series.map(\.code.text))
        var prices = [SeriesPrices](repeating: SeriesPrices(), count: series.count)
        let literals: [CopyLiteral] = [
            .int64(pin), .date(date.dayNumber), .date(previous?.dayNumber), .code(cycle.rawValue),
        ]
        let query: Query = scope.isOfSeries ? .loadSettlementPricesInScope : .loadSettlementPrices
        try connection.stream(query, literals) { row in
            let isCurrent = try row.bool()
            let position = try row.withBytes { index.position(of: $0) }
            let price = try row.decimal()
            guard let position else { return }
            if isCurrent { prices[position].settlement = price } else { prices[position].previousSettlement = price }
        }
        for row in try connection.rows(.loadFinalPrices, [.int64(pin), date.value, cycle.value]) {
            guard let position = index.position(of: try row.text("series")) else { continue }
            prices[position].finalSettlement = try row.decimal("price")
        }
        return prices
    }
}

extension BusinessCalendar {
    /// The business days that a run pinned at `pin` sees.
    package static func load(pinnedAt pin: Int64, from connection: Connection) throws -> BusinessCalendar {
        BusinessCalendar(
            try connection.rows(.loadCalendar, [.int64(pin)]).map {
                BusinessDate(dayNumber: try $0.date("calendar_date"))
            })
    }
}
