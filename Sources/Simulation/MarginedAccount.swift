import ClearingModel
import Margining
import Parameters
import Quantities
import Scenarios

/// What one account comes to, its simulated groups in place (docs/methodology.md §5–§7), and what its add-ons are
/// computed from (§9): the same as a run keeps, without a database between.
package struct MarginedAccount: Sendable {
    package let requirement: AccountRequirement
    package let exposures: AccountExposures
    package let groups: [SimulatedGroupRow]

    /// Margins an account; `positions` are its own, by the kernel's series.
    /// - Throws: `MarginingError` for numbers that leave the bounds.
    package init(
        of terms: AccountTerms, _ positions: ArraySlice<Position>, _ kernel: MarginKernel,
        _ simulations: RiskGroupSimulations?, _ parameters: SimulationParameters, _ scratch: inout KernelScratch
    ) throws {
        let scanned = try kernel.requirement(of: terms, positions: positions, scratch: &scratch)
        var (requirement, applied) = (scanned, [AppliedRiskGroup]())
        if let simulations {
            (requirement, applied) = try simulations.applied(scanned, of: terms, positions, kernel: kernel)
        }
        self.requirement = requirement
        exposures = AccountExposures(requirement, applied, of: terms, kernel.book)
        groups = applied.map { SimulatedGroupRow($0, of: terms, parameters, kernel.book) }
    }
}

extension AccountTerms {
    /// The code of an owner by its index; none in an account that is not segregated.
    package func owner(_ index: Int) -> OwnerCode {
        marginingType == .segregated && owners.indices.contains(index) ? owners[index] : .none
    }
}
extension AccountExposures {
    /// What the add-ons scale with, the simulated groups' risk in its place; by owner and combined commodity.
    fileprivate init(
        _ requirement: AccountRequirement, _ groups: [AppliedRiskGroup], of terms: AccountTerms, _ book: MarginBook
    ) {
        var exposures: [Exposure] = []
        for owner in requirement.owners {
            let shares = groups.filter { $0.owner == owner.owner }.flatMap(\.outcome.shares)
            for risk in owner.combinedCommodities {
                let share = shares.first { $0.combinedCommodity == risk.combinedCommodity }
                exposures.append(
                    Exposure(
                        owner: terms.owner(owner.owner),
                        combinedCommodity: book.combinedCommodities[risk.combinedCommodity].code,
                        netDelta: risk.netDelta,
                        base: addOnBase(risk: share?.risk ?? risk.risk, netOptionValue: risk.netOptionValue),
                        initialRisk: share?.initialRisk ?? risk.initialRisk,
                        standaloneInitialRisk: share?.standaloneInitialRisk ?? risk.standaloneInitialRisk))
            }
        }
        self.init(account: terms.account, exposures: exposures)
    }
}

extension SimulatedGroupRow {
    /// A group as a run keeps it.
    fileprivate init(
        _ applied: AppliedRiskGroup, of terms: AccountTerms, _ parameters: SimulationParameters, _ book: MarginBook
    ) {
        let (tail, outcome) = (applied.measured.tail, applied.outcome)
        let currency = outcome.simulated.core.currency
        let found = outcome.simulated.measure == .scan ? nil : tail.correlationBreak
        self.init(
            account: terms.account, owner: terms.owner(applied.owner),
            riskGroup: parameters.riskGroups[outcome.simulated.group].code, measure: outcome.simulated.measure,
            core: outcome.simulated.core, valueAtRisk: Money(rounding: tail.valueAtRisk, currency: currency),
            breakExcess: found.map {
                ExactDecimal(mantissa: Int128(arrayUnits(rounding: $0.excess, decimals: 6)), scale: 6)
            }, breakAddOn: found?.addOn,
            held: outcome.shares.map { (book.combinedCommodities[$0.combinedCommodity].code, $0.standaloneCore) })
    }
}
