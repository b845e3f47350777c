import ClearingModel
import Margining
import MarketModel
import ParallelWork
import Parameters
import Quantities
import Results
import Runtime
import Scenarios
import Simulation
import Storage

/// Computes every account's requirement from the published arrays: scanning risk, spreads, delivery, credits, short
/// option minimum, net option value, cap, conversion.
struct OffsetsStep: StageStep {
    func openScope(_ execution: StageExecution) throws {
        guard let base = execution.base else { return try execution.tables.openWhole() }
        try execution.openAffectedAccounts(base) { try execution.tables.openAccountsOfOffsets(since: base.pinnedLoad) }
    }

    func perform(_ execution: StageExecution, _ settings: RunSettings) async throws -> Int64 {
        let (run, scope, database) = (execution.context.pinned, execution.scope, execution.database)
        let house = try ClearingHouse.load(pinnedAt: run.load, scope: scope, from: database)
        let parameters = try ParameterSet.load(run.parameters, from: database)
        // Series are valued again only in histories.
        let market =
            parameters.simulation.riskGroups.isEmpty
            ? nil
            : try MarketSnapshot.load(
                pinnedAt: run.load, businessDate: run.businessDate, cycle: run.cycle, series: house.series,
                scope: scope, from: database)
        let inputs = try MarginInputs.load(
            execution, house, parameters,
            exchangeRates: try MarketStore(database, of: run, scope: scope).exchangeRates(),
            settlementPrices: market?.settlementPrices(of: house.series))
        let positions = try inputs.positions(execution)
        var simulations: RiskGroupSimulations?
        if let market {
            simulations = try await simulate(market, execution, inputs, positions, settings)
        }
        let computation = RequirementComputation(
            inputs: inputs, positions: positions, simulations: simulations, threads: settings.threads)
        let (store, groups) = (RequirementStore(database), RiskGroupStore(database))
        var rows: Int64 = 0
        try await inSpans(house.accounts.count, of: RequirementComputation.spanSize) { span in
            await computation.outcomes(of: span)
        } use: { span, outcomes in
            let outcomes = try outcomes.map { try $0.get() }
            if simulations != nil { rows += try groups.save(outcomes.flatMap(\.groups), run: run.id) }
            rows += try store.save(
                outcomes.map(\.requirement), ofAccounts: span, book: inputs.kernel.book, house: house, run: run.id
            ) { if span.lowerBound == 0 { Failpoint.midCopy.reached(.offsets) } }
            Progress.part("\(span.upperBound) of \(house.accounts.count) accounts")
            try StopSignals.check()
        }
        return rows
    }

    /// The simulations of the set's groups; nil where nobody is in one.
    private func simulate(
        _ market: MarketSnapshot, _ execution: StageExecution, _ inputs: MarginInputs, _ positions: PositionBook,
        _ settings: RunSettings
    ) async throws -> RiskGroupSimulations? {
        let (run, factors) = (execution.context.pinned, RiskFactorStore(execution.database))
        let simulations = try await RiskGroupSimulations.simulate(
            inputs.parameters,
            book: SimulationBook(
                house: inputs.house, market: market, parameters: inputs.parameters,
                volatilities: inputs.volatilities),
            kernel: inputs.kernel, positions: positions.positions, threads: settings.threads,
            completed: Progress.parts
        ) { needed, simulation, windows in
            try factors.scenarios(of: needed, simulation, windows: windows, pin: run.load, run.businessDate)
        }
        return simulations.groups.isEmpty ? nil : simulations
    }
}

extension MarketSnapshot {
    /// The settlement prices of the series that have one; `series` are those the snapshot was read for.
    fileprivate func settlementPrices(of series: [Series]) -> [SeriesCode: ExactDecimal] {
        var found: [SeriesCode: ExactDecimal] = [:]
        for (series, prices) in zip(series, prices) { found[series.code] = prices.settlement }
        return found
    }
}
