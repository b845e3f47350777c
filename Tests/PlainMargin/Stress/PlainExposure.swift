/// A number by account and owner; the owner has no code where the account is not segregated.
typealias PlainByOwner = [String: [String: Rational]]

extension PlainStressHouse {
    /// v of §8.3: the exact value of a long premium-style option, else 0.
    func optionValue(of series: PlainStressSeries) -> Rational {
        series.kind.isPremiumOption ? series.settlementPrice * series.contractValueFactor : 0
    }

    /// E of §8.3 for every account and owner, from one scenario's stress array.
    func exposures(_ array: [String: Rational]) -> PlainByOwner {
        var exposures: PlainByOwner = [:]
        for account in accounts {
            for owner in account.owners {
                exposures[account.code, default: [:]][owner.code] = exposure(of: owner, in: account, array)
            }
        }
        return exposures
    }

    private func exposure(
        of owner: PlainStressOwner, in account: PlainStressAccount, _ array: [String: Rational]
    ) -> Rational {
        let holdings = owner.holdings
        var losses: [String: Rational] = [:]
        for series in series {
            guard let held = holdings[series.code] else { continue }
            let long = Rational(held.long)
            let short = Rational(held.short)
            // What closing out one long costs.
            let cost = (array[series.code] ?? 0) - optionValue(of: series)
            let loss =
                account.type == .grossOmnibus ? max(0, long * cost) + max(0, short * -cost) : (long - short) * cost
            losses[currency(of: series), default: 0] += loss
        }
        return inBase(losses)
    }

    /// Each currency is converted and rounded, then added.
    func inBase(_ amounts: [String: Rational]) -> Rational {
        amounts.map { inBase($0.value, from: $0.key) }.sum()
    }

    /// R of §8.3 for every account and owner.
    func covers() -> PlainByOwner {
        var covers: PlainByOwner = [:]
        for account in accounts {
            for (owner, cover) in ownerCovers(of: account) {
                covers[account.code, default: [:]][owner] = inBase(cover, from: account.callCurrency)
            }
        }
        return covers
    }

    /// Requirement and add-ons in the call currency.
    private func ownerCovers(of account: PlainStressAccount) -> [String: Rational] {
        let owners = account.owners.sorted { $0.code < $1.code }
        let common = account.addOns.filter { $0.owner == nil }.map(\.amount).sum()
        let parts = shares(of: common, by: owners.map(\.requirement), decimals: decimals(of: account.callCurrency))
        var covers: [String: Rational] = [:]
        for (owner, part) in zip(owners, parts) {
            let own = account.addOns.filter { $0.owner == owner.code }.map(\.amount).sum()
            covers[owner.code] = owner.requirement + own + part
        }
        return covers
    }
}
