extension PlainStressHouse {
    /// §8.5 for every member, from the scenarios by number.
    func addOns(_ scenarios: [PlainStressOutcome]) -> [PlainStressCharge] {
        guard let addOnShare else { return [] }
        var charges: [PlainStressCharge] = []
        for member in membersByCode {
            guard var worst = scenarios.first else { continue }
            for outcome in scenarios where (outcome.members[member.code] ?? 0) > (worst.members[member.code] ?? 0) {
                worst = outcome
            }
            let shortfall = worst.members[member.code] ?? 0
            let charge = max(0, shortfall - addOnShare * fundInBase).rounded(decimals(of: baseCurrency))
            guard charge > 0 else { continue }
            charges.append(
                PlainStressCharge(
                    member: member.code, scenario: worst.number, shortfall: shortfall, charge: charge,
                    parts: parts(of: charge, member.code, worst)))
        }
        return charges
    }

    /// Shared by the units' D, client units before the surplus; among equals the house first, then by account, owner.
    private func parts(
        of charge: Rational, _ member: String, _ outcome: PlainStressOutcome
    ) -> [PlainStressCharge.Part] {
        let decimals = decimals(of: baseCurrency)
        let units = outcome.units.filter { $0.member == member }
        var amounts: [String: Rational] = [:]
        for (unit, amount) in zip(units, shares(of: charge, by: units.map(\.shortfall), decimals: decimals)) {
            if let account = unit.account {
                amounts[account, default: 0] += amount
                continue
            }
            // The house's part goes to its accounts, the owners of a segregated one together.
            let accounts = accountsByCode.filter { $0.member == member && $0.isHouse }
            let weights = accounts.map { account in
                let lines = outcome.exposures.filter { $0.account == account.code }
                return max(0, lines.map { $0.exposure - $0.cover }.sum())
            }
            for (account, part) in zip(accounts, shares(of: amount, by: weights, decimals: decimals)) {
                amounts[account.code, default: 0] += part
            }
        }
        var parts: [PlainStressCharge.Part] = []
        for account in accountsByCode {
            guard let amount = amounts[account.code], amount > 0 else { continue }
            parts.append(
                PlainStressCharge.Part(
                    account: account.code, amount: amount, converted: intoCall(amount, account.callCurrency)))
        }
        return parts
    }

    /// Once an account, with the pair's haircut.
    private func intoCall(_ amount: Rational, _ currency: String) -> Rational {
        guard let row = conversion(from: baseCurrency, to: currency) else {
            preconditionFailure("no rate to \(currency)")
        }
        return (amount * row.rate * (1 + row.haircut)).rounded(decimals(of: currency))
    }
}
