import ClearingModel
import MarketModel
import Quantities
import RiskArrays

/// A night's market on the next business date, every price and volatility where it is (docs/methodology.md §11.6).
///
/// A series that settled finally tonight is gone. One whose expiry comes after tonight and not after the next date
/// settles finally then: a future to its own price, an option to its underlying's, an average to what has been averaged
/// so far, a difference to that of its two prices. A plain option settles with its underlying, whenever it expires. A
/// series that is held, has expired before and waits for its final price goes on waiting.
package struct StillMarket: Sendable {
    package let market: MarketSnapshot
    /// By the house's series: whether it settles finally on the next date.
    package let isSettling: [Bool]

    /// O(n) in series and positions; these are by the house's series.
    package init(
        _ tonight: MarketSnapshot, on date: BusinessDate, of house: ClearingHouse, holding positions: [Position]
    ) {
        let quotes = Quotes(tonight, house)
        var finals = [ExactDecimal?](repeating: nil, count: house.series.count)
        for (place, series) in house.series.enumerated() {
            guard let expiry = series.expiryDate, expiry > tonight.businessDate, expiry <= date else { continue }
            finals[place] = quotes.finalPrice(of: place)
        }
        let settling = Dictionary(
            zip(house.series, finals).compactMap { series, final in
                if case .future = series.kind, final != nil { (series.code.text, true) } else { nil }
            }, uniquingKeysWith: { first, _ in first })
        for (place, series) in house.series.enumerated() where finals[place] == nil {
            guard case .option(let option) = series.kind, settling[option.underlying.text] != nil,
                quotes.settlesWithUnderlying(place)
            else { continue }
            finals[place] = quotes.finalPrice(of: place)
        }
        var isHeld = [Bool](repeating: false, count: house.series.count)
        for position in positions { isHeld[Int(position.series)] = true }
        var waiting: Set<SeriesCode> = []
        var prices: [SeriesPrices] = []
        prices.reserveCapacity(house.series.count)
        for (place, series) in house.series.enumerated() {
            let quote = tonight.prices[place]
            if quote.finalSettlement != nil {
                // It has settled tonight and has no price any more.
                prices.append(SeriesPrices())
                continue
            }
            prices.append(SeriesPrices(settlement: quote.settlement, finalSettlement: finals[place]))
            if let expiry = series.expiryDate, expiry <= tonight.businessDate, isHeld[place] {
                waiting.insert(series.code)
            }
        }
        isSettling = finals.map { $0 != nil }
        market = MarketSnapshot(
            businessDate: date, calendar: tonight.calendar, prices: prices, unsettled: waiting,
            underlyingPrices: tonight.underlyingPrices, volatilities: tonight.volatilities,
            realisedAverages: quotes.averages(on: date), rates: tonight.rates)
    }
}

/// What series and spots are quoted at tonight.
private struct Quotes {
    private let market: MarketSnapshot
    private let house: ClearingHouse
    private let places: [String: Int]
    private let contracts: [ContractCode: Contract]

    init(_ market: MarketSnapshot, _ house: ClearingHouse) {
        self.market = market
        self.house = house
        places = Dictionary(
            house.series.enumerated().map { ($1.code.text, $0) }, uniquingKeysWith: { first, _ in first })
        contracts = Dictionary(house.contracts.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private func price(of underlying: UnderlyingCode) -> ExactDecimal? {
        guard let place = places[underlying.text] else { return market.underlyingPrices[underlying] }
        return market.prices[place].settlement ?? market.prices[place].finalSettlement
    }

    private func model(_ place: Int) -> OptionModel? {
        guard case .option(let terms)? = contracts[house.series[place].contract]?.kind else { return nil }
        return terms.model
    }

    /// Averages and differences settle to a price of their own alone.
    func settlesWithUnderlying(_ place: Int) -> Bool {
        guard let model = model(place) else { return false }
        return model != .averagePrice && model != .spread
    }

    /// What the series settles to if nothing moves; nil where tonight has no price for it.
    func finalPrice(of place: Int) -> ExactDecimal? {
        let series = house.series[place]
        guard case .option(let option) = series.kind else { return market.prices[place].settlement }
        switch model(place) {
        case .averagePrice: return market.realisedAverages[series.code] ?? price(of: option.underlying)
        case .spread:
            guard let first = price(of: option.underlying), let second = option.secondUnderlying.flatMap(price)
            else { return nil }
            return first - second
        default: return price(of: option.underlying)
        }
    }

    /// Tonight's averages, and of what begins to average before a date its underlying's price.
    func averages(on date: BusinessDate) -> [SeriesCode: ExactDecimal] {
        var averages = market.realisedAverages
        for series in house.series where averages[series.code] == nil {
            guard case .option(let option) = series.kind, let start = option.averagingFrom, start < date else {
                continue
            }
            averages[series.code] = price(of: option.underlying)
        }
        return averages
    }
}
