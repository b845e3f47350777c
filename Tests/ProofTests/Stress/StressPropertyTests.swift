import PlainMargin
import TestSupport
import Testing

/// Laws of §8 that hold for every house, on the second implementation; a failure prints the seed of its house.
struct StressPropertyTests {
    static let seeds = UInt64(80_000)..<81_200

    /// The house of a seed with its figures; nil where it is refused.
    private func computed(_ seed: UInt64) -> (house: PlainStressHouse, figures: PlainStressFigures)? {
        var random = StressHouse(seed: seed)
        let house = random.make()
        guard let figures = try? house.stress() else { return nil }
        return (house, figures)
    }

    @Test func `more groups never cost less, and none costs more than all`() throws {
        var compared = 0
        for seed in Self.seeds {
            guard let (drawn, _) = computed(seed) else { continue }
            var house = drawn
            var before: PlainStressFigures?
            for count in 1...4 {
                house.coverCount = count
                let figures = try house.stress()
                for (position, outcome) in (figures.scenarios + [figures.noOffset]).enumerated() {
                    let sorted = outcome.groups.values.sorted(by: >)
                    #expect(outcome.cover == sorted.prefix(count).map { $0 }.sum(), "seed \(seed)")
                    #expect(outcome.coverOne == sorted.first ?? 0, "seed \(seed)")
                    #expect(outcome.mutualised >= 0 && outcome.mutualised <= outcome.cover, "seed \(seed)")
                    #expect(outcome.largest.allSatisfy { (outcome.groups[$0] ?? 0) > 0 }, "seed \(seed)")
                    #expect(outcome.largest.count <= count, "seed \(seed)")
                    #expect(outcome.isSufficient == (outcome.cover <= figures.fund), "seed \(seed)")
                    #expect((outcome.sufficiency == nil) == (outcome.cover == 0), "seed \(seed)")
                    let earlier = before.map { ($0.scenarios + [$0.noOffset])[position] }
                    #expect((earlier?.cover ?? 0) <= outcome.cover, "seed \(seed)")
                    #expect(earlier?.largest ?? [] == outcome.largest.prefix(earlier?.largest.count ?? 0).map { $0 })
                    compared += 1
                }
                let covers = figures.scenarios.map { ($0.number, $0.cover) }
                let most = covers.map(\.1).max()
                #expect(figures.coverScenario == covers.first { $0.1 == most }?.0, "seed \(seed)")
                before = figures
            }
        }
        #expect(compared > 10_000)
    }

    @Test func `without a move futures cost nothing and nobody falls short`() throws {
        var checked = 0
        for seed in Self.seeds {
            guard let (house, _) = computed(seed), house.series.allSatisfy({ $0.kind == .future }) else { continue }
            for scenario in house.scenarios {
                let still = try house.outcome(scenario, times: 0)
                #expect(still.exposures.allSatisfy { $0.exposure == 0 }, "seed \(seed)")
                #expect(still.cover == 0 && still.largest.isEmpty && still.isSufficient, "seed \(seed)")
                #expect(still.sufficiency == nil, "seed \(seed)")
                checked += 1
            }
        }
        #expect(checked > 1000)
    }

