import ClearingModel
import Foundation
import MarketModel
import Parameters
import Quantities
import RiskArrays
import Scenarios
import Testing

/// One average-price option of a house of its own, on a future at 80 with a volatility of 30 % and a rate of 5 %.
private struct AverageHouse {
    var dayCount = DayCount.actual365
    var lookAheadDays = ExactDecimal(1)
    var right = ClearingModel.OptionRight.call
    var strike = ExactDecimal(80)
    var from: BusinessDate
    var expiry: BusinessDate
    var date: BusinessDate
    var average = ExactDecimal(80)

    func book() throws -> ValuationBook {
        let dollar = try #require(CurrencyCode("USD"))
        let oil = CombinedCommodityCode("OIL")
        let rate = RateCode("R")
        let carry = RateCode("Z")
        let contracts = [
            Contract(
                code: ContractCode("F"), combinedCommodity: oil, contractValueFactor: ExactDecimal(1000),
                kind: .future(FutureTerms())),
            Contract(
                code: ContractCode("O"), combinedCommodity: oil, contractValueFactor: ExactDecimal(1000),
                kind: .option(
                    OptionTerms(
                        model: .averagePrice, exercise: .european, style: .premium, volatilitySource: .assigned,
                        discountRate: rate, carryRate: carry))),
        ]
        let month = ContractMonth(year: 2024, month: 12)
        let series = [
            Series(
                code: SeriesCode("F1"), contract: contracts[0].code, contractMonth: month,
                kind: .future(expiryDate: nil, underlying: nil)),
            Series(
                code: SeriesCode("O1"), contract: contracts[1].code, contractMonth: month,
                kind: .option(
                    OptionSeriesTerms(
                        right: right, strike: strike, underlying: UnderlyingCode("F1"), expiryDate: expiry,
                        averagingFrom: from))),
        ]
        // Weekdays of two years; the first is a Monday.
        let monday = try #require(BusinessDate("2024-01-01"))
        let calendar = BusinessCalendar((0..<730).filter { $0 % 7 < 5 }.map { monday.adding(days: $0) })
        let house = ClearingHouse(
            currencies: [Currency(code: dollar, decimals: 2)], members: [], accounts: [], owners: [:],
            combinedCommodities: [CombinedCommodity(code: oil, name: "Oil", currency: dollar)], contracts: contracts,
            series: series)
        let market = MarketSnapshot(
            businessDate: date, calendar: calendar,
            prices: [ExactDecimal(80), ExactDecimal(1)].map { SeriesPrices(settlement: $0) }, underlyingPrices: [:],
            volatilities: ["F1": try #require(ExactDecimal("0.3"))], realisedAverages: [SeriesCode("O1"): average],
            rates: [rate: try #require(ExactDecimal("0.05")), carry: .zero])
        let set = try ScenarioSet.classic(code: ScenarioSetCode("CLASSIC"))
        let margin = CombinedCommodityMargin(
            combinedCommodity: oil, scenarioSet: set.code, priceScanRange: .amount(ExactDecimal(6)),
            volatilityScanRange: .absolute(.zero), volatilityFloor: try #require(ExactDecimal("0.01")),
            lookAheadDays: lookAheadDays, dayCount: dayCount)
        let parameters = ParameterSet(
            code: ParameterSetCode("P"), scenarioSets: [set], combinedCommodities: [margin],
            priceScanRangeTiers: [], monthTiers: [], intraSpreads: [], intraSpreadLegs: [], deliveryCharges: [],
            interSpreads: [], interSpreadLegs: [], accountClasses: [], fxHaircuts: [:])
        return try ValuationBook(house: house, market: market, parameters: parameters)
    }

    /// The option with its market and the terms it is revalued by.
    func option() throws -> (valuation: SeriesValuation, market: SeriesValuation.OptionMarket, terms: ArrayTerms) {
        let book = try book()
        let valuation = book.valuations[1]
        guard case .option(let market) = valuation.kind else { throw NotAnOption() }
        return (valuation, market, book.terms[valuation.terms])
    }

    struct NotAnOption: Error {}
}

/// An average-price option's array, delta, Greeks and simulated losses under a look-ahead (methodology §2.7, §4, §7).
@Suite struct AverageLookAheadTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let dayCount: DayCount
        let date: String
        let from: String
        let expiry: String
        let lookAhead: Int64
        /// The date the look-ahead stands on.
        let after: String
        var testDescription: String { "\(dayCount) \(date), from \(from) to \(expiry), \(lookAhead) on" }
    }

    /// 2024-09-06 is a Friday.
    @Test(arguments: [
        Row(
            dayCount: .actual365, date: "2024-09-03", from: "2024-08-14", expiry: "2024-09-13", lookAhead: 1,
            after: "2024-09-04"),
        Row(
            dayCount: .actual365, date: "2024-09-03", from: "2024-08-14", expiry: "2024-09-13", lookAhead: 9,
            after: "2024-09-12"),
        Row(
            dayCount: .actual365, date: "2024-09-03", from: "2024-08-14", expiry: "2024-09-13", lookAhead: 10,
            after: "2024-09-13"),
        Row(
            dayCount: .actual365, date: "2024-09-03", from: "2024-09-05", expiry: "2024-10-13", lookAhead: 5,
            after: "2024-09-08"),
        Row(
            dayCount: .actual365, date: "2024-09-03", from: "2024-10-05", expiry: "2024-10-13", lookAhead: 5,
            after: "2024-09-08"),
        Row(
            dayCount: .business252, date: "2024-09-06", from: "2024-08-14", expiry: "2024-09-20", lookAhead: 1,
            after: "2024-09-09"),
        Row(
            dayCount: .business252, date: "2024-09-06", from: "2024-09-07", expiry: "2024-09-20", lookAhead: 3,
            after: "2024-09-11"),
        Row(
            dayCount: .business252, date: "2024-09-06", from: "2024-08-14", expiry: "2024-09-20", lookAhead: 10,
            after: "2024-09-20"),
    ])
    func `the value after the look-ahead is that of the option on its date`(row: Row) throws {
        for right in [ClearingModel.OptionRight.call, .put] {
            for price in [74.0, 80, 86] {
                let now = AverageHouse(
                    dayCount: row.dayCount, lookAheadDays: ExactDecimal(Int(row.lookAhead)), right: right,
                    strike: ExactDecimal(81), from: try day(row.from), expiry: try day(row.expiry),
                    date: try day(row.date), average: try #require(ExactDecimal("79.25")))
                let (_, market, terms) = try now.option()
                let found = market.model.value(
                    underlying: price, volatility: 0.3, time: market.time, elapsed: terms.lookAhead)
                var then = now
                then.date = try day(row.after)
                let made = max(0, now.from.days(to: now.date))
                let passed = max(0, now.from.days(to: then.date)) - made
                if made + passed > 0 {
                    let average = (Double(made) * 79.25 + Double(passed) * price) / Double(made + passed)
                    then.average = try #require(ExactDecimal(String(format: "%.12f", average)))
                }
                let (_, later, _) = try then.option()
                let expected = later.model.value(underlying: price, volatility: 0.3, time: later.time)
                #expect(abs(found - expected) <= 1e-11, "\(right) at \(price)")
            }
        }
    }

    /// The values are those of Tests/PricingTests/AverageLookAheadTests.swift; deltas at the scan points from the same
    /// grid, by central differences.
    @Test func `array, delta, theta and simulated losses have the day that passes`() throws {
        let house = AverageHouse(
            from: try day("2024-08-14"), expiry: try day("2024-09-13"), date: try day("2024-09-03"))
        let (valuation, _, terms) = try house.option()
        let volatility = SeriesVolatility(volatility: 0.3, rule: .assigned)
        let array = RiskArrayKernel.array(
            of: valuation, volatility: volatility, terms: terms, series: SeriesCode("O1"))
        #expect(
            array.values == [
                4449, 4449, -41512, -41512, 25416, 25416, -103_277, -103_277, 30035, 30035, -169_323, -169_323, 30447,
                30447, -129_167, 10661,
            ])
        #expect(array.compositeDelta == CompositeDelta(Delta(units: 1667)))
        let theta = try #require(array.greeks?.theta)
        #expect(abs(theta - (0.260104637 - 0.304598537)) <= 1e-8)
        #expect(abs((array.greeks?.delta ?? 0) - 0.1683423) <= 1e-6)
        let moves = InstrumentMoves(
            price: InstrumentMoves.Factor(returnKind: .absolute, moves: [0, 2, -2, 4, -4, 6, -6]), volatility: nil)
        #expect(
            RiskArrayKernel.simulatedLosses(of: valuation, volatility: volatility, terms: terms, moves: moves)
                == [4449, -41512, 25416, -103_277, 30035, -169_323, 30447])
    }

    @Test func `a look-ahead in part of a business day passes that part of the days to the next`() throws {
        let calendar = BusinessCalendar([
            try day("2024-09-05"), try day("2024-09-06"), try day("2024-09-09"), try day("2024-09-10"),
        ])
        let friday = try day("2024-09-06")
        for (days, passed) in [(0.0, 0.0), (0.5, 1.5), (1, 3), (1.25, 3.25), (2, 4), (7, 4)] {
            let ahead = LookAhead(days: days, .business252, from: friday, calendar)
            #expect(ahead.calendarDays == passed, "\(days)")
            #expect(ahead.years == days / 252)
            #expect(LookAhead(days: days, .actual365, from: friday, calendar).calendarDays == days)
        }
    }
}
