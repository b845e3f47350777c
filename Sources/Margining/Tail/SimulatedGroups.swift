import ClearingModel
import Quantities
import Scenarios

/// The simulated groups of a run as the add-ons read them: charged for breaking correlations, and counted again where
/// credits are cut (docs/methodology.md §7).
package struct SimulatedGroups: Sendable {
    private let rows: [AccountCode: [SimulatedGroupRow]]
    private let parameters: SimulationParameters

    /// `rows` are a run's in the order account, owner, group; none where the parameter set has no groups.
    package init(_ rows: [SimulatedGroupRow], _ parameters: SimulationParameters) {
        self.rows = Dictionary(grouping: rows, by: \.account)
        self.parameters = parameters
    }

    /// One line a group whose simulation counts and whose history breaks, in the order owner and group.
    func addOns(of account: Account, _ rates: ExchangeRates) throws -> [AccountAddOn] {
        try (rows[account.code] ?? []).compactMap { row in
            guard row.measure != .scan, let addOn = row.breakAddOn, addOn.minorUnits > 0,
                let terms = terms(of: row.riskGroup)
            else { return nil }
            let none = Money.zero(row.valueAtRisk.currency)
            let line = AddOnLine(
                kind: .correlationBreak, item: AddOnItemCode(row.riskGroup.text),
                base: row.valueAtRisk.minorUnits > 0 ? row.valueAtRisk : none,
                driver: "value at risk \(row.valueAtRisk), exceeded by \(row.breakExcess ?? .zero) in parts of "
                    + "\(terms.window) scenarios; kappa \(terms.kappa), from \(terms.lower) to \(terms.upper) of it",
                multiplier: terms.kappa, amount: addOn)
            return AccountAddOn(
                account: account.code, owner: row.owner, line: line,
                converted: try rates.into(account.callCurrency).converted(requirement: addOn))
        }
    }

    private func terms(of group: RiskGroupCode) -> Simulation.CorrelationBreakRow? {
        guard let row = parameters.riskGroups.first(where: { $0.code == group }) else { return nil }
        return parameters.simulations.first { $0.code == row.simulation }?.correlationBreak
    }

    /// A requirement at other credit rates with its groups' risk in place again: a simulation knows no credit rate.
    func applied(
        _ requirement: AccountRequirement, of terms: AccountTerms, kernel: MarginKernel
    ) throws(MarginingError) -> AccountRequirement {
        let mine = (rows[terms.account] ?? []).filter { $0.measure != .scan }
        guard !mine.isEmpty else { return requirement }
        let owners = requirement.owners.map { owner in
            let code = terms.owners.indices.contains(owner.owner) ? terms.owners[owner.owner] : .none
            let groups = mine.filter { $0.owner == code }.compactMap { row in
                parameters.riskGroups.firstIndex { $0.code == row.riskGroup }.map { index in
                    SimulatedGroupRisk(
                        group: index, measure: row.measure, core: row.core,
                        held: row.held.compactMap { held in
                            kernel.book.combinedCommodityIndex(of: held.combinedCommodity).map {
                                SimulatedGroupRisk.Held(combinedCommodity: $0, core: held.core)
                            }
                        })
                }
            }
            return kernel.counting(groups, in: owner, of: terms).requirement
        }
        return try kernel.requirement(of: terms, owners: owners)
    }
}
