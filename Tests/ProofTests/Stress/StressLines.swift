import PlainMargin

/// Every figure of §8 on a line of its own, named by the way to it, in the order in which the document puts them: what
/// the two implementations are compared by. Amounts are in units of their currency.
struct StressLines: Equatable {
    private(set) var lines: [String] = []

    mutating func add(_ path: String, _ figures: Any...) {
        lines.append("\(path): \(figures.map { "\($0)" }.joined(separator: " "))")
    }

    mutating func append(_ other: StressLines) { lines += other.lines }

    /// The first lines that one side has and the other has not; where both have the same, the first out of order.
    func differences(from other: StressLines) -> [String] {
        guard self != other else { return [] }
        let (own, others) = (Set(lines), Set(other.lines))
        let missing = lines.filter { !others.contains($0) }.prefix(6).map { "document: \($0)" }
        let unexpected = other.lines.filter { !own.contains($0) }.prefix(6).map { "product: \($0)" }
        let differences = missing + unexpected
        guard differences.isEmpty else { return differences }
        let place = zip(lines, other.lines).first { $0 != $1 }
        return ["in another order, or more than once: \(place.map { "\($0)" } ?? "the last")"]
    }
}

extension StressLines {
    /// The second implementation's figures.
    init(_ figures: PlainStressFigures) {
        for (scenario, array) in figures.arrays.sorted(by: { $0.key < $1.key }) {
            for (series, value) in array.sorted(by: { $0.key < $1.key }) { add("array \(scenario) \(series)", value) }
        }
        for outcome in [figures.noOffset] + figures.scenarios { add(outcome) }
        add("cover scenario", figures.coverScenario)
        add("fund", figures.fund, figures.contributionsExceedFund)
        for charge in figures.addOns {
            add("charge \(charge.member)", charge.scenario, charge.shortfall, charge.charge)
            for part in charge.parts { add("part \(part.account)", part.amount, part.converted) }
        }
        for row in figures.reverse {
            switch row.status {
            case .reached(let multiplier, let cover, let groups):
                add("reverse \(row.scenario)", multiplier, cover, groups)
            case .notReached: add("reverse \(row.scenario)", "not reached")
            case .refused(let refusal): add("reverse \(row.scenario)", refusal)
            }
        }
        add("smallest", figures.smallestReverse ?? 0)
    }

    private mutating func add(_ outcome: PlainStressOutcome) {
        let number = outcome.number
        for line in outcome.exposures {
            add("exposure \(number) \(line.account)/\(line.owner)", line.exposure, line.cover)
        }
        for unit in outcome.units {
            add("unit \(number) \(unit.member) \(unit.name)", unit.exposure, unit.cover, unit.shortfall)
        }
        for (member, shortfall) in outcome.members.sorted(by: { $0.key < $1.key }) {
            add("member \(number) \(member)", shortfall)
        }
        for (group, shortfall) in outcome.groups.sorted(by: { $0.key < $1.key }) {
            add("group \(number) \(group)", shortfall)
        }
        add("cover \(number)", outcome.largest, outcome.coverOne, outcome.cover, outcome.mutualised)
        add("sufficiency \(number)", outcome.sufficiency.map { "\($0)" } ?? "none", outcome.isSufficient)
    }

    /// The rounds after a default; without any round nothing is written.
    init(_ status: PlainSecondRoundStatus) {
        switch status {
        case .none: break
        case .refused(let refusal, let scenario, let rounds):
            for round in rounds { add(round) }
            add("second round \(scenario)", false, refusal)
        case .computed(let second):
            for round in second.rounds { add(round) }
            add("second round \(second.scenario)", second.capReached)
        }
    }

    private mutating func add(_ round: PlainSecondRound.Round) {
        let number = round.number
        for impact in round.impacts {
            add(
                "impact \(number) \(impact.commodity)", impact.netDelta, impact.priceMove,
                impact.participation.map { "\($0.rounded(6))" } ?? "none", impact.isMoreThanVolume)
        }
        for member in round.members {
            add(
                "survivor \(number) \(member.member)", member.need, member.uncovered, member.resource, member.defaults)
        }
        add("round \(number)", round.defaulted, round.shortfall, round.fundLeft)
    }
}
