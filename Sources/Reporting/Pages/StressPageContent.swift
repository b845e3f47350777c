import Quantities

/// What the page of a stressed run shows (methodology §8): the rows of the reports cover-two, reverse-stress and
/// second-round, with the shortfall of each group that is named.
///
/// Amounts are in the house's base currency and exact; they are written with `decimals` decimals.
package struct StressPageContent: Sendable {
    /// The set of stress scenarios by its code.
    package var stressSet: String
    /// ISO 4217.
    package var currency: String
    /// Decimals of the currency's minor unit.
    package var decimals: Int
    /// How many groups' shortfalls the fund is held against, 1 or more.
    package var coverCount: Int
    /// The guaranty fund, 0 or more.
    package var fund: ExactDecimal
    /// The largest multiple that reverse stress tries, above 0; nil where the set asks for no reverse stress.
    package var reverseMax: ExactDecimal?
    /// Whether the set asks for defaults to be followed through the others.
    package var followsDefaults: Bool
    /// By number; 0 is the bound without offsets.
    package var scenarios: [PageScenario]
    /// By number; empty without reverse stress.
    package var edges: [PageEdge]
    /// By round, the default itself first; empty where there is none to follow.
    package var rounds: [PageRound]
    /// What the rounds are of, and how they ended; nil without rounds.
    package var ending: PageRoundsEnding?

    package init(
        stressSet: String, currency: String, decimals: Int, coverCount: Int, fund: ExactDecimal,
        reverseMax: ExactDecimal?, followsDefaults: Bool, scenarios: [PageScenario] = [], edges: [PageEdge] = [],
        rounds: [PageRound] = [], ending: PageRoundsEnding? = nil
    ) {
        self.stressSet = stressSet
        self.currency = currency
        self.decimals = decimals
        self.coverCount = coverCount
        self.fund = fund
        self.reverseMax = reverseMax
        self.followsDefaults = followsDefaults
        self.scenarios = scenarios
        self.edges = edges
        self.rounds = rounds
        self.ending = ending
    }

    /// The scenarios by what the fund would have to bear, the largest first, of equals the lowest number.
    package var ranked: [PageScenario] {
        scenarios.filter { !$0.isBound }.sorted { ($1.coverTwo, $0.number) < ($0.coverTwo, $1.number) }
    }

    /// The bound without offsets; nil where the run has none.
    package var bound: PageScenario? { scenarios.first(where: \.isBound) }

    /// Reverse stress, nearest to the edge first: the reached by their multiple, then those without a value, then those
    /// that the grid does not reach; of equals the lowest number.
    package var rankedEdges: [PageEdge] {
        func place(_ edge: PageEdge) -> (Int, ExactDecimal, Int) {
            switch edge.outcome {
            case .reached(let multiplier, _, _): (0, multiplier, edge.number)
            case .domain: (1, .zero, edge.number)
            case .notReached: (2, .zero, edge.number)
            }
        }
        return edges.sorted { place($0) < place($1) }
    }

    private var worst: PageScenario? { scenarios.first(where: \.isMaximum) }

    /// Whether the fund bears the worst scenario.
    var isSufficient: Bool { worst?.isSufficient ?? true }

    /// What the fund would have to bear at worst, and whether it does, in a sentence or two.
    var finding: String {
        guard let worst, worst.coverTwo.signum > 0 else {
            return "In no scenario would the fund have to bear anything."
        }
        let verdict =
            worst.isSufficient
            ? "The fund bears it, \(worst.sufficiency.map(\.plainText) ?? "") times over."
            : "The fund bears \(worst.sufficiency.map(\.plainText) ?? "0") of it."
        return "In the worst scenario, \(worst.number) \(worst.code), the fund would have to bear "
            + "\(text(worst.coverTwo)) \(currency) for "
            + "\(worst.shares.map(\.group).joined(separator: ", ")). \(verdict)"
    }

    /// An amount with the currency's decimals.
    package func text(_ amount: ExactDecimal) -> String { amount.text(decimals: decimals) }
}

