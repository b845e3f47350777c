import PlainMargin
import TestSupport

extension StressHouse {
    /// Fund, contributions, and what is charged and tried beyond the cover.
    mutating func addTerms(hasOptions: Bool) {
        let amount: Rational = random.one(of: [0, 10, 100, 300, 1000, 5000])
        if !random.once(in: 100) {
            house.fund = PlainForeignAmount(amount, random.one(of: [house.baseCurrency, "USD", "EUR"]))
        }
        for member in house.members where random.once(in: 2) {
            // Their sum exceeds the fund rarely, and where currencies differ more often.
            let part = random.once(in: 40) ? amount * 2 : amount / 8
            house.contributions.append(
                PlainMemberAmount(
                    member.code, part.rounded(0) - (part.rounded(0) > part ? 1 : 0),
                    random.once(in: 5) ? "JPY" : house.fund?.currency ?? "USD"))
        }
        house.houseSurplusCoversClients = random.once(in: 2)
        house.coverCount = random.one(of: [1, 2, 2, 2, 3])
        house.addOnShare = random.one(of: [nil, 0, "0.1", "0.3", 1])
        guard !hasOptions else { return }
        house.reverse = random.one(
            of: [
                nil, PlainReverseTerms(step: "0.5", max: 3), PlainReverseTerms(step: "0.3", max: 2),
                PlainReverseTerms(step: 2, max: 9),
            ])
        guard !random.once(in: 3) else { return }
        addSecondRound()
    }

    private mutating func addSecondRound() {
        var terms = PlainSecondRoundTerms(
            roundCap: random.one(of: [1, 2, 3, 4, 4]), closeOutDays: random.whole(1...3),
            clientsAreClosedOut: !random.once(in: 3))
        for commodity in house.commodities where !random.once(in: 30) {
            terms.markets.append(
                PlainCloseOutMarket(
                    commodity.code, impactCoefficient: random.one(of: [0, "0.5", "0.7", 2, 5]),
                    dailyVolatility: random.one(of: ["0.25", 1, "1.55", 4, 10]),
                    averageDailyVolume: random.once(in: 40) ? 0 : random.one(of: [1, 4, 9, 10, 16, 40, "2.5"])))
        }
        for member in house.members where !random.once(in: 200) {
            terms.resources.append(
                PlainMemberAmount(
                    member.code, random.one(of: [0, 10, 100, 300, 1000, 3000]),
                    random.one(of: [house.baseCurrency, "USD"])))
        }
        if random.once(in: 4) { terms.scenario = random.whole(1...house.scenarios.count) }
        if random.once(in: 4) {
            let groups = Set(house.members.map { $0.group ?? $0.code }).sorted()
            terms.groups = Array(groups.shuffled(using: &random).prefix(random.whole(1...2)))
            if random.once(in: 20) { terms.groups?.append("nobody") }
        }
        house.secondRound = terms
        if random.once(in: 2) { drawResourcesNearNeeds() }
    }

    /// Resources at, just below and just above what the first round leaves uncovered: a member that has exactly enough
    /// does not default, and one that has a little more may in the next round.
    private mutating func drawResourcesNearNeeds() {
        guard let figures = try? house.stress(), case .computed(let rounds) = figures.secondRound,
            rounds.rounds.count > 1
        else { return }
        let decimals = house.currencies.first { $0.code == house.baseCurrency }?.decimals ?? 0
        for survivor in rounds.rounds[1].members {
            let share: Rational = random.one(of: [1, 1, "1.02", "1.05", "1.1", "1.2", "0.999"])
            let amount = (survivor.uncovered * share).rounded(decimals)
            for index in house.secondRound?.resources.indices ?? 0..<0
            where house.secondRound?.resources[index].member == survivor.member {
                house.secondRound?.resources[index].money = PlainForeignAmount(amount, house.baseCurrency)
            }
        }
    }
}
