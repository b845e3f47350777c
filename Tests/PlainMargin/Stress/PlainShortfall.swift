extension PlainStressHouse {
    /// §8.4 from the exposures of one scenario, or of the no-offset bound.
    func outcome(_ number: Int, _ exposures: PlainByOwner) -> PlainStressOutcome {
        let covers = covers()
        let lines = lines(exposures, covers)
        let units = units(lines)
        var members: [String: Rational] = [:]
        var groups: [String: Rational] = [:]
        for member in self.members {
            let shortfall = shortfall(of: units.filter { $0.member == member.code })
            members[member.code] = shortfall
            groups[group(of: member.code), default: 0] += shortfall
        }
        // Shortfall descending, then group code; none of shortfall 0.
        let failing = groups.filter { $0.value > 0 }.sorted { left, right in
            left.value != right.value ? left.value > right.value : left.key < right.key
        }
        let largest = failing.prefix(coverCount)
        let cover = largest.map(\.value).sum()
        let mutualised = largest.map { max(0, $0.value - contributions(of: $0.key)) }.sum()
        return PlainStressOutcome(
            number: number, exposures: lines, units: units, members: members, groups: groups,
            largest: largest.map(\.key), coverOne: failing.first?.value ?? 0, cover: cover, mutualised: mutualised,
            sufficiency: cover == 0 ? nil : (fundInBase / cover).rounded(6), isSufficient: cover <= fundInBase)
    }

    private func lines(_ exposures: PlainByOwner, _ covers: PlainByOwner) -> [PlainStressExposure] {
        var lines: [PlainStressExposure] = []
        for account in accountsByCode {
            for owner in account.owners.sorted(by: { $0.code < $1.code }) {
                lines.append(
                    PlainStressExposure(
                        account: account.code, owner: owner.code,
                        exposure: exposures[account.code]?[owner.code] ?? 0,
                        cover: covers[account.code]?[owner.code] ?? 0))
            }
        }
        return lines
    }

    /// All house accounts of a member are one unit, unfloored; each client account, or owner of a segregated one, is.
    private func units(_ lines: [PlainStressExposure]) -> [PlainStressUnit] {
        var units: [PlainStressUnit] = []
        for member in membersByCode {
            let accounts = accountsByCode.filter { $0.member == member.code }
            let house = accounts.filter(\.isHouse).map(\.code)
            if !house.isEmpty {
                let own = lines.filter { house.contains($0.account) }
                units.append(
                    PlainStressUnit(
                        member: member.code, account: nil, owner: "", exposure: own.map(\.exposure).sum(),
                        cover: own.map(\.cover).sum()))
            }
            for account in accounts where !account.isHouse {
                for line in lines where line.account == account.code {
                    units.append(
                        PlainStressUnit(
                            member: member.code, account: account.code, owner: line.owner, exposure: line.exposure,
                            cover: line.cover))
                }
            }
        }
        return units
    }

    /// A member's: no client's surplus covers anybody, and the house's only where the stress set says so.
    private func shortfall(of units: [PlainStressUnit]) -> Rational {
        let house = units.first { $0.account == nil }
        let clients = units.filter { $0.account != nil }.map(\.shortfall).sum()
        var surplus: Rational = 0
        if houseSurplusCoversClients, let house { surplus = max(0, house.cover - house.exposure) }
        return (house?.shortfall ?? 0) + max(0, clients - surplus)
    }

    /// What the members of a group contributed themselves, each row rounded in the base currency.
    private func contributions(of group: String) -> Rational {
        contributions.filter { self.group(of: $0.member) == group }
            .map { inBase($0.money.amount, from: $0.money.currency) }.sum()
    }
}
