import ClearingModel
import Margining
import Postgres
import Quantities
import RiskArrays
import Scenarios
import Storage

/// The risk groups of a run, simulated (docs/methodology.md §7). A parameter set without groups costs one look at it.
struct RiskGroupSimulations: Sendable {
    let groups: [RiskGroupSimulation]

    static func load(
        _ context: RunContext, _ inputs: MarginInputs, _ positions: PositionBook, threads: Int,
        from connection: Connection
    ) async throws -> RiskGroupSimulations {
        let parameters = inputs.parameters.simulation
        guard !parameters.riskGroups.isEmpty else { return RiskGroupSimulations(groups: []) }
        var held = [Bool](repeating: false, count: inputs.kernel.book.series.count)
        for position in positions.positions where position.long != position.short { held[Int(position.series)] = true }
        let book = try SimulationBook(
            house: inputs.house, market: inputs.market, parameters: inputs.parameters,
            volatilities: inputs.volatilities)
        let store = RiskFactorStore(connection)
        var groups: [RiskGroupSimulation] = []
        for (index, group) in parameters.riskGroups.enumerated() {
            guard let simulation = parameters.simulations.first(where: { $0.code == group.simulation }) else {
                continue
            }
            let factors = try RiskFactorPlaces(parameters, of: group.combinedCommodities)
            let scenarios = try store.scenarios(
                of: factors.factors, simulation, windows: parameters.stressedWindows[simulation.code] ?? [],
                pin: context.pinnedLoad, context.businessDate)
            let simulated = try await RiskGroupSimulation.simulate(
                index, group, simulation, scenarios: scenarios, factors: factors, book: book, kernel: inputs.kernel,
                held: held, threads: threads)
            if let simulated { groups.append(simulated) }
        }
        return RiskGroupSimulations(groups: groups)
    }

    /// One account's requirement with its groups' risk in place, and the groups owner by owner.
    ///
    /// A gross omnibus account has no net portfolio to simulate: its scanning risk stays.
    func counted(
        _ requirement: AccountRequirement, of terms: AccountTerms, _ positions: ArraySlice<Position>,
        kernel: MarginKernel
    ) throws(MarginingError) -> (AccountRequirement, [CountedGroup]) {
        guard terms.marginingType != .grossOmnibus else { return (requirement, []) }
        var (owners, counted) = ([OwnerRequirement](), [CountedGroup]())
        for owner in requirement.owners {
            let mine = positions.filter { Int($0.owner) == owner.owner }
            var measured: [MeasuredGroup] = []
            for group in groups {
                if let found = try group.measured(mine[...], in: kernel.book) { measured.append(found) }
            }
            let (replaced, outcomes) = kernel.counting(measured.map(\.risk), in: owner, of: terms)
            owners.append(replaced)
            for outcome in outcomes {
                guard let own = measured.first(where: { $0.risk.group == outcome.simulated.group }) else { continue }
                counted.append(CountedGroup(owner: owner.owner, measured: own, outcome: outcome))
            }
        }
        return (try kernel.requirement(of: terms, owners: owners), counted)
    }
}

/// A group of one owner of an account as it counts.
struct CountedGroup: Sendable {
    /// Index into the account's owners.
    let owner: Int
    let measured: MeasuredGroup
    let outcome: RiskGroupOutcome
}
