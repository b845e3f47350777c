import ClearingModel
import Glibc
import Pricing
import Quantities

/// Settlement prices of all series on both dates, and what a price move does to one unit of each.
struct SettlementBoard {
    /// prices[day][series] in units of 10^-decimals, each a multiple of its tick.
    private(set) var prices: [[Int64]]
    /// losses[series · 6 + move]: what one long unit loses on the current date under each of ``moves``, in dollars.
    private(set) var losses: [Float]
    /// Value of one long unit at settlement, in dollars; 0 for futures and futures-style options.
    private(set) var worth: [Float]

    /// The moves that collateral is sized by: price in scan ranges, volatility as a factor, share covered.
    static let moves: [(price: Double, volatility: Double, cover: Double)] = [
        (1, 1.2, 1), (1, 0.8, 1), (-1, 1.2, 1), (-1, 0.8, 1), (3, 1, 0.33), (-3, 1, 0.33),
    ]

    init(listing: GeneratedListing, markets: [ProductMarket], ranges: [Double], dates: GeneratedDates) {
        let count = listing.series.count
        prices = [[Int64](repeating: 0, count: count), [Int64](repeating: 0, count: count)]
        losses = [Float](repeating: 0, count: count * Self.moves.count)
        worth = [Float](repeating: 0, count: count)
        for (number, series) in listing.series.enumerated() {
            let market = markets[series.product]
            for (day, date) in dates.both.enumerated() {
                prices[day][number] = price(series, market: market, day: day, date: date)
            }
            measure(number, series, market: market, date: dates.current, range: ranges[series.product])
        }
    }

    /// Replaces a price on the current date: a quotation fault that the data gates are to find.
    mutating func slip(_ series: Int, to price: Int64) { prices[1][series] = price }

    private func price(_ series: ListedSeries, market: ProductMarket, day: Int, date: BusinessDate) -> Int64 {
        let terms = market.product.terms
        let unit = PowersOfTen.double(terms.decimals)
        let years = Double(max(date.days(to: series.expiry), 0)) / 365
        guard let right = series.right else {
            let forward = market.forward(day, years: years, month: series.month.month)
            return Self.rounded(forward * unit, tick: terms.tick)
        }
        let underlying = underlyingLevel(series, market: market, day: day)
        let value = optionValue(
            Self.terms(of: right, series, market: market), underlying: underlying,
            volatility: volatility(series, market: market, day: day, underlying: underlying, years: years), time: years)
        return Self.rounded(value * unit, tick: terms.optionTick)
    }

    /// The settled future that the option stands on, or the spot.
    func underlyingLevel(_ series: ListedSeries, market: ProductMarket, day: Int) -> Double {
        guard let underlying = series.underlying else { return market.spots[day] }
        return Double(prices[day][underlying]) / PowersOfTen.double(market.product.terms.decimals)
    }

    private func volatility(
        _ series: ListedSeries, market: ProductMarket, day: Int, underlying: Double, years: Double
    ) -> Double {
        let strike = Double(series.strike) / PowersOfTen.double(market.product.terms.decimals)
        let forward = series.underlying == nil ? underlying * exp(market.carry * years) : underlying
        return market.volatility(day, years: max(years, 1 / 365), forward: forward, strike: strike)
    }

    private mutating func measure(
        _ number: Int, _ series: ListedSeries, market: ProductMarket, date: BusinessDate, range: Double
    ) {
        let terms = market.product.terms
        let factor = Double(terms.contractValueFactor) * InterestRates.dollars(perUnitOf: terms.currency)
        guard let right = series.right else {
            for (index, move) in Self.moves.enumerated() {
                losses[number * Self.moves.count + index] = Float(-move.price * move.cover * range * factor)
            }
            return
        }
        let years = Double(max(date.days(to: series.expiry), 0)) / 365
        let underlying = underlyingLevel(series, market: market, day: 1)
        let volatility = volatility(series, market: market, day: 1, underlying: underlying, years: years)
        let option = Self.terms(of: right, series, market: market)
        let base = optionValue(option, underlying: underlying, volatility: volatility, time: years)
        for (index, move) in Self.moves.enumerated() {
            let shocked = optionValue(
                option, underlying: underlying + move.price * range, volatility: volatility * move.volatility,
                time: years)
            losses[number * Self.moves.count + index] = Float(move.cover * (base - shocked) * factor)
        }
        if market.product.family.style == .premium {
            worth[number] = Float(Double(prices[1][number]) / PowersOfTen.double(terms.decimals) * factor)
        }
    }

    private static func terms(of right: OptionRight, _ series: ListedSeries, market: ProductMarket) -> VanillaOption {
        let family = market.product.family
        return VanillaOption(
            right: right, strike: Double(series.strike) / PowersOfTen.double(market.product.terms.decimals),
            model: family.model, exercise: family.exercise, style: family.style, rate: market.rate,
            carry: family.model == .blackScholes ? market.carry : 0)
    }

    private static func rounded(_ units: Double, tick: Int64) -> Int64 {
        Int64((units / Double(tick)).rounded(.toNearestOrAwayFromZero)) * tick
    }
}
