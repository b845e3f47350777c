import ClearingModel
import Margining
import PlainMargin
import Quantities

/// Relations that the document puts between published figures, whatever the parameters; each is checked on the figures
/// alone, without computing any of them again.
struct PublishedRelations {
    let book: ProofBook
    let account: PlainAccount

    /// The relations that do not hold, by name.
    func broken(by found: AccountRequirement) -> [String] {
        let plain = Transcript(book: book.kernel.book).requirement(found)
        var broken: [String] = []
        func check(_ holds: Bool, _ relation: String) { if !holds { broken.append(relation) } }
        for (owner, figures) in zip(plain.owners, found.owners) {
            for commodity in owner.commodities {
                if let terms = book.house.commodities.first(where: { $0.code == commodity.commodity }) {
                    broken += scanning(commodity, decimals: decimals(terms.currency)) + spreads(commodity, terms)
                }
            }
            broken += interSpreads(owner) + amounts(owner)
            check(figures.currencies.allSatisfy { $0.requirement.minorUnits >= 0 }, "a requirement is never negative")
        }
        for (amount, row) in zip(plain.amounts, found.currencies) {
            let rate = Rational(row.rate.mantissa, over: Rational.tenTo(row.rate.scale))
            let decimals = row.converted.currency.decimals
            let converted = Rational(Int128(row.converted.minorUnits), over: Rational.tenTo(decimals))
            check(converted >= (amount * rate).rounded(decimals), "a haircut never lowers a requirement")
        }
        check(plain.requirement == plain.converted.sum(), "the requirement is the sum of the converted ones")
        return broken
    }

    private func decimals(_ currency: String) -> Int {
        book.house.currencies.first { $0.code == currency }?.decimals ?? 2
    }

    /// §5: signs, the tie, truncation; §6.4: what credits may not exceed.
    private func scanning(_ figures: PlainCommodityFigures, decimals: Int) -> [String] {
        var broken: [String] = []
        func check(_ holds: Bool, _ relation: String) { if !holds { broken.append(relation) } }
        let scanning = figures.scanning
        check(scanning.scan >= 0, "scanning risk is never negative")
        check((scanning.price ?? 0) >= 0, "price risk is never negative")
        if let active = scanning.activeScenario, !figures.array.isEmpty {
            let worst = figures.array[active - 1]
            check(scanning.scan == max(0, worst), "scanning risk is the active scenario's loss")
            check(figures.array.allSatisfy { $0 <= worst }, "no scenario loses more than the active one")
            check(figures.array.prefix(active - 1).allSatisfy { $0 < worst }, "no lower-numbered scenario ties")
        }
        if let normal = figures.weightedPriceRiskNormal, let price = scanning.price {
            check(normal * figures.netDelta.magnitude <= price, "weighted price risk is truncated, not rounded")
        }
        if let price = scanning.price {
            check(figures.money.appliedCredit <= price.rounded(decimals), "credits never exceed price risk")
        }
        check(figures.money.appliedCredit <= figures.interCredit, "no credit counts that was not given")
        check(figures.money.appliedCredit >= 0, "a credit is never negative")
        check(figures.money.intra >= 0 && figures.money.delivery >= 0, "a charge is never negative")
        check(figures.money.risk >= figures.money.shortOptionMinimum, "risk is at least the short option minimum")
        for (before, after) in zip(figures.monthDeltas, figures.remainingDeltas) {
            check(
                after == 0 || (after > 0) == (before > 0) && after.magnitude <= before.magnitude,
                "a delta never changes its sign or grows")
        }
        return broken
    }

    /// §6.2: the order, and that no spread counts more than there is.
    private func spreads(_ figures: PlainCommodityFigures, _ terms: PlainCommodity) -> [String] {
        var broken: [String] = []
        var previous = (0, 0, "", 0)
        for formed in figures.intraSpreads {
            guard let spread = terms.intraSpreads.first(where: { $0.code == formed.spread }) else { continue }
            let rank = (spread.isSeriesToSeries ? 0 : 1, spread.priority, spread.code, formed.aIsLong ? 0 : 1)
            if !(previous < rank) { broken.append("calendar spreads form by kind, priority and code, A long first") }
            previous = rank
            for (leg, consumption) in zip(spread.legs, formed.legs) {
                let isLong = (leg.side == .a) == formed.aIsLong
                let held = zip(figures.months, figures.monthDeltas).filter { month, delta in
                    isLong == (delta > 0) && holds(leg.pool, month, terms)
                }.map(\.1.magnitude).sum()
                let ratios = spread.legs.filter { isSame($0.pool, leg.pool, terms) && $0.side == leg.side }.map(\.ratio)
                    .sum()
                if formed.count * ratios > held { broken.append("a calendar spread counts no more than its legs hold") }
                if consumption.amounts.sum() != consumption.consumed { broken.append("consumption adds up by month") }
            }
        }
        return broken
    }

    private func isSame(
        _ left: PlainIntraSpread.Pool, _ right: PlainIntraSpread.Pool, _ terms: PlainCommodity
    ) -> Bool {
        let months = terms.tiers.flatMap(\.months)
        return left == right || months.allSatisfy { holds(left, $0, terms) == holds(right, $0, terms) }
    }

    private func holds(_ pool: PlainIntraSpread.Pool, _ month: Int, _ terms: PlainCommodity) -> Bool {
        switch pool {
        case .month(let single): single == month
        case .tier(let code): terms.tiers.first { $0.code == code }?.months.contains(month) == true
        }
    }

    /// §6.1 and §6.4: the order, and that no spread counts more than there is.
    private func interSpreads(_ owner: PlainOwnerFigures) -> [String] {
        var broken: [String] = []
        var previous = (-1, 0, "")
        for formed in owner.interSpreads {
            guard let spread = book.house.interSpreads.first(where: { $0.code == formed.spread }) else { continue }
            let rank = (spread.isSuper ? 0 : 1, spread.priority, spread.code)
            if !(previous < rank) { broken.append("inter spreads form super first, then by priority and code") }
            previous = rank
            for (leg, figures) in zip(spread.legs, formed.legs)
            where formed.count * leg.ratio > figures.deltaBefore.magnitude {
                broken.append("an inter spread counts no more than its legs hold")
            }
        }
        return broken
    }

    /// §6.8: the identity between a requirement and its parts.
    private func amounts(_ owner: PlainOwnerFigures) -> [String] {
        owner.currencies.filter { figures in
            guard !account.netOptionValueIsCapped else { return false }
            let sum = max(0, figures.initialRisk + figures.offsetAddBack - figures.netOptionValue)
            return figures.requirement != (figures.isLongPremiumOptionsOnly ? 0 : sum)
        }.map { "a requirement in \($0.currency) is the sum of its parts" }
    }
}
