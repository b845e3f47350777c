import ClearingModel
import Margining
import MarketModel
import Parameters
import Quantities
import Results
import Scenarios
import Simulation
import Storage
import Validation

/// What hypothetical portfolios would have been asked for in a published run: margined by the same kernels on the run's
/// pinned inputs and published arrays, each as a net account of one class without member, owner and collateral
/// (docs/methodology.md §12.1).
package struct HypotheticalMargins: Sendable {
    /// One portfolio's, in minor units of the call currency.
    package struct PortfolioMargin: Hashable, Sendable {
        /// The requirement alone.
        package let model: Int64
        /// With every add-on but the credit grade's and the member's concentration.
        package let collected: Int64
        /// The requirement with every credit rate 0.1 lower.
        package let withoutCredit: Int64
    }

    private let inputs: MarginInputs
    private let simulations: RiskGroupSimulations?
    private let run: PinnedRun
    private let positions: PositionBook
    private let liquidity: [CombinedCommodityCode: LiquidityRow]
    private let rates: ExchangeRates

    /// How much lower every credit rate is in `PortfolioMargin.withoutCredit`.
    package static let creditRateCut = ExactDecimal(mantissa: 1, scale: 1)

    /// Reads what the run has pinned and published; `portfolios` hold series by their codes, each with at most one row
    /// a series.
    /// - Throws: `ValidationRefusal` `backtest_range` where the run's parameter set lacks the account class.
    package static func prepare(
        _ run: PinnedRun, accountClass: AccountClassCode, callCurrency: CurrencyCode,
        portfolios: [(code: HypotheticalPortfolioCode, held: [FrozenPosition])], threads: Int, from database: Database
    ) async throws -> HypotheticalMargins {
        let real = try ClearingHouse.load(pinnedAt: run.load, parts: [.series], from: database)
        let house = ClearingHouse(
            currencies: real.currencies, members: [],
            accounts: portfolios.map { portfolio in
                Account(
                    code: AccountCode(portfolio.code.text), member: MemberCode(""), origin: .house,
                    marginingType: .net, accountClass: accountClass, callCurrency: callCurrency)
            }, owners: [:], combinedCommodities: real.combinedCommodities, contracts: real.contracts,
            series: real.series)
        let parameters = try ParameterSet.load(run.parameters, from: database)
        guard parameters.accountClasses.contains(where: { $0.accountClass == accountClass }) else {
            throw ValidationRefusal(
                .backtestRange, "\(accountClass)", table: "backtest", column: "account_class",
                "parameter set \(run.parameterSet) of \(run.businessDate) has no such account class")
        }
        let store = MarketStore(database, of: run, scope: .whole)
        let exchangeRates = try store.exchangeRates()
        let inputs = try MarginInputs.load(
            run: run, scope: .whole, from: database, house, parameters, exchangeRates: exchangeRates)
        let positions = Self.book(portfolios.map(\.held), inputs.kernel)
        let simulations = try await simulate(run, inputs, positions, threads: threads, database)
        return HypotheticalMargins(
            inputs: inputs, simulations: simulations, run: run, positions: positions,
            liquidity: try LiquidityStore(database).liquidity(pin: run.load, run.businessDate),
            rates: ExchangeRates(house.currencies, rates: exchangeRates, haircuts: parameters.fxHaircuts))
    }

    private static func book(_ portfolios: [[FrozenPosition]], _ kernel: MarginKernel) -> PositionBook {
        let index = CodeIndex(kernel.book.series.map(\.code.text))
        var (positions, spans) = ([Position](), [Range<Int>]())
        for held in portfolios {
            let start = positions.count
            for position in held {
                guard let series = index.position(of: position.series.text) else { continue }
                positions.append(Position(series: Int32(series), long: position.long, short: position.short))
            }
            positions[start...].sort { $0.series < $1.series }
            spans.append(start..<positions.count)
        }
        return PositionBook(positions: positions, spans: spans)
    }

    private static func simulate(
        _ run: PinnedRun, _ inputs: MarginInputs, _ positions: PositionBook, threads: Int, _ database: Database
    ) async throws -> RiskGroupSimulations? {
        guard !inputs.parameters.simulation.riskGroups.isEmpty else { return nil }
        let market = try MarketSnapshot.load(
            pinnedAt: run.load, businessDate: run.businessDate, cycle: run.cycle, series: inputs.house.series,
            scope: .whole, from: database)
        let factors = RiskFactorStore(database)
        let simulations = try await RiskGroupSimulations.simulate(
            inputs.parameters,
            book: SimulationBook(
                house: inputs.house, market: market, parameters: inputs.parameters, volatilities: inputs.volatilities),
            kernel: inputs.kernel, positions: positions.positions, threads: threads
        ) { needed, simulation, windows in
            try factors.scenarios(of: needed, simulation, windows: windows, pin: run.load, run.businessDate)
        }
        return simulations.groups.isEmpty ? nil : simulations
    }

    /// Each portfolio's margin, in the order in which they were given; nil for one that holds nothing. What the night
    /// itself would refuse of one portfolio leaves the others their margin.
    package func margins(threads: Int) async -> [Result<PortfolioMargin?, ValidationRefusal>] {
        let computation = RequirementComputation(
            inputs: inputs, positions: positions, simulations: simulations, threads: threads)
        let outcomes = await computation.outcomes(of: inputs.house.accounts.indices)
        var scratch = KernelScratch()
        var margins: [Result<PortfolioMargin?, ValidationRefusal>] = []
        for (place, outcome) in outcomes.enumerated() {
            do {
                margins.append(.success(try await margin(at: place, try outcome.get(), threads: threads, &scratch)))
            } catch {
                margins.append(.failure(refusal(of: error, at: place)))
            }
        }
        return margins
    }

    private func margin(
        at place: Int, _ outcome: RequirementComputation.Outcome, threads: Int, _ scratch: inout KernelScratch
    ) async throws -> PortfolioMargin? {
        guard let requirement = outcome.requirement, let terms = inputs.accountTerms[place] else { return nil }
        let held = positions.positions(ofAccount: place)
        let cut = try inputs.kernel.requirement(
            of: terms, positions: held, creditRateCut: .by(Self.creditRateCut), scratch: &scratch)
        let lowered = try simulations?.applied(cut, of: terms, held, kernel: inputs.kernel).0 ?? cut
        let model = requirement.requirement.minorUnits
        return PortfolioMargin(
            model: model,
            collected: model + (try await addOns(of: place, requirement, outcome.groups, threads: threads)),
            withoutCredit: lowered.requirement.minorUnits)
    }

    private func refusal(of error: any Error, at place: Int) -> ValidationRefusal {
        let portfolio = inputs.house.accounts[place].code
        switch error {
        case ConversionError.noRate(let from, let to), MarginingError.noConversion(let from, let to):
            return ValidationRefusal(
                .rateMissing, "\(from) \(to)", table: "fx_rate", column: "rate",
                "no rate from \(from) to \(to) for portfolio \(portfolio)")
        default:
            return ValidationRefusal(.notMargined, "\(portfolio)", table: "hypothetical_portfolio", "\(error)")
        }
    }

    /// A portfolio's add-ons in the call currency, as of a house that has no other. A net account without a member has
    /// no line of a member; the class's own grade is left out with the member's.
    private func addOns(
        of place: Int, _ requirement: AccountRequirement, _ groups: [RiskGroupResult], threads: Int
    ) async throws -> Int64 {
        let account = inputs.house.accounts[place]
        let held = Array(positions.positions(ofAccount: place))
        let house = ClearingHouse(
            currencies: inputs.house.currencies, members: [], accounts: [account], owners: [:],
            combinedCommodities: inputs.house.combinedCommodities, contracts: inputs.house.contracts,
            series: inputs.house.series)
        let needsPortfolios = AddOnInputs.needsPortfolios(house, inputs.parameters.accountClasses)
        let computed = try await RunAddOns.compute(
            AddOnInputs(
                house: house, parameters: inputs.parameters, liquidity: liquidity, rates: rates,
                exposures: [exposures(of: account.code, requirement, groups)], requirements: [:],
                groups: SimulatedGroups(groups.map(\.row), inputs.parameters.simulation),
                portfolios: needsPortfolios
                    ? MarginedPortfolios(
                        kernel: inputs.kernel, positions: PositionBook(positions: held, spans: [held.indices]),
                        accountTerms: [inputs.accountTerms[place]], settlementPrices: inputs.settlementPrices) : nil),
            threads: threads)
        return computed.addOns.reduce(0) { $1.level == .account ? $0 + $1.converted.minorUnits : $0 }
    }

    /// What the add-ons scale with, the simulated groups' risk in place.
    private func exposures(
        of account: AccountCode, _ requirement: AccountRequirement, _ groups: [RiskGroupResult]
    ) -> AccountExposures {
        let shares = groups.flatMap { group in zip(group.combinedCommodities, group.outcome.shares) }
        return AccountExposures(
            account: account,
            exposures: requirement.owners.flatMap(\.combinedCommodities).map { risk in
                let code = inputs.kernel.book.combinedCommodities[risk.combinedCommodity].code
                let share = shares.first { $0.0 == code }?.1
                return Exposure(
                    owner: .none, combinedCommodity: code, netDelta: risk.netDelta,
                    base: addOnBase(risk: share?.risk ?? risk.risk, netOptionValue: risk.netOptionValue),
                    initialRisk: share?.initialRisk ?? risk.initialRisk,
                    standaloneInitialRisk: share?.standaloneInitialRisk ?? risk.standaloneInitialRisk)
            }.sorted { $0.combinedCommodity < $1.combinedCommodity })
    }
}

extension RiskGroupResult {
    /// The group as the add-ons read it.
    fileprivate var row: SimulatedGroupRow {
        let currency = outcome.simulated.core.currency
        let found = outcome.simulated.measure == .scan ? nil : tail.correlationBreak
        return SimulatedGroupRow(
            account: account, owner: owner, riskGroup: riskGroup, measure: outcome.simulated.measure,
            core: outcome.simulated.core, valueAtRisk: Money(rounding: tail.valueAtRisk, currency: currency),
            breakExcess: found.map {
                ExactDecimal(mantissa: Int128(arrayUnits(rounding: $0.excess, decimals: 6)), scale: 6)
            }, breakAddOn: found?.addOn,
            held: zip(combinedCommodities, outcome.shares).map { ($0, $1.standaloneCore) })
    }
}