/// What the fund would have to bear in one scenario.
package struct PageScenario: Sendable {
    /// 0 for the bound without offsets.
    package let number: Int
    package let code: String
    package let kind: String
    package let isMaximum: Bool
    /// The groups with the largest shortfalls, largest first.
    package let shares: [PageShare]
    package let coverOne: ExactDecimal
    /// The sum of the shares.
    package let coverTwo: ExactDecimal
    package let mutualised: ExactDecimal
    /// Fund over need; nil where nothing is needed.
    package let sufficiency: ExactDecimal?
    package let isSufficient: Bool

    package init(
        number: Int, code: String, kind: String, isMaximum: Bool, shares: [PageShare], coverOne: ExactDecimal,
        coverTwo: ExactDecimal, mutualised: ExactDecimal, sufficiency: ExactDecimal?, isSufficient: Bool
    ) {
        self.number = number
        self.code = code
        self.kind = kind
        self.isMaximum = isMaximum
        self.shares = shares
        self.coverOne = coverOne
        self.coverTwo = coverTwo
        self.mutualised = mutualised
        self.sufficiency = sufficiency
        self.isSufficient = isSufficient
    }

    package var isBound: Bool { number == 0 }
}

/// A group's shortfall, 0 or more.
package struct PageShare: Sendable {
    package let group: String
    package let shortfall: ExactDecimal

    package init(group: String, shortfall: ExactDecimal) {
        self.group = group
        self.shortfall = shortfall
    }
}

/// How far one scenario is from the edge.
package struct PageEdge: Sendable {
    package let number: Int
    package let code: String
    package let outcome: Reach
    /// Whether it is the house's.
    package let isSmallest: Bool

    /// Where the search for a scenario's edge ended.
    package enum Reach: Sendable {
        /// The multiple at which the fund breaks, what it would have to bear there, and the groups.
        case reached(multiplier: ExactDecimal, coverTwo: ExactDecimal, groups: [String])
        case notReached
        /// A series has no value at some multiple before.
        case domain(reason: String)
    }

    package init(number: Int, code: String, outcome: Reach, isSmallest: Bool) {
        self.number = number
        self.code = code
        self.outcome = outcome
        self.isSmallest = isSmallest
    }
}

/// One round after a default; round 0 is the default itself.
package struct PageRound: Sendable {
    package let number: Int
    /// The groups that default in it.
    package let groups: [String]
    /// Shortfalls of all groups defaulted so far.
    package let shortfall: ExactDecimal
    /// What they leave of the fund.
    package let fundLeft: ExactDecimal
    package var impacts: [PageImpact] = []
    package var survivors: [PageSurvivor] = []

    package init(number: Int, groups: [String], shortfall: ExactDecimal, fundLeft: ExactDecimal) {
        self.number = number
        self.groups = groups
        self.shortfall = shortfall
        self.fundLeft = fundLeft
    }
}

/// Which default the rounds follow, and how they ended.
package struct PageRoundsEnding: Sendable {
    package let scenarioNumber: Int
    package let scenario: String
    /// Whether groups still defaulted in the last round that the stress set follows.
    package let capReached: Bool
    /// Why the rounds end before their time; empty where they do not.
    package let reason: String

    package init(scenarioNumber: Int, scenario: String, capReached: Bool, reason: String) {
        self.scenarioNumber = scenarioNumber
        self.scenario = scenario
        self.capReached = capReached
        self.reason = reason
    }
}

/// What closing the defaulters out does to one combined commodity's prices.
package struct PageImpact: Sendable {
    package let combinedCommodity: String
    /// Whether its data are made up.
    package let isSynthetic: Bool
    /// Contracts, + long.
    package let netDelta: ExactDecimal
    package let priceMove: ExactDecimal
    /// Nil without a volume.
    package let participation: ExactDecimal?
    package let isMoreThanVolume: Bool

    package init(
        combinedCommodity: String, isSynthetic: Bool, netDelta: ExactDecimal, priceMove: ExactDecimal,
        participation: ExactDecimal?, isMoreThanVolume: Bool
    ) {
        self.combinedCommodity = combinedCommodity
        self.isSynthetic = isSynthetic
        self.netDelta = netDelta
        self.priceMove = priceMove
        self.participation = participation
        self.isMoreThanVolume = isMoreThanVolume
    }
}

/// What one surviving member would have to find.
package struct PageSurvivor: Sendable {
    package let member: String
    package let group: String
    package let need: ExactDecimal
    package let uncovered: ExactDecimal
    package let resource: ExactDecimal
    package let defaults: Bool

    package init(
        member: String, group: String, need: ExactDecimal, uncovered: ExactDecimal, resource: ExactDecimal,
        defaults: Bool
    ) {
        self.member = member
        self.group = group
        self.need = need
        self.uncovered = uncovered
        self.resource = resource
        self.defaults = defaults
    }
}
