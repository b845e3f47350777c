import ClearingModel
import PlainMargin

/// How often the compared houses reach what the comparison is for.
struct StressTally: CustomStringConvertible {
    private(set) var counts: [String: Int] = [:]
    private var failures = 0

    static let least = [
        "computed": 2800, "options": 700, "logarithmic moves": 200, "stress add-on": 800, "reverse reached": 800,
        "reverse not reached": 500, "second round": 700, "options in a second round": 200, "cap reached": 40,
        "default in round 1": 200, "default in round 2": 7, "close_out_market_missing": 80,
        "market missing after round 1": 4, "volume all but exceeded": 3, "delta of 0 without a market": 1,
        "default that is named": 350, "group named twice": 50, "rate missing that nobody needs": 1,
        "earlier rule than a rate that is missing": 10, "fx_rate_missing": 100, "stress_move_missing": 20,
        "stress_relative_of_zero": 10, "stress_log_of_non_positive": 100, "guaranty_fund_missing": 10,
        "guaranty_contribution_excess": 30, "liquidity_resource_missing": 20,
        "second_round_group of a default that is named": 10,
    ]

    mutating func count(_ mark: String) { counts[mark, default: 0] += 1 }

    /// A refused house.
    mutating func count(_ refusal: PlainStressRefusal, of house: PlainStressHouse) {
        count(refusal.rule)
        if refusal.rule != "fx_rate_missing", house.lacksARate { count("earlier rule than a rate that is missing") }
    }

    /// How many houses differed so far.
    mutating func failures(_ differences: [String]) -> Int {
        if !differences.isEmpty { failures += 1 }
        return failures
    }

    mutating func count(_ figures: PlainStressFigures, of house: PlainStressHouse) {
        var marks: Set<String> = ["computed"]
        let hasOptions = house.series.contains(where: \.kind.isOption)
        if hasOptions { marks.insert("options") }
        if house.scenarios.flatMap(\.moves).contains(where: { $0.priceKind == .log }) {
            marks.insert("logarithmic moves")
        }
        if !figures.addOns.isEmpty { marks.insert("stress add-on") }
        if house.lacksARate {
            marks.insert("rate missing that nobody needs")
        }
        if let groups = house.secondRound?.groups, Set(groups).count < groups.count {
            marks.insert("group named twice")
        }
        if figures.contributionsExceedFund { marks.insert("excess flagged") }
        for row in figures.reverse {
            marks.insert(row.status == .notReached ? "reverse not reached" : "reverse reached")
        }
        var rounds: [PlainSecondRound.Round] = []
        switch figures.secondRound {
        case .none: break
        case .refused(let refusal, _, let before):
            marks.insert(refusal.rule)
            if before.count > 1 { marks.insert("market missing after round 1") }
            rounds = before
        case .computed(let second):
            marks.insert("second round")
            if hasOptions { marks.insert("options in a second round") }
            if second.capReached { marks.insert("cap reached") }
            rounds = second.rounds
        }
        for round in rounds where round.number > 0 && !round.defaulted.isEmpty {
            marks.insert("default in round \(round.number)")
        }
        for impact in rounds.flatMap(\.impacts) {
            guard let participation = impact.participation else {
                marks.insert("delta of 0 without a market")
                continue
            }
            if participation != 1, participation.rounded(6) == 1 { marks.insert("volume all but exceeded") }
        }
        for mark in marks { count(mark) }
    }

    var description: String {
        counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
}

extension PlainStressHouse {
    /// Into the base currency, of some combined commodity.
    fileprivate var lacksARate: Bool {
        commodities.contains { commodity in
            commodity.currency != baseCurrency
                && !conversions.contains { $0.from == commodity.currency && $0.to == baseCurrency }
        }
    }
}
