import ClearingModel
import MarketModel
import Postgres
import Quantities

extension MarketSnapshot {
    /// The market of one business date that a run of a cycle pinned at `pin` sees: intraday prices and volatilities
    /// are the cycle's own. Prices of series the house does not list are left out.
    package static func load(
        pinnedAt pin: Int64, businessDate: BusinessDate, cycle: Cycle, series: [Series], scope: StageScope = .whole,
        from database: Database
    ) throws -> MarketSnapshot {
        let parameters = [Value.int64(pin), businessDate.value]
        var underlyingPrices: [UnderlyingCode: ExactDecimal] = [:]
        for row in try database.rows(.loadUnderlyingPrices, parameters + [cycle.value]) {
            underlyingPrices[try row.code("underlying")] = try row.decimal("price")
        }
        var volatilities: [String: ExactDecimal] = [:]
        for row in try database.rows(.loadVolatilities, parameters + [cycle.value]) {
            volatilities[try row.text("instrument")] = try row.decimal("volatility")
        }
        var realisedAverages: [SeriesCode: ExactDecimal] = [:]
        for row in try database.rows(.loadRealisedAverages, parameters) {
            realisedAverages[try row.code("series")] = try row.decimal("average")
        }
        var rates: [RateCode: ExactDecimal] = [:]
        for row in try database.rows(.loadInterestRates, parameters) {
            rates[try row.code("rate_code")] = try row.decimal("rate")
        }
        let unsettled = try database.rows(.loadUnsettledSeries, parameters + [cycle.value]).map {
            row -> SeriesCode in
            try row.code("series")
        }
        return MarketSnapshot(
            businessDate: businessDate, calendar: try BusinessCalendar.load(pinnedAt: pin, from: database),
            prices: try MarketStore(database, pinnedAt: pin, businessDate: businessDate, cycle: cycle, scope: scope)
                .prices(of: series),
            unsettled: Set(unsettled), underlyingPrices: underlyingPrices, volatilities: volatilities,
            realisedAverages: realisedAverages, rates: rates)
    }
}

extension BusinessCalendar {
    /// The business days that a run pinned at `pin` sees.
    package static func load(pinnedAt pin: Int64, from database: Database) throws -> BusinessCalendar {
        BusinessCalendar(
            try database.rows(.loadCalendar, [.int64(pin)]).map {
                BusinessDate(dayNumber: try $0.date("calendar_date"))
            })
    }
}
