import ClearingModel
import Margining
import ParallelWork
import Parameters
import Postgres
import Quantities
import Results
import Runtime
import Scenarios
import Simulation
import Storage

/// Computes every account's requirement from the published arrays: scanning risk, spreads, delivery, credits, short
/// option minimum, net option value, cap, conversion.
struct OffsetsStep: StageStep {
    func openScope(_ scope: StageScope) throws {
        guard let base = scope.base else { return try scope.openWhole() }
        try scope.openAffectedAccounts(base) {
            try scope.connection.execute(.scopeMovedSeries, [scope.pin, scope.run])
            try scope.connection.script("analyze moved_series")
            try scope.connection.execute(
                .scopeOffsets, [.int64(base.pinnedLoad), scope.pin, scope.date, scope.cycle])
        }
    }

    func perform(
        _ context: RunContext, _ extent: StageExtent, _ connection: Connection, _ settings: RunSettings
    ) async throws -> Int64 {
        let inputs = try MarginInputs.load(context, extent, from: connection)
        let positions = try PositionStore(
            connection, house: inputs.house, series: inputs.kernel.book.series.map(\.code.text)
        ).load(
            pin: context.pinnedLoad, context.businessDate, cycle: context.cycle,
            accountCount: inputs.house.accounts.count)
        let outcomes = await inChunks(inputs.house.accounts.count, threads: settings.threads, completed: Progress.parts)
        { range in
            requirementOutcomes(of: range, inputs, positions)
        }
        var requirements = try outcomes.map { try $0.get() }
        let simulated = try await simulate(&requirements, context, inputs, positions, settings, connection)
        return try simulated
            + RequirementStore(connection).save(
                requirements, book: inputs.kernel.book, house: inputs.house, run: context.run
            ) { Failpoint.midCopy.reached(.offsets) }
    }

    /// Puts the simulated risk of the set's groups into the requirements, and writes what it came to. Returns the rows.
    ///
    /// Accounts go by in chunks, so that no more than one chunk's loss vectors are held at a time.
    private func simulate(
        _ requirements: inout [AccountRequirement?], _ context: RunContext, _ inputs: MarginInputs,
        _ positions: PositionBook, _ settings: RunSettings, _ connection: Connection
    ) async throws -> Int64 {
        let factors = RiskFactorStore(connection)
        let simulations = try await RiskGroupSimulations.simulate(
            inputs.parameters,
            book: SimulationBook(
                house: inputs.house, market: inputs.market, parameters: inputs.parameters,
                volatilities: inputs.volatilities),
            kernel: inputs.kernel, positions: positions.positions, threads: settings.threads,
            completed: Progress.parts
        ) { needed, simulation, windows in
            try factors.scenarios(
                of: needed, simulation, windows: windows, pin: context.pinnedLoad, context.businessDate)
        }
        guard !simulations.groups.isEmpty else { return 0 }
        let store = RiskGroupStore(connection)
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
            rows += try store.save(results, run: context.run)
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
