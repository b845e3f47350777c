import ClearingModel
import Margining
import Parameters
import Runtime
import Scenarios
import Storage

/// Charges what the requirement does not cover: liquidation horizon, half-spread, impact, concentration of accounts and
/// members, wrong-way positions, credit grade (docs/methodology.md §9), and correlation underestimation (§7).
struct AddOnsStep: StageStep {
    func openScope(_ execution: StageExecution) throws {
        guard let base = execution.base else { return try execution.tables.openWhole() }
        try execution.openAffectedAccounts(base) { try execution.tables.openAccountsOfAddOns() }
    }

    func perform(_ execution: StageExecution, _ settings: RunSettings) async throws -> Int64 {
        let run = execution.context.run
        let inputs = try AddOnInputs.load(execution)
        let computed = try await RunAddOns.compute(inputs, threads: settings.threads, completed: Progress.parts)
        let store = AddOnStore(execution.database)
        var written = try store.save(computed.addOns, run: run) { Failpoint.midCopy.reached(.addOns) }
        written += try store.save(computed.concentrations, run: run)
        written += try store.save(computed.underestimations, run: run)
        return written
    }
}

extension AddOnInputs {
    /// Series, their prices, arrays and positions are read only where a row asks for what looks into portfolios again.
    fileprivate static func load(_ execution: StageExecution) throws -> AddOnInputs {
        let (context, database) = (execution.context, execution.database)
        let parameters = try ParameterSet.load(context.parameters, from: database)
        let exchangeRates = try MarketStore(database, of: context.pinned, scope: execution.scope).exchangeRates()
        var house = try ClearingHouse.load(
            pinnedAt: context.pinnedLoad, scope: execution.scope, parts: [.accounts], from: database)
        var portfolios: MarginedPortfolios?
        if needsPortfolios(house, parameters.accountClasses) {
            house = try house.withSeries(pinnedAt: context.pinnedLoad, scope: execution.scope, from: database)
            let inputs = try MarginInputs.load(execution, house, parameters, exchangeRates: exchangeRates)
            portfolios = MarginedPortfolios(
                kernel: inputs.kernel, positions: try inputs.positions(execution), accountTerms: inputs.accountTerms,
                settlementPrices: inputs.settlementPrices)
        }
        let store = AddOnStore(database)
        let groups =
            parameters.simulation.riskGroups.isEmpty
            ? [] : try RiskGroupStore(database).load(run: context.run, currencies: house.currencies)
        return AddOnInputs(
            house: house, parameters: parameters,
            liquidity: try LiquidityStore(database).liquidity(pin: context.pinnedLoad, context.businessDate),
            rates: ExchangeRates(house.currencies, rates: exchangeRates, haircuts: parameters.fxHaircuts),
            exposures: try store.exposures(run: context.run, currencies: house.currencies),
            requirements: try store.requirements(run: context.run),
            groups: SimulatedGroups(groups, parameters.simulation), portfolios: portfolios)
    }
}
