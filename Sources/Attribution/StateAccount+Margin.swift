import ClearingModel
import Margining
import Quantities
import RiskArrays
import Scenarios
import Simulation

extension StateAccount {
    /// Margins an account, the risk of simulated groups in its place.
    init(
        of terms: AccountTerms, _ held: ArraySlice<Position>, _ kernel: MarginKernel,
        _ simulations: RiskGroupSimulations?, _ parameters: SimulationParameters, _ scratch: inout KernelScratch
    ) throws {
        let scanned = try kernel.requirement(of: terms, positions: held, scratch: &scratch)
        var (requirement, applied) = (scanned, [AppliedRiskGroup]())
        if let simulations {
            (requirement, applied) = try simulations.applied(scanned, of: terms, held, kernel: kernel)
        }
        self.requirement = requirement.requirement
        exposures = AccountExposures(requirement, applied, of: terms, kernel.book)
        groups = applied.map { SimulatedGroupRow($0, of: terms, parameters, kernel.book) }
    }
}

extension AccountTerms {
    /// The code of an owner by its index.
    fileprivate func owner(_ index: Int) -> OwnerCode {
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
