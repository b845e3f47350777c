import ClearingModel
import Digests
import Margining
import ParallelWork
import Parameters
import Results
import Scenarios
import Simulation

/// The requirements of accounts, with the risk of simulated groups in its place: a span of accounts at a time, so that
/// no more is held than is written.
struct RequirementComputation: Sendable {
    let inputs: MarginInputs
    let positions: PositionBook
    /// Nil where nothing is simulated.
    let simulations: RiskGroupSimulations?
    let threads: Int

    /// What an account came to.
    struct Outcome: Sendable {
        /// Nil for an account without positions.
        var requirement: AccountRequirement?
        var groups: [RiskGroupResult] = []
    }

    /// Accounts a span.
    static let spanSize = 4 * chunkSize

    /// What the accounts of a span came to, in their order.
    func outcomes(of span: Range<Int>) async -> [Result<Outcome, any Error>] {
        await inChunks(span.count, threads: threads, of: simulations == nil ? chunkSize / 4 : 64) { chunk in
            var scratch = KernelScratch()
            return chunk.map { outcome(ofAccount: span.lowerBound + $0, &scratch) }
        }
    }

    private func outcome(ofAccount index: Int, _ scratch: inout KernelScratch) -> Result<Outcome, any Error> {
        let held = positions.positions(ofAccount: index)
        guard !held.isEmpty, let terms = inputs.accountTerms[index] else { return .success(Outcome()) }
        do {
            let scanned = try inputs.kernel.requirement(of: terms, positions: held, scratch: &scratch)
            guard let simulations else { return .success(Outcome(requirement: scanned)) }
            let (requirement, applied) = try simulations.applied(scanned, of: terms, held, kernel: inputs.kernel)
            return .success(
                Outcome(
                    requirement: requirement, groups: try applied.map { try inputs.result(of: $0, account: index) }))
        } catch {
            return .failure(error)
        }
    }
}

extension MarginInputs {
    /// A group as a run keeps it, its indices as codes.
    fileprivate func result(
        of applied: AppliedRiskGroup, account index: Int
    ) throws(DigestError) -> RiskGroupResult {
        let account = house.accounts[index]
        let owners = account.marginingType == .segregated ? house.owners[account.code] ?? [] : []
        let measured = applied.measured
        return try RiskGroupResult(
            account: account.code, owner: owners.indices.contains(applied.owner) ? owners[applied.owner] : .none,
            riskGroup: parameters.simulation.riskGroups[measured.risk.group].code, outcome: applied.outcome,
            tail: measured.tail, losses: measured.losses, stressedLosses: measured.stressedLosses,
            keepsLosses: measured.keepsLosses,
            positions: measured.positions.map { (kernel.book.series[$0.series].code, $0.quantity) },
            combinedCommodities: applied.outcome.shares.map {
                kernel.book.combinedCommodities[$0.combinedCommodity].code
            })
    }
}
