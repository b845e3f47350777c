import ClearingModel
import Parameters
import Quantities

/// What the moves of one past window would do to a date's book, in minor units of the base currency.
package struct WindowOutcome: Sendable {
    /// Of an account: what closing it out would cost (E of docs/methodology.md §8.3, its owners' added), and what of
    /// it the cover leaves open.
    package let exposure: Int64
    package let shortfall: Int64
    /// Of the whole book: the groups with the largest shortfalls, and their sum.
    package let groups: [CompanyGroupCode]
    package let coverTwo: Int64
}

/// A date's book, or one account of it, under many scenarios: each series is valued in full in each.
package struct WindowedBook: Sendable {
    private let inputs: StressInputs
    /// Σ R of the account; of the whole book 0.
    package let cover: Int64
    package let fund: Int64
    private let isOfAccount: Bool

    /// Scenarios valued at a time: what bounds the memory.
    private static let batch = 32

    /// The whole book, or one account alone; nil where the house has no such account.
    package init?(_ inputs: StressInputs, account: AccountCode?) throws {
        var book = inputs.book
        if let account {
            guard let only = book.only(account) else { return nil }
            book = only
        }
        let inputs = inputs.asking(inputs.set, of: book)
        self.inputs = inputs
        isOfAccount = account != nil
        cover = account == nil ? 0 : try stressCovers(inputs.covers, of: book, rates: inputs.rates).reduce(0, +)
        fund = try StressResources(
            inputs.resources, members: [], base: book.base, rates: inputs.rates, needsLiquidity: false
        ).fund
    }

    /// The combined commodities that somebody holds, by code.
    package var heldCommodities: [CombinedCommodityCode] {
        Set(inputs.book.series.filter(\.isHeld).map { inputs.book.commodities[$0.combinedCommodity].code }).sorted()
    }

    package var base: Currency { inputs.book.base }

    /// What each scenario would do, in their order; the same for any number of threads. What no row moves stays where
    /// it is, but for the stress set's horizon.
    /// - Throws: `StressRefusal` as the night's stress test.
    package func outcomes(
        _ scenarios: [(code: StressScenarioCode, moves: [StressMove])], threads: Int
    ) async throws -> [WindowOutcome] {
        var outcomes: [WindowOutcome] = []
        var rest = scenarios[...]
        while !rest.isEmpty {
            let batch = rest.prefix(Self.batch)
            rest = rest.dropFirst(batch.count)
            let test = try await StressTest.compute(
                inputs.asking(inputs.set.with(Array(batch))), onlyHeld: true, threads: threads)
            outcomes += (1...batch.count).map { outcome(test, $0) }
        }
        return outcomes
    }

    private func outcome(_ test: StressTest, _ scenario: Int) -> WindowOutcome {
        guard isOfAccount else {
            let need = test.coverRequirements[scenario]
            return WindowOutcome(
                exposure: 0, shortfall: 0, groups: need.groups.map { test.units.groups[$0] }, coverTwo: need.coverTwo)
        }
        let exposures = test.exposures.values(in: scenario)
        return WindowOutcome(
            exposure: exposures.reduce(0, +),
            shortfall: zip(exposures, test.covers).reduce(0) { $0 + max(0, $1.0 - $1.1) }, groups: [], coverTwo: 0)
    }
}

extension StressSet {
    /// The set with other scenarios, and without charges, a search for the edge and a second round.
    fileprivate func with(_ scenarios: [(code: StressScenarioCode, moves: [StressMove])]) -> StressSet {
        let unmoved = StressMove(combinedCommodity: nil, price: .absolute(.zero), volatility: .relative(.zero))
        return StressSet(
            code: code, horizonDays: horizonDays, houseSurplusCoversClients: houseSurplusCoversClients,
            coverCount: coverCount,
            scenarios: scenarios.enumerated().map { index, scenario in
                StressScenario(
                    number: index + 1, code: scenario.code, kind: .other, moves: scenario.moves + [unmoved])
            })
    }
}

extension StressBook {
    /// One account with all the series; nil where the house has no such account.
    fileprivate func only(_ account: AccountCode) -> StressBook? {
        let portfolios = portfolios.filter { house.accounts[$0.account].code == account }
        if portfolios.isEmpty { return nil }
        let held = Set(portfolios.flatMap { positions[$0.positions].map(\.series) })
        return StressBook(
            house: house, base: base, currencies: currencies, positionCurrencies: positionCurrencies,
            commodities: commodities,
            series: series.enumerated().map { index, series in
                StressedSeries(
                    code: series.code, month: series.month, combinedCommodity: series.combinedCommodity,
                    valuation: series.valuation, volatility: series.volatility, netOptionValue: series.netOptionValue,
                    isMarked: series.isMarked, isHeld: held.contains(Int32(index)))
            }, portfolios: portfolios, positions: positions)
    }
}
