import ClearingModel
import Margining
import MarketModel
import Parameters
import Quantities
import RiskArrays
import Scenarios

/// Two nights, and for every state which night's value of each input it computes with (docs/methodology.md §13.1).
///
/// A series, account, combined commodity or currency pair that the state's night lacks takes the other night's row.
/// A series that only one night lists stays whole with that night's prices and volatilities, so that a new or expired
/// series moves positions only, but for time; what settles finally today is yesterday's in that sense.
package struct CrossedNights: Sendable {
    /// Which kind of input two things are that houses state in different places.
    package struct Conventions: Sendable {
        /// How combined commodities trade.
        package var liquidity = AttributedKind.static
        /// The credit multiplier of an account class; a member's own is static.
        package var classMultiplier = AttributedKind.parameters

        package init() {}

        /// Of a neutral case: what an account is charged by has its volumes with it, and its multiplier is its own.
        package static let neutralCase = {
            var conventions = Conventions()
            conventions.liquidity = .parameters
            conventions.classMultiplier = .static
            return conventions
        }()
    }

    /// On the same lists.
    let yesterday: AlignedNight
    let today: AlignedNight
    private let conventions: Conventions
    /// By series: what of it differs between the nights.
    let differences: [SeriesDifferences]
    /// The kinds of input of which anything differs between the nights.
    private let differing: Set<AttributedKind>
    /// By account: whether it is margined in another way, so that what its owners hold is put together anew.
    private let changesType: [Bool]

    /// - Throws: `ScenarioSetError` never of rows that a run has used.
    package init(
        yesterday: NightInputs, today: NightInputs, conventions: Conventions = Conventions()
    ) throws(ScenarioSetError) {
        self.yesterday = try AlignedNight(yesterday, other: today)
        self.today = try AlignedNight(today, other: yesterday)
        self.conventions = conventions
        differences = SeriesDifferences.all(self.yesterday, self.today)
        differing = self.yesterday.differences(from: self.today, conventions)
        changesType = zip(self.yesterday.house.accounts, self.today.house.accounts)
            .map { $0.marginingType != $1.marginingType }
    }

    subscript(night: AttributedNight) -> AlignedNight { night == .yesterday ? yesterday : today }

    /// The accounts of either night, in the order of their codes: every figure of a state is parallel to them.
    package var accounts: [AccountCode] { yesterday.house.accounts.map(\.code) }

    /// The night's row of an account; the other night's where it has none.
    package func account(at index: Int, of night: AttributedNight) -> Account { self[night].house.accounts[index] }

    /// What an account of the list was published with; nil where the night has no figure of it.
    package func published(at index: Int, of night: AttributedNight) -> PublishedFigures? {
        self[night].published[self[night].house.accounts[index].code]
    }

    /// The state that comes to the same figures without switching kinds of which nothing differs.
    func reduced(_ state: AttributionState) -> AttributionState {
        differing.reduce(into: AttributionState.yesterday) { reduced, kind in
            if state.night(of: kind) == .today { reduced = reduced.switching(kind) }
        }
    }

    // MARK: What a state computes with

    /// Accounts, members, contracts and series.
    func house(_ state: AttributionState) -> ClearingHouse { self[state.night(of: .static)].house }

    func parameters(_ state: AttributionState) -> ParameterSet {
        let parameters = self[state.night(of: .parameters)].parameters
        guard conventions.classMultiplier != .parameters else { return parameters }
        return parameters.takingMultipliers(of: self[state.night(of: conventions.classMultiplier)].parameters)
    }

    func exchangeRates(_ state: AttributionState) -> [CurrencyPair: ExactDecimal] {
        self[state.night(of: .prices)].exchangeRates
    }

    func liquidity(_ state: AttributionState) -> [CombinedCommodityCode: LiquidityRow] {
        self[state.night(of: conventions.liquidity)].liquidity
    }

    /// Whether a series is listed, by its place.
    func isListed(_ state: AttributionState) -> [Bool] { self[state.night(of: .positions)].isListed }

    /// The nights that a series' prices and volatility are of.
    func source(ofSeries index: Int, _ state: AttributionState) -> SeriesSource {
        let held = state.night(of: .positions)
        func isPriced(_ night: AttributedNight) -> Bool {
            self[night].isListed[index] && (held == night || !self[night].isSettled[index])
        }
        switch (isPriced(.yesterday), isPriced(.today)) {
        case (true, false): return SeriesSource(prices: .yesterday, volatilities: .yesterday)
        case (false, true): return SeriesSource(prices: .today, volatilities: .today)
        case (true, true), (false, false):
            return SeriesSource(prices: state.night(of: .prices), volatilities: state.night(of: .volatilities))
        }
    }

    /// The market as a source has it, on the state's date.
    func market(_ source: SeriesSource, _ state: AttributionState) -> MarketSnapshot {
        self[source.prices].market.crossed(
            self[source.volatilities].market, on: self[state.night(of: .time)].market.businessDate,
            self[state.night(of: .static)].market.calendar)
    }

    /// What an account holds, by the series' places in a book.
    func positions(
        ofAccount index: Int, _ state: AttributionState, places: [Int32]
    ) -> [Position] {
        let held = self[state.night(of: .positions)].positions.positions(ofAccount: index)
        let isSegregated = house(state).accounts[index].marginingType == .segregated
        let placed = held.map { position in
            Position(
                owner: isSegregated ? position.owner : 0, series: places[Int(position.series)], long: position.long,
                short: position.short)
        }
        guard changesType[index], !isSegregated else { return placed }
        var whole: [Position] = []
        for position in placed.sorted(by: { $0.series < $1.series }) {
            if let last = whole.last, last.series == position.series {
                whole[whole.count - 1] = Position(
                    series: last.series, long: last.long + position.long, short: last.short + position.short)
            } else {
                whole.append(position)
            }
        }
        return whole
    }
}

/// Of which nights a series' prices and its volatility are.
struct SeriesSource: Hashable, Sendable {
    let prices: AttributedNight
    let volatilities: AttributedNight

    static let all = AttributedNight.allCases.flatMap { prices in
        AttributedNight.allCases.map { SeriesSource(prices: prices, volatilities: $0) }
    }
}
