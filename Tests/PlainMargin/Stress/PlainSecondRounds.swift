extension PlainStressHouse {
    /// §8.7: after the default of the worst scenario's groups, or of those that the terms name. A name that nothing
    /// bears is a refusal of the command; what the rounds themselves meet is their status.
    func secondRound(
        after worst: PlainStressOutcome, _ outcomes: [PlainStressOutcome]
    ) throws(PlainStressRefusal) -> PlainSecondRoundStatus {
        guard let terms = secondRound else { return .none }
        let start = terms.scenario.map { number in outcomes.first { $0.number == number } } ?? worst
        guard let start, let scenario = scenarios.first(where: { $0.number == start.number }) else {
            throw PlainStressRefusal("second_round_scenario", "\(terms.scenario ?? 0)")
        }
        var first: [String] = []
        for group in terms.groups ?? start.largest where !first.contains(group) { first.append(group) }
        for group in first.sorted() where start.groups[group] == nil {
            throw PlainStressRefusal("second_round_group", group)
        }
        guard !first.isEmpty else { return .none }
        return rounds(of: scenario, start, first, terms)
    }

    private func rounds(
        of scenario: PlainStressScenario, _ start: PlainStressOutcome, _ first: [String], _ terms: PlainSecondRoundTerms
    ) -> PlainSecondRoundStatus {
        var defaulted = Set(first)
        var result = PlainSecondRound(
            scenario: scenario.number,
            rounds: [round(0, defaulting: first, defaulted, start)], capReached: false)
        for number in 1...terms.roundCap {
            let impacts: [PlainSecondRound.Impact]
            let array: [String: Rational]
            do throws(PlainStressRefusal) {
                // The whole impact again, of all that defaulted in the rounds before.
                impacts = try self.impacts(of: defaulted, terms)
                var shifts: [String: Rational] = [:]
                for impact in impacts { shifts[impact.commodity] = impact.priceMove }
                array = try stressArray(scenario, shifts: shifts)
            } catch {
                // Listed: what was computed before stands.
                return .refused(error, scenario: scenario.number, after: result.rounds)
            }
            let outcome = outcome(scenario.number, exposures(array))
            let survivors = survivors(of: defaulted, array, outcome, terms)
            let failing = Set(survivors.filter(\.defaults).map { group(of: $0.member) }).sorted()
            defaulted.formUnion(failing)
            var round = round(number, defaulting: failing, defaulted, outcome)
            round.impacts = impacts
            round.members = survivors
            result.rounds.append(round)
            if failing.isEmpty { return .computed(result) }
        }
        result.capReached = true
        return .computed(result)
    }

    /// The shortfalls of all groups that defaulted so far, those of this round too.
    private func round(
        _ number: Int, defaulting groups: [String], _ defaulted: Set<String>, _ outcome: PlainStressOutcome
    ) -> PlainSecondRound.Round {
        let shortfall = defaulted.map { outcome.groups[$0] ?? 0 }.sum()
        return PlainSecondRound.Round(
            number: number, defaulted: groups, shortfall: shortfall, fundLeft: max(0, fundInBase - shortfall))
    }

    private func survivors(
        of defaulted: Set<String>, _ array: [String: Rational], _ outcome: PlainStressOutcome,
        _ terms: PlainSecondRoundTerms
    ) -> [PlainSecondRound.Survivor] {
        var survivors: [PlainSecondRound.Survivor] = []
        for member in membersByCode where !defaulted.contains(group(of: member.code)) {
            let accounts = accounts.filter { $0.member == member.code }
            let exposures = outcome.exposures
            // The house: its accounts added first, then the need.
            let house = accounts.filter(\.isHouse)
            var needs = [
                max(
                    0, exposures.filter { line in house.contains { $0.code == line.account } }.map(\.exposure).sum(),
                    house.flatMap(\.owners).map { marked($0, array) }.sum())
            ]
            var collateral = [house.map { inBase($0.acceptedCollateral, from: $0.callCurrency) }.sum()]
            for account in accounts where !account.isHouse {
                // Of each owner, then added.
                needs.append(
                    account.owners.map { owner in
                        let line = exposures.first { $0.account == account.code && $0.owner == owner.code }
                        return max(0, line?.exposure ?? 0, marked(owner, array))
                    }.sum())
                collateral.append(inBase(account.acceptedCollateral, from: account.callCurrency))
            }
            let resource = terms.resources.first { $0.member == member.code }?.money
            survivors.append(
                PlainSecondRound.Survivor(
                    member: member.code, need: needs.sum(),
                    uncovered: zip(needs, collateral).map { max(0, $0 - $1) }.sum(),
                    resource: resource.map { inBase($0.amount, from: $0.currency) } ?? 0))
        }
        return survivors
    }

    /// V: variation margin to pay on futures and futures-style options, of net quantities.
    private func marked(_ owner: PlainStressOwner, _ array: [String: Rational]) -> Rational {
        let holdings = owner.holdings
        var losses: [String: Rational] = [:]
        for series in series where !series.kind.isPremiumOption {
            guard let held = holdings[series.code] else { continue }
            losses[currency(of: series), default: 0] += Rational(held.long - held.short) * (array[series.code] ?? 0)
        }
        return inBase(losses)
    }
}
