import ClearingModel
import MarketModel
import Parameters
import Quantities
import RiskArrays

/// What one account or owner holds, as it is closed out (docs/methodology.md §8.3).
package struct StressPortfolio: Sendable {
    /// Place in the house's list of accounts.
    package let account: Int
    /// None where the account is not segregated.
    package let owner: OwnerCode
    /// Whether every long and every short is closed out on its own.
    let isGross: Bool
    /// Into the book's positions, ordered by series.
    let positions: Range<Int>
}

/// The positions of a date with what their stress needs: series grouped by currency and combined commodity, portfolios
/// by account and owner (docs/methodology.md §8.2, §8.3).
package struct StressBook: Sendable {
    package let house: ClearingHouse
    package let base: Currency
    package let currencies: [StressedCurrency]
    /// Of the margin currencies those of some position, by code: each needs a rate into the base currency.
    package let positionCurrencies: [CurrencyCode]
    package let commodities: [StressedCommodity]
    /// In the order of currency, combined commodity and series.
    package let series: [StressedSeries]
    /// By series.
    let summands: SeriesSummands
    let months: StressedMonths
    package let units: StressUnits
    /// In the order of account and owner; every account and every beneficial owner has one.
    package let portfolios: [StressPortfolio]
    /// A net position's short is 0 or its long is.
    let positions: [Position]
}

extension StressBook {
    /// Puts a date's book together.
    ///
    /// `positions` index `published`, the arrays of the night: their volatilities are those stressed from.
    /// O(n log n) in positions and series.
    /// A rate that lacks is refused after all else (`StressInputs.requireRates`), so that it counts 1 here.
    /// - Throws: `StressRefusal` for numbers that leave the bounds; `ValuationBookError`.
    package init(
        house: ClearingHouse, market: MarketSnapshot, parameters: ParameterSet, horizonDays: ExactDecimal,
        base: Currency, rates: ExchangeRates, positions book: PositionBook, published: [PublishedRiskArray]
    ) throws {
        let valued = try ValuationBook(house: house, market: market, parameters: parameters)
        let order = SeriesOrder(valued, house)
        let held = published.map(\.series)
        let volatilities = published.volatilities
        var indices: [SeriesCode: Int32] = [:]
        for (index, place) in order.series.enumerated() {
            indices[house.series[valued.valuations[place].series].code] = Int32(index)
        }
        let series = held.map { indices[$0] }
        let (portfolios, positions) = try Self.portfolios(house, book, series, held)
        var isHeld = [Bool](repeating: false, count: order.series.count)
        for position in positions { isHeld[Int(position.series)] = true }

        let contracts = Dictionary(house.contracts.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        self.series = order.series.enumerated().map { index, place in
            let valuation = valued.valuations[place]
            let listed = house.series[valuation.series]
            var isPaid = false
            if case .option(let terms)? = contracts[listed.contract]?.kind { isPaid = terms.style == .premium }
            return StressedSeries(
                code: listed.code, month: listed.contractMonth, combinedCommodity: order.commodity[place],
                valuation: valuation, volatility: volatilities[listed.code],
                netOptionValue: isPaid ? valuation.settlement * valuation.contractValueFactor : .zero,
                isMarked: !isPaid, isHeld: isHeld[index])
        }
        let dayCounts = Dictionary(
            parameters.combinedCommodities.map { ($0.combinedCommodity, $0.dayCount) },
            uniquingKeysWith: { first, _ in first })
        commodities = order.commodities.map { commodity in
            let terms = valued.terms[commodity.terms]
            return StressedCommodity(
                code: terms.combinedCommodity, currency: commodity.currency, arrayDecimals: terms.arrayDecimals,
                revaluation: CommodityRevaluation(
                    terms: terms,
                    horizon: LookAhead(
                        days: horizonDays.double, dayCounts[terms.combinedCommodity] ?? .actual365,
                        from: market.businessDate, market.calendar)))
        }
        self.house = house
        self.base = base
        self.portfolios = portfolios
        self.positions = positions
        currencies = try Self.currencies(order.currencies, self.series, commodities, base: base, rates)
        summands = SeriesSummands(self.series, commodities, currencies, base: base)
        months = StressedMonths(self.series)
        units = StressUnits(house, portfolios)
        let commodityOf = order.series.map { order.commodities[order.commodity[$0]] }
        var isInPosition = [Bool](repeating: false, count: held.count)
        for position in book.positions { isInPosition[Int(position.series)] = true }
        positionCurrencies = Set(
            zip(series, isInPosition).compactMap { index, isIn -> CurrencyCode? in
                guard isIn, let index else { return nil }
                return order.currencies[commodityOf[Int(index)].currency].code
            }
        ).sorted()
    }

    init(
        house: ClearingHouse, base: Currency, currencies: [StressedCurrency], positionCurrencies: [CurrencyCode],
        commodities: [StressedCommodity], series: [StressedSeries], portfolios: [StressPortfolio],
        positions: [Position]
    ) {
        self.house = house
        self.base = base
        self.currencies = currencies
        self.positionCurrencies = positionCurrencies
        self.commodities = commodities
        self.series = series
        self.portfolios = portfolios
        self.positions = positions
        summands = SeriesSummands(series, commodities, currencies, base: base)
        months = StressedMonths(series)
        units = StressUnits(house, portfolios)
    }

    static func currencies(
        _ codes: [Currency], _ series: [StressedSeries], _ commodities: [StressedCommodity], base: Currency,
        _ rates: ExchangeRates
    ) throws -> [StressedCurrency] {
        var scales = [Int](repeating: base.decimals, count: codes.count)
        for series in series {
            let commodity = commodities[series.combinedCommodity]
            scales[commodity.currency] = max(
                scales[commodity.currency], commodity.arrayDecimals,
                series.netOptionValue.withoutTrailingZeros.scale)
        }
        return try zip(codes, scales).map { currency, scale in
            let rate = (try? rates.into(base.code).rate(from: currency.code))?.rate ?? .one
            guard let stressed = StressedCurrency(currency, scale: scale, rate: rate, base: base) else {
                throw StressRefusal(
                    .outOfRange, "\(currency.code)", table: "fx_rate", column: "rate",
                    "the rate \(rate) has too many decimals beside prices of \(scale)")
            }
            return stressed
        }
    }

    /// A portfolio an account, or an owner of a segregated one, with its positions by series.
    static func portfolios(
        _ house: ClearingHouse, _ book: PositionBook, _ series: [Int32?], _ held: [SeriesCode]
    ) throws -> ([StressPortfolio], [Position]) {
        var portfolios: [StressPortfolio] = []
        var positions: [Position] = []
        portfolios.reserveCapacity(house.accounts.count)
        positions.reserveCapacity(book.positions.count)
        for (place, account) in house.accounts.enumerated() {
            let isGross = account.marginingType == .grossOmnibus
            let owners = account.marginingType == .segregated ? house.owners[account.code] ?? [] : [.none]
            var own = [[Position]](repeating: [], count: owners.count)
            for position in book.positions(ofAccount: place) where position.long != 0 || position.short != 0 {
                guard let index = series[Int(position.series)] else {
                    throw StressRefusal(
                        .outOfRange, held[Int(position.series)].text, table: "series",
                        "held by account \(account.code) without a risk array")
                }
                let stressed =
                    isGross
                    ? Position(series: index, long: position.long, short: position.short)
                    : Position(series: index, quantity: position.long - position.short)
                if isGross || stressed.long != stressed.short { own[Int(position.owner)].append(stressed) }
            }
            for (owner, held) in zip(owners, own) {
                let start = positions.count
                positions.append(contentsOf: held.sorted { $0.series < $1.series })
                portfolios.append(
                    StressPortfolio(
                        account: place, owner: owner, isGross: isGross, positions: start..<positions.count))
            }
        }
        return (portfolios, positions)
    }
}

extension StressRefusal {
    static func rateMissing(from: CurrencyCode, to: CurrencyCode) -> StressRefusal {
        StressRefusal(
            .rateMissing, "\(from) \(to)", table: "fx_rate",
            "no rate from \(from) to \(to); none is inverted or crossed")
    }
}

/// The order in which a stressed book keeps its series: by currency, combined commodity and series.
private struct SeriesOrder {
    let currencies: [Currency]
    let commodities: [(terms: Int, currency: Int)]
    /// Places in the valuation book.
    let series: [Int]
    /// By place in the valuation book: index of the combined commodity.
    let commodity: [Int]

