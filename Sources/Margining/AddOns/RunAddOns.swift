import ClearingModel
import ParallelWork
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
        let charged = await inChunks(inputs.exposures.count, threads: threads) { chunk in
            chunk.map { place in Result { try ChargedAccount(inputs.exposures[place], charges, grades, inputs) } }
        }
        var addOns: [AccountAddOn] = []
        for (held, charged) in zip(inputs.exposures, charged) {
            guard let charged = try charged.get() else { continue }
            members.note(charged.account, held.exposures, own: charged.own)
            addOns += charged.own + charged.ofGrade
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

/// What one account is charged for its own exposures, and for its member's grade.
private struct ChargedAccount: Sendable {
    let account: Account
    let own: [AccountAddOn]
    let ofGrade: [AccountAddOn]

    /// Nil for an account that the house does not list.
    init?(_ held: AccountExposures, _ charges: AddOnCharges, _ grades: CreditGrades, _ inputs: AddOnInputs) throws {
        guard let account = charges.account(held.account) else { return nil }
        self.account = account
        own = try charges.addOns(of: account, held.exposures)
        ofGrade =
            try inputs.requirements[account.code].map { requirement in
                try grades.addOn(of: account, requirement: requirement, inputs.rates)
            } ?? []
    }
}
