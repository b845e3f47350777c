import ClearingModel
import Margining
import MarketModel
import Parameters
import Postgres
import Runtime
import Scenarios
import Storage

/// Charges what the requirement does not cover: liquidation horizon, half-spread, impact, concentration of accounts and
/// members, wrong-way positions, credit grade (docs/methodology.md §9), and correlation underestimation (§7).
struct AddOnsStep: StageStep {
    func openScope(_ scope: StageScope) throws {
        guard let base = scope.base else { return try scope.openWhole() }
        try scope.openAffectedAccounts(base) {
            let set = Value.text(scope.context.parameterSet.text)
            try scope.connection.execute(.scopeAddOns, [scope.pin, scope.date, scope.cycle, scope.run, set])
        }
    }

    func perform(
        _ context: RunContext, _ extent: StageExtent, _ connection: Connection, _ settings: RunSettings
    ) async throws -> Int64 {
        let inputs = try AddOnInputs.load(context, extent, from: connection)
        let computed = try await RunAddOns.compute(inputs, threads: settings.threads, completed: Progress.parts)
        let store = AddOnStore(connection)
        var written = try store.save(computed.addOns, run: context.run) { Failpoint.midCopy.reached(.addOns) }
        written += try store.save(computed.concentrations, run: context.run)
        written += try store.save(computed.underestimations, run: context.run)
        return written
    }
}

extension AddOnInputs {
    fileprivate static func load(
        _ context: RunContext, _ extent: StageExtent, from connection: Connection
    ) throws -> AddOnInputs {
        let house = try ClearingHouse.load(pinnedAt: context.pinnedLoad, scope: extent.loadScope, from: connection)
        let parameters = try ParameterSet.load(context.parameters, from: connection)
        let market = try MarketSnapshot.load(
            pinnedAt: context.pinnedLoad, businessDate: context.businessDate, cycle: context.cycle, series: [],
            from: connection)
        let store = AddOnStore(connection)
        let groups =
            parameters.simulation.riskGroups.isEmpty
            ? [] : try RiskGroupStore(connection).load(run: context.run, currencies: house.currencies)
        return AddOnInputs(
            house: house, parameters: parameters,
            liquidity: try LiquidityStore(connection).liquidity(pin: context.pinnedLoad, context.businessDate),
            rates: ExchangeRates(
                house.currencies, rates: market.exchangeRates, haircuts: parameters.fxHaircuts),
            exposures: try store.exposures(run: context.run, currencies: house.currencies),
            requirements: try store.requirements(run: context.run),
            groups: SimulatedGroups(groups, parameters.simulation),
            portfolios: needsPortfolios(house, parameters.accountClasses)
                ? try portfolios(context, extent, house, from: connection) : nil)
    }

    /// Arrays and positions, read a second time.
    private static func portfolios(
        _ context: RunContext, _ extent: StageExtent, _ house: ClearingHouse, from connection: Connection
    ) throws -> MarginedPortfolios {
        let inputs = try MarginInputs.load(context, extent, from: connection)
        let positions = try PositionStore(
            connection, house: house, series: inputs.kernel.book.series.map(\.code.text)
        ).load(
            pin: context.pinnedLoad, context.businessDate, cycle: context.cycle,
            accountCount: house.accounts.count)
        return MarginedPortfolios(
            kernel: inputs.kernel, positions: positions, accountTerms: inputs.accountTerms,
            settlementPrices: inputs.settlementPrices)
    }
}