    init(_ book: ValuationBook, _ house: ClearingHouse) {
        let currencyOf = Dictionary(
            house.combinedCommodities.map { ($0.code, $0.currency) }, uniquingKeysWith: { first, _ in first })
        let known = Dictionary(house.currencies.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let used = Set(book.valuations.map(\.terms))
        let rows = used.compactMap { terms -> (terms: Int, code: CombinedCommodityCode, currency: Currency)? in
            let code = book.terms[terms].combinedCommodity
            return currencyOf[code].flatMap { known[$0] }.map { (terms, code, $0) }
        }.sorted {
            $0.currency.code != $1.currency.code
                ? $0.currency.code < $1.currency.code : $0.code < $1.code
        }
        var currencies: [Currency] = []
        var commodities: [(terms: Int, currency: Int)] = []
        var indices: [Int: Int] = [:]
        for row in rows {
            if currencies.last?.code != row.currency.code { currencies.append(row.currency) }
            indices[row.terms] = commodities.count
            commodities.append((row.terms, currencies.count - 1))
        }
        self.currencies = currencies
        self.commodities = commodities
        let commodity = book.valuations.map { indices[$0.terms] ?? -1 }
        self.commodity = commodity
        series = book.valuations.indices.filter { commodity[$0] >= 0 }
            .sorted { (commodity[$0], $0) < (commodity[$1], $1) }
    }
}
