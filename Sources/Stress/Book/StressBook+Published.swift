import ClearingModel
import Quantities

/// What is published of one series for who stresses a book without valuing it: its losses, and what closing it out pays
/// (docs/methodology.md §8.2, §8.3).
package struct PublishedStressArray: Sendable {
    package let series: SeriesCode
    package let month: ContractMonth
    package let combinedCommodity: CombinedCommodityCode
    package let arrayDecimals: Int
    /// What one long unit loses in each scenario, + loss, in array units.
    package let losses: [Int64]
    /// Whether variation margin is paid on it.
    package let isMarked: Bool
    /// settlement · contract value factor of a premium-style option, else 0.
    package let netOptionValue: ExactDecimal

    package init(
        series: SeriesCode, month: ContractMonth, combinedCommodity: CombinedCommodityCode, arrayDecimals: Int,
        losses: [Int64], isMarked: Bool, netOptionValue: ExactDecimal
    ) {
        self.series = series
        self.month = month
        self.combinedCommodity = combinedCommodity
        self.arrayDecimals = arrayDecimals
        self.losses = losses
        self.isMarked = isMarked
        self.netOptionValue = netOptionValue
    }
}

extension StressBook {
    /// A book and the losses of its series, which are published: nothing of it can be valued again.
    ///
    /// `positions` index `published`, whose arrays are of one length, `scenarioCount`, and of combined commodities and
    /// currencies that the house has. A rate that lacks counts 1 here (`StatedStress.compute` refuses it).
    /// - Throws: `StressRefusal` for numbers that leave the bounds.
    package static func published(
        _ published: [PublishedStressArray], scenarioCount: Int, house: ClearingHouse, base: Currency,
        rates: ExchangeRates, positions book: PositionBook
    ) throws -> (StressBook, StressArrays) {
        let known = Dictionary(house.currencies.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let currencyOf = Dictionary(
            house.combinedCommodities.compactMap { commodity in known[commodity.currency].map { (commodity.code, $0) }
            },
            uniquingKeysWith: { first, _ in first })
        let rows = published.enumerated().compactMap { place, array in
            currencyOf[array.combinedCommodity].map { (place: place, array: array, currency: $0) }
        }.sorted {
            ($0.currency.code, $0.array.combinedCommodity, $0.array.series)
                < ($1.currency.code, $1.array.combinedCommodity, $1.array.series)
        }
        var (used, commodities): ([Currency], [StressedCommodity]) = ([], [])
        var indices = [Int32?](repeating: nil, count: published.count)
        for (index, row) in rows.enumerated() {
            if used.last?.code != row.currency.code { used.append(row.currency) }
            if commodities.last?.code != row.array.combinedCommodity {
                commodities.append(
                    StressedCommodity(
                        code: row.array.combinedCommodity, currency: used.count - 1,
                        arrayDecimals: row.array.arrayDecimals, revaluation: nil))
            }
            indices[row.place] = Int32(index)
        }
        let (portfolios, positions) = try portfolios(house, book, indices, published.map(\.series))
        let held = Set(positions.map(\.series))
        let places = Dictionary(
            commodities.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
        let series = rows.enumerated().map { index, row in
            StressedSeries(
                code: row.array.series, month: row.array.month,
                combinedCommodity: places[row.array.combinedCommodity] ?? 0, valuation: nil, volatility: nil,
                netOptionValue: row.array.netOptionValue, isMarked: row.array.isMarked,
                isHeld: held.contains(Int32(index)))
        }
        let stressed = StressBook(
            house: house, base: base,
            currencies: try currencies(used, series, commodities, base: base, rates),
            positionCurrencies: Set(
                book.positions.compactMap { currencyOf[published[Int($0.series)].combinedCommodity]?.code }
            ).sorted(), commodities: commodities, series: series, portfolios: portfolios, positions: positions)
        var losses = LossRows(columns: scenarioCount, expectedRows: rows.count)
        for row in rows { losses.append(row.array.losses) }
        return (stressed, StressArrays(rows: losses))
    }
}
