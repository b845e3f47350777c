import ClearingModel
import MarketModel
import Quantities

extension ClearingHouse {
    /// A night's rows, and of what it lacks the other night's; every list in the order of its codes, so that two houses
    /// that complete each other list the same.
    ///
    /// An account that is segregated on either night has the owners of both, and nobody by name among them where a
    /// night has none or margins it as one.
    init(_ night: ClearingHouse, completedBy other: ClearingHouse) {
        let accounts = completing(night.accounts, with: other.accounts, by: \.code)
        var owners: [AccountCode: [OwnerCode]] = [:]
        var segregated: Set<AccountCode> = []
        for house in [night, other] {
            for account in house.accounts {
                let isSegregated = account.marginingType == .segregated
                if isSegregated { segregated.insert(account.code) }
                owners[account.code, default: []] += isSegregated ? house.owners[account.code] ?? [.none] : [.none]
            }
        }
        owners = owners.filter { segregated.contains($0.key) }.mapValues { Set($0).sorted() }
        self.init(
            currencies: completing(night.currencies, with: other.currencies, by: \.code),
            members: completing(night.members, with: other.members, by: \.code), accounts: accounts, owners: owners,
            combinedCommodities: completing(night.combinedCommodities, with: other.combinedCommodities, by: \.code),
            contracts: completing(night.contracts, with: other.contracts, by: \.code),
            series: completing(night.series, with: other.series, by: \.code))
    }
}

/// A night's rows and of the keys it lacks the other night's, in the order of the keys.
func completing<Row, Key: Hashable & Comparable>(
    _ rows: [Row], with others: [Row], by key: (Row) -> Key
) -> [Row] {
    let known = Set(rows.map(key))
    return (rows + others.filter { !known.contains(key($0)) }).sorted { key($0) < key($1) }
}

extension MarketSnapshot {
    /// A night's market on the series of `house`, with what it lacks from the other night's.
    ///
    /// Every series may be valued, also where it has expired: it stands at T = 0 then. An average that neither night
    /// has is the underlying's price, as on the first of its days.
    func completed(by other: MarketSnapshot, prices: [SeriesPrices], of house: ClearingHouse) -> MarketSnapshot {
        var averages = realisedAverages.merging(other.realisedAverages) { mine, _ in mine }
        let spots = underlyingPrices.merging(other.underlyingPrices) { mine, _ in mine }
        let places = Dictionary(
            house.series.enumerated().map { ($1.code.text, $0) }, uniquingKeysWith: { first, _ in first })
        for series in house.series where averages[series.code] == nil {
            guard case .option(let option) = series.kind, option.averagingFrom != nil else { continue }
            averages[series.code] =
                spots[option.underlying]
                ?? places[option.underlying.text].flatMap { prices[$0].settlement ?? prices[$0].finalSettlement }
        }
        return MarketSnapshot(
            businessDate: businessDate, calendar: calendar, prices: prices, unsettled: Set(house.series.map(\.code)),
            underlyingPrices: spots, volatilities: volatilities.merging(other.volatilities) { mine, _ in mine },
            realisedAverages: averages, rates: rates.merging(other.rates) { mine, _ in mine })
    }

    /// The prices of this night with the assigned volatilities of another, seen from a date of a calendar.
    func crossed(_ assigned: MarketSnapshot, on date: BusinessDate, _ days: BusinessCalendar) -> MarketSnapshot {
        MarketSnapshot(
            businessDate: date, calendar: days, prices: prices, unsettled: unsettled,
            underlyingPrices: underlyingPrices, volatilities: assigned.volatilities,
            realisedAverages: realisedAverages, rates: rates)
    }
}
