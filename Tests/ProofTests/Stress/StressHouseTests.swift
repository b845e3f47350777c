import ClearingModel
import PlainMargin
import Testing

/// That the random stress houses reach every rule of §8, and each of its ties.
struct StressHouseTests {
    private static let marks = [
        "equal maxima", "equal groups", "equal groups at the edge", "fund of 0", "no shortfall",
        "group without shortfall",
        "member without accounts", "member without house", "member without clients", "surplus covers clients",
        "gross omnibus", "owners of a client", "owners of the house", "add-on shared evenly", "add-on shared by owners",
        "own rows", "default rows", "near and far months", "relative below zero", "premium-style option",
        "excess flagged",
        "stress add-on", "add-on of several accounts", "several house accounts", "add-on converted",
        "add-on not of scenario 1",
        "reverse reached", "reverse not reached", "floor at -1", "equal multipliers", "second round",
        "default in round 1",
        "default in round 2", "just enough", "cap reached", "market missing", "more than volume", "delta of 0",
        "named groups",
        "stress_move_missing", "stress_relative_of_zero", "guaranty_fund_missing", "guaranty_contribution_excess",
        "fx_rate_missing", "liquidity_resource_missing", "second_round_group",
    ]

    @Test func `the random houses reach every rule`() {
        var times: [String: Int] = [:]
        for seed in StressPropertyTests.seeds {
            var random = StressHouse(seed: seed)
            let house = random.make()
            do throws(PlainStressRefusal) {
                let figures = try house.stress()
                let marks = marks(house).union(marks(house, figures)).union(laterMarks(house, figures))
                for mark in marks { times[mark, default: 0] += 1 }
                times["computed", default: 0] += 1
            } catch {
                times[error.rule, default: 0] += 1
            }
        }
        for mark in Self.marks { #expect(times[mark, default: 0] >= 3, "\(mark): \(times[mark, default: 0])") }
        #expect(times["computed", default: 0] * 10 > StressPropertyTests.seeds.count * 8)
        print(times.sorted { $0.value < $1.value }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
    }

    /// What a house itself shows.
    private func marks(_ house: PlainStressHouse) -> Set<String> {
        var marks: Set<String> = house.fund?.amount == 0 ? ["fund of 0"] : []
        for member in house.members {
            let accounts = house.accounts.filter { $0.member == member.code }
            if accounts.isEmpty { marks.insert("member without accounts") }
            if !accounts.isEmpty, !accounts.contains(where: \.isHouse) { marks.insert("member without house") }
            if !accounts.isEmpty, accounts.allSatisfy(\.isHouse) { marks.insert("member without clients") }
        }
        for account in house.accounts {
            if account.type == .grossOmnibus { marks.insert("gross omnibus") }
            let isShared = account.owners.count > 1 && account.addOns.contains { $0.owner == nil && $0.amount > 0 }
            if account.type == .segregated {
                marks.insert(account.isHouse ? "owners of the house" : "owners of a client")
                let isEven = account.owners.allSatisfy { $0.requirement == 0 }
                if isShared { marks.insert(isEven ? "add-on shared evenly" : "add-on shared by owners") }
            }
            let held = Set(account.owners.flatMap(\.positions).map(\.series))
            if house.series.contains(where: { held.contains($0.code) && $0.kind.isPremiumOption }) {
                marks.insert("premium-style option")
            }
        }
        for move in house.scenarios.flatMap(\.moves) {
            marks.insert(move.commodity == nil ? "default rows" : "own rows")
            if move.toMonth != nil { marks.insert("near and far months") }
            if move.priceKind == .relative, house.series.contains(where: { $0.underlyingPrice < 0 }) {
                marks.insert("relative below zero")
            }
        }
        return marks
    }

    /// What §8.3 to §8.5 show.
    private func marks(_ house: PlainStressHouse, _ figures: PlainStressFigures) -> Set<String> {
        var marks: Set<String> = figures.contributionsExceedFund ? ["excess flagged"] : []
        let most = figures.scenarios.map(\.cover).max() ?? 0
        if most == 0 { marks.insert("no shortfall") }
        if most > 0, figures.scenarios.filter({ $0.cover == most }).count > 1 { marks.insert("equal maxima") }
        for outcome in figures.scenarios {
            let sorted = outcome.groups.values.filter { $0 > 0 }.sorted(by: >)
            if Set(sorted).count < sorted.count { marks.insert("equal groups") }
            if sorted.count > house.coverCount, sorted[house.coverCount - 1] == sorted[house.coverCount] {
                marks.insert("equal groups at the edge")
            }
            if outcome.cover > 0, outcome.groups.values.contains(0) { marks.insert("group without shortfall") }
            for (member, shortfall) in outcome.members
            where shortfall < outcome.units.filter({ $0.member == member }).map(\.shortfall).sum() {
                marks.insert("surplus covers clients")
            }
        }
        for charge in figures.addOns {
            marks.insert("stress add-on")
            if charge.scenario > 1 { marks.insert("add-on not of scenario 1") }
            if charge.parts.count > 1 { marks.insert("add-on of several accounts") }
            let accounts = charge.parts.compactMap { part in house.accounts.first { $0.code == part.account } }
            if accounts.filter(\.isHouse).count > 1 { marks.insert("several house accounts") }
            if accounts.contains(where: { $0.callCurrency != house.baseCurrency }) { marks.insert("add-on converted") }
        }
        return marks
    }

    /// What §8.6 and §8.7 show.
    private func laterMarks(_ house: PlainStressHouse, _ figures: PlainStressFigures) -> Set<String> {
        var marks: Set<String> = []
        var multipliers: [Rational] = []
        for row in figures.reverse {
            marks.insert(row.status == .notReached ? "reverse not reached" : "reverse reached")
            guard case .reached(let multiplier, _, _) = row.status else { continue }
            multipliers.append(multiplier)
            let moves = house.scenarios.first { $0.number == row.scenario }?.moves ?? []
            if moves.contains(where: { $0.priceKind == .relative && $0.priceMove * multiplier < -1 }) {
                marks.insert("floor at -1")
            }
        }
        if let smallest = multipliers.min(), multipliers.filter({ $0 == smallest }).count > 1 {
            marks.insert("equal multipliers")
        }
        switch figures.secondRound {
        case .none: break
        case .refused: marks.insert("market missing")
        case .computed(let second):
            marks.insert("second round")
            if house.secondRound?.groups != nil { marks.insert("named groups") }
            if second.capReached { marks.insert("cap reached") }
            for round in second.rounds where round.number > 0 && !round.defaulted.isEmpty {
                marks.insert("default in round \(round.number)")
            }
            let impacts = second.rounds.flatMap(\.impacts)
            let survivors = second.rounds.flatMap(\.members)
            if survivors.contains(where: { $0.uncovered > 0 && $0.uncovered == $0.resource }) {
                marks.insert("just enough")
            }
            if impacts.contains(where: \.isMoreThanVolume) { marks.insert("more than volume") }
            if impacts.contains(where: { $0.netDelta == 0 }) { marks.insert("delta of 0") }
        }
        return marks
    }
}
