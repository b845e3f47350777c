import ClearingModel
import Margining
import MarketModel
import Parameters
import Quantities
import RiskArrays
import Scenarios

/// One night on the lists of both: what it lacks of a list is the other night's, so that every row is found in either.
///
/// Which series a night has an array for, what was held and what it published stay its own.
struct AlignedNight: Sendable {
    let house: ClearingHouse
    let parameters: ParameterSet
    let market: MarketSnapshot
    let exchangeRates: [CurrencyPair: ExactDecimal]
    let liquidity: [CombinedCommodityCode: LiquidityRow]
    /// By series: whether the night published an array, and whether it settles finally then, so that nobody holds it.
    let isListed: [Bool]
    let isSettled: [Bool]
    /// By series; nil for futures and where the night published none.
    let volatilities: [SeriesVolatility?]
    /// By account and series.
    let positions: PositionBook
    let published: [AccountCode: PublishedFigures]

    /// - Throws: `ScenarioSetError` never of rows that a run has used.
    init(_ night: NightInputs, other: NightInputs) throws(ScenarioSetError) {
        let house = ClearingHouse(night.house, completedBy: other.house)
        self.house = house
        parameters = try night.parameters.completed(
            by: other.parameters, listing: night.listedMonths, types: house.contracts)
        let (own, others) = (night.pricesByCode, other.pricesByCode)
        let prices = house.series.map { series in
            let (mine, theirs) = (own[series.code], others[series.code])
            return SeriesPrices(
                settlement: mine?.settlement ?? (mine?.finalSettlement == nil ? theirs?.settlement : nil),
                finalSettlement: mine?.finalSettlement)
        }
        market = night.market.completed(by: other.market, prices: prices, of: house)
        exchangeRates = night.exchangeRates.merging(other.exchangeRates) { mine, _ in mine }
        liquidity = night.liquidity.merging(other.liquidity) { mine, _ in mine }
        isListed = house.series.map { night.listed.contains($0.code) }
        isSettled = house.series.map { own[$0.code]?.finalSettlement != nil }
        volatilities = house.series.map { night.volatilities[$0.code] }
        positions = night.positions(in: house)
        published = night.published
    }
}

extension NightInputs {
    fileprivate var pricesByCode: [SeriesCode: SeriesPrices] {
        Dictionary(zip(house.series.map(\.code), market.prices), uniquingKeysWith: { first, _ in first })
    }

    /// The months in which each combined commodity lists a series.
    fileprivate var listedMonths: [CombinedCommodityCode: Set<ContractMonth>] {
        let commodities = Dictionary(
            house.contracts.map { ($0.code, $0.combinedCommodity) }, uniquingKeysWith: { first, _ in first })
        var months: [CombinedCommodityCode: Set<ContractMonth>] = [:]
        for series in house.series where listed.contains(series.code) {
            if let commodity = commodities[series.contract] {
                months[commodity, default: []].insert(series.contractMonth)
            }
        }
        return months
    }

    /// The positions by the accounts, owners and series of a house that has all of the night's.
    fileprivate func positions(in aligned: ClearingHouse) -> PositionBook {
        let series = CodeIndex(aligned.series.map(\.code.text))
        let places = house.series.map { Int32(series.place($0.code.text)) }
        let accounts = CodeIndex(house.accounts.map(\.code.text))
        var (moved, spans) = ([Position](), [Range<Int>]())
        moved.reserveCapacity(positions.positions.count)
        for account in aligned.accounts {
            let start = moved.count
            if let own = accounts.position(of: account.code.text) {
                let owners = ownerPlaces(ofAccount: own, in: aligned)
                for position in positions.positions(ofAccount: own) {
                    moved.append(
                        Position(
                            owner: owners[Int(position.owner)], series: places[Int(position.series)],
                            long: position.long, short: position.short))
                }
            }
            spans.append(start..<moved.count)
        }
        return PositionBook(positions: moved, spans: spans)
    }

    /// Where the account's owners lie among those that both nights have of it.
    private func ownerPlaces(ofAccount index: Int, in aligned: ClearingHouse) -> [Int32] {
        let account = house.accounts[index]
        let own = account.marginingType == .segregated ? house.owners[account.code] ?? [.none] : [.none]
        let all = aligned.owners[account.code] ?? [.none]
        return own.map { Int32(all.firstIndex(of: $0) ?? 0) }
    }
}

extension CodeIndex {
    fileprivate func place(_ code: String) -> Int {
        guard let position = position(of: code) else { preconditionFailure("\(code) is on the list of both nights") }
        return position
    }
}
