import ClearingModel
import Margining
import ParallelWork
import Parameters
import Quantities
import RiskArrays
import Scenarios
import Simulation

/// The histories that simulated groups of a state are revalued in: the night's, by the factors, the simulation and the
/// stressed windows that the state's parameters ask for.
package typealias ScenarioSource = (
    AttributedNight, [RiskFactor], Scenarios.Simulation, [StressedWindow]
) throws -> HistoricalScenarios

/// What one account comes to in a state.
struct StateAccount: Sendable {
    let requirement: Money
    let exposures: AccountExposures
    let groups: [SimulatedGroupRow]
}

/// One state margined: the figures of every account (docs/methodology.md §4–§7, §9).
struct StateMargins: Sendable {
    let arrays: StateArrays
    let kernel: MarginKernel
    let positions: PositionBook
    let terms: [AccountTerms?]
    /// The combined commodities that are simulated in groups.
    let simulated: Set<CombinedCommodityCode>
    /// By account; nil where it holds nothing.
    let accounts: [StateAccount?]
    /// By account, in the minor units of the state's call currency; nil where it holds nothing.
    let figures: [PublishedFigures?]
    /// The accounts that did not keep the figures of the state before.
    let accountsMargined: Int

    /// Margins the state; accounts that the switch from `previous` changes nothing of keep their figures.
    static func compute(
        _ nights: CrossedNights, _ state: AttributionState, after previous: StateMargins?, threads: Int,
        scenarios: ScenarioSource
    ) async throws -> StateMargins {
        let (house, parameters) = (nights.house(state), nights.parameters(state))
        let exchangeRates = nights.exchangeRates(state)
        let arrays = try await StateArrays.compute(nights, state, after: previous?.arrays, threads: threads)
        var prices: [SeriesCode: ExactDecimal] = [:]
        for (series, valuation) in zip(house.series, arrays.valuations) { prices[series.code] = valuation?.settlement }
        let published = arrays.arrays.compactMap(\.self)
        let book = try MarginBook(
            MarginBookRows(
                house, parameters, exchangeRates: exchangeRates, settlementPrices: prices,
                published: Set(published.map(\.series))))
        let kernel = MarginKernel(book: book, arrays: try PublishedArrays(published, in: book))
        let terms = AccountTerms.all(of: house, parameters)
        let positions = positions(nights, state, house, book)
        let simulations = try await simulate(nights, state, arrays, kernel, positions, threads, scenarios)
        let changed = previous.map { $0.changedAccounts(to: kernel, positions, terms, parameters) }
        let outcomes = await inChunks(house.accounts.count, threads: threads, of: 256) { chunk in
            var scratch = KernelScratch()
            return chunk.map { index -> Result<StateAccount?, any Error> in
                if let previous, changed?[index] == false { return .success(previous.accounts[index]) }
                let held = positions.positions(ofAccount: index)
                guard !held.isEmpty, let terms = terms[index] else { return .success(nil) }
                return Result {
                    try StateAccount(of: terms, held, kernel, simulations, parameters.simulation, &scratch)
                }
            }
        }
        let accounts = try outcomes.map { try $0.get() }
        let margined = accounts.indices.count { accounts[$0] != nil && changed?[$0] != false }
        func margins(_ figures: [PublishedFigures?]) -> StateMargins {
            StateMargins(
                arrays: arrays, kernel: kernel, positions: positions, terms: terms,
                simulated: parameters.simulation.simulatedCommodities, accounts: accounts, figures: figures,
                accountsMargined: margined)
        }
        return margins(
            try await margins([]).figures(
                house, parameters, nights.liquidity(state), exchangeRates, prices, threads: threads))
    }

    /// The positions of every account by the book's series.
    private static func positions(
        _ nights: CrossedNights, _ state: AttributionState, _ house: ClearingHouse, _ book: MarginBook
    ) -> PositionBook {
        let places = house.series.map { Int32(book.seriesIndex(of: $0.code) ?? -1) }
        var (positions, spans) = ([Position](), [Range<Int>]())
        for index in house.accounts.indices {
            let start = positions.count
            positions += nights.positions(ofAccount: index, state, places: places)
            // Mostly in order already: both list series by combined commodity and code.
            let isOrdered = zip(positions[start...], positions[start...].dropFirst()).allSatisfy {
                ($0.owner, $0.series) <= ($1.owner, $1.series)
            }
            if !isOrdered { positions[start...].sort { ($0.owner, $0.series) < ($1.owner, $1.series) } }
            spans.append(start..<positions.count)
        }
        return PositionBook(positions: positions, spans: spans)
    }

    private static func simulate(
        _ nights: CrossedNights, _ state: AttributionState, _ arrays: StateArrays, _ kernel: MarginKernel,
        _ positions: PositionBook, _ threads: Int, _ scenarios: ScenarioSource
    ) async throws -> RiskGroupSimulations? {
        let parameters = nights.parameters(state)
        guard !parameters.simulation.riskGroups.isEmpty else { return nil }
        let levels = state.night(of: .volatilities)
        let simulations = try await RiskGroupSimulations.simulate(
            parameters,
            book: SimulationBook(
                valuations: arrays.valuations, volatilities: arrays.volatilities, terms: arrays.terms,
                series: nights.house(state).series.map(\.code)),
            kernel: kernel, positions: positions.positions, threads: threads
        ) { factors, simulation, windows in try scenarios(levels, factors, simulation, windows) }
        return simulations.groups.isEmpty ? nil : simulations
    }

    /// Requirement and add-ons of every account, in its call currency.
    private func figures(
        _ house: ClearingHouse, _ parameters: ParameterSet, _ liquidity: [CombinedCommodityCode: LiquidityRow],
        _ exchangeRates: [CurrencyPair: ExactDecimal], _ prices: [SeriesCode: ExactDecimal], threads: Int
    ) async throws -> [PublishedFigures?] {
        var requirements: [AccountCode: ExactDecimal] = [:]
        for (account, figures) in zip(house.accounts, accounts) {
            requirements[account.code] = figures?.requirement.amount
        }
        let needsPortfolios = AddOnInputs.needsPortfolios(house, parameters.accountClasses)
        let computed = try await RunAddOns.compute(
            AddOnInputs(
                house: house, parameters: parameters, liquidity: liquidity,
                rates: ExchangeRates(house.currencies, rates: exchangeRates, haircuts: parameters.fxHaircuts),
                exposures: accounts.compactMap { $0?.exposures }, requirements: requirements,
                groups: SimulatedGroups(accounts.flatMap { $0?.groups ?? [] }, parameters.simulation),
                portfolios: needsPortfolios
                    ? MarginedPortfolios(
                        kernel: kernel, positions: positions, accountTerms: terms, settlementPrices: prices) : nil),
            threads: threads)
        var sums: [AccountCode: Int64] = [:]
        for line in computed.addOns { sums[line.account, default: 0] += line.converted.minorUnits }
        return zip(house.accounts, accounts).map { account, figures in
            figures.map {
                PublishedFigures(requirement: $0.requirement.minorUnits, addOns: sums[account.code] ?? 0)
            }
        }
    }
}
