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
        let outcomes = await inChunks(house.accounts.count, threads: settings.threads, completed: Progress.parts) {
            range in
            requirementOutcomes(of: range, inputs, positions)
        }
        var requirements = try outcomes.map { try $0.get() }
        let simulated =
            if let market {
                try await simulate(&requirements, market, execution, inputs, positions, settings)
            } else { Int64(0) }
        return try simulated
            + RequirementStore(database).save(
                requirements, book: inputs.kernel.book, house: house, run: run.id
            ) { Failpoint.midCopy.reached(.offsets) }
    }

    /// Puts the simulated risk of the set's groups into the requirements, and writes what it came to. Returns the rows.
    ///
    /// Accounts go by in chunks, so that no more than one chunk's loss vectors are held at a time.
    private func simulate(
        _ requirements: inout [AccountRequirement?], _ market: MarketSnapshot, _ execution: StageExecution,
        _ inputs: MarginInputs, _ positions: PositionBook, _ settings: RunSettings
    ) async throws -> Int64 {
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
        guard !simulations.groups.isEmpty else { return 0 }
        let store = RiskGroupStore(execution.database)
        var rows: Int64 = 0
        for start in stride(from: 0, to: requirements.count, by: chunkSize) {
            let span = start..<min(start + chunkSize, requirements.count)
            let scanned = Array(requirements[span])
            let outcomes = await inChunks(span.count, threads: settings.threads, of: 32, completed: Progress.parts) {
                range in
                range.map { index in
                    groupOutcome(of: start + index, scanned[index], inputs, positions, simulations)
                }
            }
            var results: [RiskGroupResult] = []
            for (index, outcome) in zip(span, outcomes) {
                guard let (requirement, applied) = try outcome.get() else { continue }
                requirements[index] = requirement
                results += applied.map { inputs.result(of: $0, account: index) }
            }
            rows += try store.save(results, run: run.id)
        }
        return rows
    }
}

/// One account with its simulated groups in place; nil for one without positions.
private func groupOutcome(
    of index: Int, _ requirement: AccountRequirement?, _ inputs: MarginInputs, _ positions: PositionBook,
    _ simulations: RiskGroupSimulations
) -> Result<(AccountRequirement, [AppliedRiskGroup])?, MarginingError> {
    guard let requirement, let terms = inputs.accountTerms[index] else { return .success(nil) }
    do throws(MarginingError) {
        return .success(
            try simulations.applied(
                requirement, of: terms, positions.positions(ofAccount: index), kernel: inputs.kernel))
    } catch {
        return .failure(error)
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

extension MarginInputs {
    /// A group as a run keeps it, its indices as codes.
    fileprivate func result(of applied: AppliedRiskGroup, account index: Int) -> RiskGroupResult {
        let account = house.accounts[index]
        let owners = account.marginingType == .segregated ? house.owners[account.code] ?? [] : []
        let measured = applied.measured
        return RiskGroupResult(
            account: account.code, owner: owners.indices.contains(applied.owner) ? owners[applied.owner] : .none,
            riskGroup: parameters.simulation.riskGroups[measured.risk.group].code, outcome: applied.outcome,
            tail: measured.tail, losses: measured.losses, stressedLosses: measured.stressedLosses,
            decimals: measured.decimals,
            positions: measured.positions.map { (kernel.book.series[$0.series].code, $0.quantity) },
            combinedCommodities: applied.outcome.shares.map {
                kernel.book.combinedCommodities[$0.combinedCommodity].code
            })
    }
}

/// The requirements of a span of accounts; nil for one without positions.
private func requirementOutcomes(
    of range: Range<Int>, _ inputs: MarginInputs, _ positions: PositionBook
) -> [Result<AccountRequirement?, MarginingError>] {
    var scratch = KernelScratch()
    return range.map { index in
        let held = positions.positions(ofAccount: index)
        guard !held.isEmpty, let terms = inputs.accountTerms[index] else { return .success(nil) }
        do throws(MarginingError) {
            return .success(try inputs.kernel.requirement(of: terms, positions: held, scratch: &scratch))
        } catch {
            return .failure(error)
        }
    }
}
