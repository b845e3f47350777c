import ClearingModel
import Parameters
import Quantities

/// What a run charges beside the requirement: liquidation horizon, half-spread, impact, concentration of accounts and
/// members, wrong-way positions, credit grade (docs/methodology.md §9), correlation underestimated or breaking (§7).
package struct RunAddOns: Sendable {
    /// In the order of account, owner, level, kind and item; lines of nothing are left out.
    package let addOns: [AccountAddOn]
    /// By member and combined commodity, in the order of their codes.
    package let concentrations: [(member: MemberCode, MemberConcentration)]
    /// In the order of the accounts.
    package let underestimations: [(account: AccountCode, CorrelationUnderestimation)]

    /// Computes them, on up to `threads` tasks where portfolios are margined again; the figures are the same for any
    /// number.
    ///
    /// - Throws: `AddOnError` for a row that is missing or unusable, `ConversionError` for a rate that is missing,
    ///   `MarginingError` where a portfolio cannot be margined again.
    package static func compute(
        _ inputs: AddOnInputs, threads: Int, completed: (Int, Int) -> Void = { _, _ in }
    ) async throws -> RunAddOns {
        let (house, rates, parameters) = (inputs.house, inputs.rates, inputs.parameters)
        let charges = try AddOnCharges(
            house: house, rows: parameters.addOns, liquidity: inputs.liquidity, classes: parameters.accountClasses,
            rates: rates)
        var members = try MemberConcentrations(
            house: house, rows: parameters.addOns, liquidity: inputs.liquidity, rates: rates)
        let grades = CreditGrades(house: house, classes: parameters.accountClasses)
        var addOns: [AccountAddOn] = []
        for held in inputs.exposures {
            guard let account = charges.account(held.account) else { continue }
            let own = try charges.addOns(of: account, held.exposures)
            members.note(account, held.exposures, own: own)
            addOns += own
            if let requirement = inputs.requirements[account.code] {
                addOns += try grades.addOn(of: account, requirement: requirement, rates)
            }
        }
        let concentrations = try members.concentrations()
        addOns += try members.addOns(concentrations)
        for account in house.accounts { addOns += try inputs.groups.addOns(of: account, rates) }
        let portfolios = try await PortfolioAddOns.compute(inputs, threads: threads, completed: completed)
        addOns += portfolios.addOns
        addOns.sort { $0.key.lexicographicallyPrecedes($1.key) }
        return RunAddOns(
            addOns: addOns, concentrations: concentrations, underestimations: portfolios.underestimations)
    }
}
