import ClearingModel
import MarginCalls
import Margining
import MarketModel
import ParallelWork
import Parameters
import Quantities
import RiskArrays
import Scenarios
import Simulation
import Stress

/// The requirements of a date (docs/methodology.md §4–§7), and what follows from them.
struct MarginedNight: Sendable {
    /// In the order of the house's series.
    private let published: [PublishedRiskArray]
    private let kernel: MarginKernel
    /// What is left of tonight's book, by the house's accounts and the kernel's series.
    private let positions: PositionBook
    private let terms: [AccountTerms?]
    /// By the house's accounts; nil where one holds nothing.
    private let accounts: [MarginedAccount?]
    private let settlementPrices: [SeriesCode: ExactDecimal]

    /// Values every series, publishes arrays, and margins every account.
    static func compute(
        _ inputs: NextNightInputs, _ still: StillMarket, threads: Int, scenarios: NextScenarioSource
    ) async throws -> MarginedNight {
        let (house, parameters) = (inputs.house, inputs.parameters)
        let published = try await arrays(house, still.market, parameters, threads: threads)
        var prices: [SeriesCode: ExactDecimal] = [:]
        for (series, quote) in zip(house.series, still.market.prices) { prices[series.code] = quote.settlement }
        let book = try MarginBook(
            MarginBookRows(
                house, parameters, exchangeRates: inputs.exchangeRates, settlementPrices: prices,
                published: Set(published.map(\.series))))
        let kernel = MarginKernel(book: book, arrays: try PublishedArrays(published, in: book))
        let positions = try inputs.positions.placed(
            house.series.map { Int32(book.seriesIndex(of: $0.code) ?? -1) }, series: house.series,
            keeping: still.isSettling.map { !$0 })
        let terms = AccountTerms.all(of: house, parameters)
        for (place, account) in house.accounts.enumerated()
        where terms[place] == nil && !positions.spans[place].isEmpty {
            throw NextNightError.noAccountClass(account.code, account.accountClass)
        }
        let simulations = try await simulate(
            inputs, still.market, published, kernel, positions, threads: threads, scenarios: scenarios)
        let outcomes = await inChunks(house.accounts.count, threads: threads, of: 256) { chunk in
            var scratch = KernelScratch()
            return chunk.map { index -> Result<MarginedAccount?, any Error> in
                let held = positions.positions(ofAccount: index)
                guard !held.isEmpty, let terms = terms[index] else { return .success(nil) }
                return Result {
                    try MarginedAccount(of: terms, held, kernel, simulations, parameters.simulation, &scratch)
                }
            }
        }
        return MarginedNight(
            published: published, kernel: kernel, positions: positions, terms: terms,
            accounts: try outcomes.map { try $0.get() }, settlementPrices: prices)
    }

    private static func arrays(
        _ house: ClearingHouse, _ market: MarketSnapshot, _ parameters: ParameterSet, threads: Int
    ) async throws -> [PublishedRiskArray] {
        let book = try ValuationBook(house: house, market: market, parameters: parameters)
        let volatilities = VolatilitySolver.borrow(
            await inChunks(book.valuations.count, threads: threads) { VolatilitySolver.solve(book.valuations[$0]) },
            in: book)
        return await inChunks(book.valuations.count, threads: threads) { chunk in
            chunk.map { place in
                let valuation = book.valuations[place]
                return RiskArrayKernel.array(
                    of: valuation, volatility: volatilities[place], terms: book.terms[valuation.terms],
                    series: house.series[valuation.series].code)
            }
        }
    }

    private static func simulate(
        _ inputs: NextNightInputs, _ market: MarketSnapshot, _ published: [PublishedRiskArray], _ kernel: MarginKernel,
        _ positions: PositionBook, threads: Int, scenarios: NextScenarioSource
    ) async throws -> RiskGroupSimulations? {
        guard !inputs.parameters.simulation.riskGroups.isEmpty else { return nil }
        let simulations = try await RiskGroupSimulations.simulate(
            inputs.parameters,
            book: SimulationBook(
                house: inputs.house, market: market, parameters: inputs.parameters,
                volatilities: published.volatilities),
            kernel: kernel, positions: positions.positions, threads: threads, scenarios: scenarios)
        return simulations.groups.isEmpty ? nil : simulations
    }

