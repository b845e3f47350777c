import ClearingModel
import Margining
import Parameters
import Quantities
import RiskArrays
import Scenarios

/// The risk groups of a run, simulated (docs/methodology.md §7). A parameter set without groups costs one look at it.
package struct RiskGroupSimulations: Sendable {
    package let groups: [RiskGroupSimulation]

    /// Revalues the series that positions hold, group by group, in chunks on up to `threads` tasks.
    ///
    /// `scenarios` gives the moves of some factors under a simulation and its stressed windows, asked once a group.
    /// - Throws: `SimulationError` for what the inputs lack; what `scenarios` throws.
    package static func simulate(
        _ parameters: ParameterSet, book: @autoclosure () throws -> SimulationBook, kernel: MarginKernel,
        positions: [Position], threads: Int, completed: (Int, Int) -> Void = { _, _ in },
        scenarios: ([RiskFactor], Simulation, [StressedWindow]) throws -> HistoricalScenarios
    ) async throws -> RiskGroupSimulations {
        let parameters = parameters.simulation
        guard !parameters.riskGroups.isEmpty else { return RiskGroupSimulations(groups: []) }
        var held = [Bool](repeating: false, count: kernel.book.series.count)
        for position in positions where position.long != position.short { held[Int(position.series)] = true }
        let book = try book()
        var groups: [RiskGroupSimulation] = []
        for (index, group) in parameters.riskGroups.enumerated() {
            guard let simulation = parameters.simulations.first(where: { $0.code == group.simulation }) else {
                continue
            }
            let factors = try RiskFactorRows(parameters, of: group.combinedCommodities)
            let moves = try scenarios(factors.factors, simulation, parameters.stressedWindows[simulation.code] ?? [])
            let simulated = try await RiskGroupSimulation.simulate(
                index, group, simulation, scenarios: moves, factors: factors, book: book, kernel: kernel, held: held,
                threads: threads, completed: completed)
            if let simulated { groups.append(simulated) }
        }
        return RiskGroupSimulations(groups: groups)
    }

    /// One account's requirement with its groups' risk in place, and the groups owner by owner.
    ///
    /// A gross omnibus account has no net portfolio to simulate: its scanning risk stays.
    package func applied(
        _ requirement: AccountRequirement, of terms: AccountTerms, _ positions: ArraySlice<Position>,
        kernel: MarginKernel
    ) throws(MarginingError) -> (AccountRequirement, [AppliedRiskGroup]) {
        guard terms.marginingType != .grossOmnibus else { return (requirement, []) }
        var (owners, applied) = ([OwnerRequirement](), [AppliedRiskGroup]())
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
                applied.append(AppliedRiskGroup(owner: owner.owner, measured: own, outcome: outcome))
            }
        }
        return (try kernel.requirement(of: terms, owners: owners), applied)
    }
}

/// A group of one owner of an account as it counts.
package struct AppliedRiskGroup: Sendable {
    /// Index into the account's owners.
    package let owner: Int
    package let measured: MeasuredGroup
    package let outcome: RiskGroupOutcome
}
