import ClearingModel
import PlainMargin
import Quantities
import Stress

extension StressLines {
    /// The product's figures.
    init(_ test: StressTest, of book: StressBook) {
        func money(_ minorUnits: Int64) -> Rational { Rational(minorUnits, decimals: book.base.decimals) }
        func codes(_ groups: [Int]) -> [String] { groups.map { test.units.groups[$0].text } }
        for scenario in 0..<test.arrays.scenarioCount {
            for (place, series) in book.series.enumerated().sorted(by: { $0.element.code < $1.element.code }) {
                let losses = test.arrays.losses(of: place)
                let decimals = book.commodities[series.combinedCommodity].arrayDecimals
                add(
                    "array \(scenario + 1) \(series.code)",
                    Rational(losses[losses.startIndex + scenario], decimals: decimals))
            }
        }
        for cover in test.coverRequirements {
            addShortfalls(test, of: book, cover.scenario)
            add(
                "cover \(cover.scenario)", codes(cover.groups), money(cover.coverOne), money(cover.coverTwo),
                money(cover.mutualised))
            add(
                "sufficiency \(cover.scenario)", test.sufficiency(of: cover).map { "\(Rational($0))" } ?? "none",
                test.isSufficient(cover))
        }
        add("cover scenario", test.worst?.scenario ?? 0)
        add("fund", money(test.resources.fund), test.resources.contributionsExceedFund)
        for charge in test.charges {
            add(
                "charge \(test.units.members[charge.member])", charge.scenario, money(charge.shortfall),
                money(charge.charge))
            for line in charge.lines {
                add(
                    "part \(book.house.accounts[line.account].code)", Rational(line.amount.amount),
                    Rational(line.converted.amount))
            }
        }
        for row in test.reverse {
            switch row.outcome {
            case .reached(let multiplier, let cover):
                add("reverse \(row.scenario)", Rational(multiplier), money(cover.coverTwo), codes(cover.groups))
            case .notReached: add("reverse \(row.scenario)", "not reached")
            case .domain(let refusal): add("reverse \(row.scenario)", PlainStressRefusal(refusal))
            }
        }
        add("smallest", test.nearestToTheEdge?.scenario ?? 0)
    }

    private mutating func addShortfalls(_ test: StressTest, of book: StressBook, _ scenario: Int) {
        func money(_ minorUnits: Int64) -> Rational { Rational(minorUnits, decimals: book.base.decimals) }
        let exposures = book.portfolios.indices.map { test.exposures.exposure(of: $0, in: scenario) }
        for (place, portfolio) in book.portfolios.enumerated() {
            add(
                "exposure \(scenario) \(book.house.accounts[portfolio.account].code)/\(portfolio.owner)",
                money(exposures[place]), money(test.covers[place]))
        }
        let shortfalls = test.shortfalls[scenario]
        for (place, unit) in test.units.units.enumerated() {
            add(
                "unit \(scenario) \(test.units.members[unit.member]) \(unit.name)",
                money(test.units.sum(exposures, of: place)), money(test.units.sum(test.covers, of: place)),
                money(test.shortfalls(ofUnit: place)[scenario]))
        }
        for (member, shortfall) in zip(test.units.members, shortfalls.members) {
            add("member \(scenario) \(member)", money(shortfall))
        }
        for (group, shortfall) in zip(test.units.groups, shortfalls.groups) {
            add("group \(scenario) \(group)", money(shortfall))
        }
    }

    /// The rounds after a default; where nobody defaults nothing is written.
    init(_ second: SecondRound?, of units: StressUnits, base: Currency) {
        guard let second, second.rounds.first?.defaulting.isEmpty == false else { return }
        func money(_ minorUnits: Int64) -> Rational { Rational(minorUnits, decimals: base.decimals) }
        for round in second.rounds {
            for impact in round.impacts {
                add(
                    "impact \(round.number) \(impact.combinedCommodity)", Rational(impact.netDelta.amount),
                    Rational(impact.priceMove), impact.participation.map { "\(Rational($0))" } ?? "none",
                    impact.isMoreThanVolume)
            }
            for member in round.members {
                add(
                    "survivor \(round.number) \(units.members[member.member])", money(member.need),
                    money(member.uncovered), money(member.resource), member.defaults)
            }
            add(
                "round \(round.number)", round.defaulting.map { units.groups[$0].text }, money(round.shortfall),
                money(round.fundLeft))
        }
        if let refusal = second.refusal {
            add("second round \(second.scenario)", second.capReached, PlainStressRefusal(refusal))
        } else {
            add("second round \(second.scenario)", second.capReached)
        }
    }
}

extension Rational {
    init(_ minorUnits: Int64, decimals: Int) { self.init(Int128(minorUnits), over: Rational.tenTo(decimals)) }
    init(_ value: ExactDecimal) { self.init(value.mantissa, over: Rational.tenTo(value.scale)) }
}

extension PlainStressRefusal {
    /// The rule that the product refuses by, and what it names.
    init(_ refusal: StressRefusal) { self.init(refusal.rule.rawValue, refusal.item) }
}