    /// What every account has to cover beside variation margin: requirement, add-ons (§9) and what stress is charged
    /// (§8.5).
    func totals(
        _ inputs: NextNightInputs, _ still: StillMarket, threads: Int
    ) async throws -> [AccountCode: AccountTotals] {
        let (house, rates) = (inputs.house, inputs.rates)
        var requirements: [AccountCode: ExactDecimal] = [:]
        for (account, margined) in zip(house.accounts, accounts) {
            guard let margined, !margined.requirement.currencies.isEmpty else { continue }
            requirements[account.code] = margined.requirement.requirement.amount
        }
        let computed = try await RunAddOns.compute(
            AddOnInputs(
                house: house, parameters: inputs.parameters, liquidity: inputs.liquidity, rates: rates,
                exposures: accounts.compactMap { $0?.exposures }, requirements: requirements,
                groups: SimulatedGroups(accounts.flatMap { $0?.groups ?? [] }, inputs.parameters.simulation),
                portfolios: AddOnInputs.needsPortfolios(house, inputs.parameters.accountClasses)
                    ? MarginedPortfolios(
                        kernel: kernel, positions: positions, accountTerms: terms, settlementPrices: settlementPrices)
                    : nil),
            threads: threads)
        var sums: [AccountCode: ExactDecimal] = [:]
        func add(_ amount: Money, to account: AccountCode) { sums[account] = (sums[account] ?? .zero) + amount.amount }
        for line in computed.addOns { add(line.converted, to: line.account) }
        for line in try await stressCharges(inputs, still, computed.addOns, threads: threads) {
            add(line.converted, to: house.accounts[line.account].code)
        }
        return requirements.reduce(into: [:]) { totals, row in
            totals[row.key] = AccountTotals(requirement: row.value, addOns: sums[row.key] ?? .zero)
        }
    }

    /// What accounts are charged for their members' stress; nothing where the parameters do not ask for it.
    private func stressCharges(
        _ inputs: NextNightInputs, _ still: StillMarket, _ addOns: [AccountAddOn], threads: Int
    ) async throws -> [StressAddOnLine] {
        guard let set = inputs.parameters.stress, set.addOnShare != nil else { return [] }
        let (house, rates) = (inputs.house, inputs.rates)
        guard let stated = inputs.stress, let base = house.currencies.first(where: { $0.code == stated.base }) else {
            throw NextNightError.noBaseCurrency
        }
        let places = Dictionary(
            published.enumerated().map { ($1.series, Int32($0)) }, uniquingKeysWith: { first, _ in first })
        let held = try inputs.positions.placed(
            house.series.map { places[$0.code] ?? -1 }, series: house.series, keeping: still.isSettling.map { !$0 })
        let book = try StressBook(
            house: house, market: still.market, parameters: inputs.parameters, horizonDays: set.horizonDays, base: base,
            rates: rates, positions: held, published: published)
        let test = try await StressTest.compute(
            StressInputs(
                set: set.chargingAlone, book: book, covers: try covers(house, rates, addOns),
                resources: stated.resources, rates: rates, secondRound: nil),
            onlyHeld: true, threads: threads)
        return test.charges.flatMap(\.lines)
    }

    /// What each account's stress is held against (docs/methodology.md §8.3).
    private func covers(
        _ house: ClearingHouse, _ rates: ExchangeRates, _ addOns: [AccountAddOn]
    ) throws -> [AccountCode: AccountCover] {
        var covers: [AccountCode: AccountCover] = [:]
        for (place, account) in house.accounts.enumerated() {
            guard let margined = accounts[place], let terms = terms[place] else { continue }
            var cover = AccountCover(requirement: margined.requirement.requirement.minorUnits)
            for owner in margined.requirement.owners where terms.owner(owner.owner) != .none {
                let into = try rates.into(account.callCurrency)
                for currency in owner.currencies {
                    cover.owners[terms.owner(owner.owner), default: .init()].requirement +=
                        try into.converted(requirement: currency.requirement).minorUnits
                }
            }
            covers[account.code] = cover
        }
        for line in addOns {
            let amount = line.converted.minorUnits
            if line.owner == .none {
                covers[line.account, default: AccountCover()].addOns += amount
            } else {
                covers[line.account, default: AccountCover()].owners[line.owner, default: .init()].addOns += amount
            }
        }
        return covers
    }
}