    @Test func `the no-offset bound is no less than any scenario`() {
        var compared = 0
        for seed in Self.seeds {
            guard let (_, figures) = computed(seed) else { continue }
            let bound = figures.noOffset
            for outcome in figures.scenarios {
                for (low, high) in zip(outcome.exposures, bound.exposures) {
                    #expect(low.account == high.account && low.owner == high.owner && low.cover == high.cover)
                    #expect(low.exposure <= high.exposure, "seed \(seed), account \(low.account) \(low.owner)")
                    compared += 1
                }
                for (low, high) in zip(outcome.units, bound.units) { #expect(low.shortfall <= high.shortfall) }
                for (member, low) in outcome.members { #expect(low <= bound.members[member] ?? -1, "seed \(seed)") }
                #expect(outcome.cover <= bound.cover && outcome.coverOne <= bound.coverOne, "seed \(seed)")
            }
        }
        #expect(compared > 10_000)
    }

    @Test func `a client's surplus covers nobody, and a loser's loss is lessened by his own cover alone`() throws {
        var compared = 0
        for seed in Self.seeds {
            guard let (house, figures) = computed(seed) else { continue }
            for index in house.accounts.indices where !house.accounts[index].isHouse {
                var richer = house
                let account = house.accounts[index]
                guard account.addOns.isEmpty else { continue }
                richer.accounts[index].owners[0].requirement += 1000
                let found = try richer.stress()
                for (before, after) in zip(figures.scenarios, found.scenarios) {
                    let isOwn = { (unit: PlainStressUnit) in
                        unit.account == account.code && unit.owner == account.owners[0].code
                    }
                    #expect(before.units.filter { !isOwn($0) } == after.units.filter { !isOwn($0) }, "seed \(seed)")
                    let gain = before.units.filter(isOwn).map(\.shortfall).sum()
                    let rest = after.units.filter(isOwn).map(\.shortfall).sum()
                    let fall = (before.members[account.member] ?? 0) - (after.members[account.member] ?? 0)
                    #expect(fall >= 0 && fall <= gain - rest, "seed \(seed)")
                    for (member, shortfall) in before.members where member != account.member {
                        #expect(shortfall == after.members[member], "seed \(seed)")
                    }
                    compared += 1
                }
            }
        }
        #expect(compared > 2000)
    }

    @Test func `every minor unit of a stress add-on is borne, by those who fall short`() {
        var checked = 0
        for seed in Self.seeds {
            guard let (house, figures) = computed(seed) else { continue }
            for charge in figures.addOns {
                checked += 1
                let shortfalls = figures.scenarios.map { $0.members[charge.member] ?? 0 }
                #expect(charge.shortfall == shortfalls.max(), "seed \(seed)")
                #expect(shortfalls.firstIndex(of: charge.shortfall).map { $0 + 1 } == charge.scenario, "seed \(seed)")
                #expect(charge.charge > 0 && charge.charge <= charge.shortfall, "seed \(seed)")
                #expect(charge.parts.map(\.amount).sum() == charge.charge, "seed \(seed)")
                let outcome = figures.scenarios[charge.scenario - 1]
                for part in charge.parts {
                    let lines = outcome.exposures.filter { $0.account == part.account }
                    #expect(lines.contains { $0.exposure > $0.cover }, "seed \(seed), account \(part.account)")
                    #expect(house.accounts.first { $0.code == part.account }?.member == charge.member)
                }
            }
        }
        #expect(checked > 500)
    }

    @Test func `a reverse stress ends where the fund gives way`() throws {
        var reached = 0
        for seed in Self.seeds {
            guard let (house, figures) = computed(seed), let grid = house.reverse else { continue }
            var multipliers: [Rational] = []
            for (scenario, row) in zip(house.scenarios, figures.reverse) {
                guard case .reached(let multiplier, let cover, let groups) = row.status else {
                    let last = (grid.max / grid.step).truncated(0) * grid.step
                    #expect(try house.outcome(scenario, times: last).cover <= figures.fund, "seed \(seed)")
                    continue
                }
                reached += 1
                multipliers.append(multiplier)
                let there = try house.outcome(scenario, times: multiplier)
                #expect(there.cover == cover && cover > figures.fund && there.largest == groups, "seed \(seed)")
                // The width of the last bracket, which halving the step gives.
                var width = grid.step
                while width > "0.001" { width = width / 2 }
                #expect(try house.outcome(scenario, times: multiplier - width).cover <= figures.fund, "seed \(seed)")
            }
            let smallest = figures.reverse.first { row in
                if case .reached(let multiplier, _, _) = row.status { multiplier == multipliers.min() } else { false }
            }
            #expect(figures.smallestReverse == smallest?.scenario, "seed \(seed)")
        }
        #expect(reached > 300)
    }

    @Test func `closing out moves prices against what is closed out`() {
        var rounds = 0
        for seed in Self.seeds {
            guard let (house, figures) = computed(seed), case .computed(let second) = figures.secondRound else {
                continue
            }
            #expect(second.rounds.flatMap(\.defaulted).count == Set(second.rounds.flatMap(\.defaulted)).count)
            #expect(second.rounds.map(\.number) == Array(0..<second.rounds.count), "seed \(seed)")
            #expect(second.capReached == (second.rounds.last?.defaulted.isEmpty == false), "seed \(seed)")
            for round in second.rounds.dropFirst() {
                rounds += 1
                #expect(round.number == second.rounds.count - 1 || !round.defaulted.isEmpty, "seed \(seed)")
                for impact in round.impacts {
                    #expect(impact.netDelta * impact.priceMove <= 0, "seed \(seed)")
                    #expect(impact.participation ?? 0 >= 0 && impact.priceMove.rounded(6) == impact.priceMove)
                }
                let failing = round.members.filter(\.defaults).map { failed in
                    house.members.first { $0.code == failed.member }?.group ?? failed.member
                }
                #expect(Set(failing) == Set(round.defaulted), "seed \(seed)")
                #expect(round.members.allSatisfy { $0.need >= $0.uncovered && $0.uncovered >= 0 }, "seed \(seed)")
                #expect(round.fundLeft == max(0, figures.fund - round.shortfall), "seed \(seed)")
            }
        }
        #expect(rounds > 200)
    }

    @Test func `no order of rows decides a figure`() throws {
        var compared = 0
        for seed in Self.seeds {
            guard let (drawn, figures) = computed(seed) else { continue }
            var house = drawn
            var shuffling = SeededGenerator(seed: seed)
            house.series.shuffle(using: &shuffling)
            house.commodities.shuffle(using: &shuffling)
            house.members.shuffle(using: &shuffling)
            house.accounts.shuffle(using: &shuffling)
            house.scenarios.shuffle(using: &shuffling)
            house.contributions.shuffle(using: &shuffling)
            house.conversions.shuffle(using: &shuffling)
            for index in house.scenarios.indices { house.scenarios[index].moves.shuffle(using: &shuffling) }
            for index in house.accounts.indices { house.accounts[index].owners.shuffle(using: &shuffling) }
            #expect(try house.stress() == figures, "seed \(seed)")
            compared += 1
        }
        #expect(compared > 900)
    }
}
