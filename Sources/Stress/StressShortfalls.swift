import ClearingModel
import Parameters

/// What is missing in one scenario: D of each unit, and the shortfalls of members and groups, in minor units of the
/// base currency, 0 or more (docs/methodology.md §8.4).
package struct StressShortfalls: Sendable {
    /// In the order of the units.
    package let units: [Int64]
    package let members: [Int64]
    package let groups: [Int64]

    /// `exposures` are by portfolio, covers by unit: `StressUnits.sums` of those of portfolios. No client's surplus
    /// covers anything; a house's covers its clients' shortfall where the set says so.
    package init(
        _ units: StressUnits, exposures: [Int64], coversOfUnits: [Int64], houseSurplusCoversClients: Bool
    ) {
        let (exposures, covers) = (units.sums(exposures), coversOfUnits)
        var missing = [Int64](repeating: 0, count: exposures.count)
        var members: [Int64] = []
        var groups = [Int64](repeating: 0, count: units.groups.count)
        for (member, span) in units.spans.enumerated() {
            var (ofHouse, ofClients, surplus): (Int64, Int64, Int64) = (0, 0, 0)
            for unit in span {
                let uncovered = exposures[unit] - covers[unit]
                let shortfall = max(0, uncovered)
                missing[unit] = shortfall
                if units.isHouse[unit] {
                    ofHouse = shortfall
                    surplus = max(0, -uncovered)
                } else {
                    ofClients += shortfall
                }
            }
            let total = ofHouse + max(0, ofClients - (houseSurplusCoversClients ? surplus : 0))
            members.append(total)
            groups[units.groupOfMember[member]] += total
        }
        self.units = missing
        self.members = members
        self.groups = groups
    }

    /// The groups with a shortfall, the largest first, of equal ones by code; at most `count`.
    package func largest(_ count: Int) -> [Int] {
        Array(
            groups.indices.filter { groups[$0] > 0 }
                .sorted { groups[$0] != groups[$1] ? groups[$0] > groups[$1] : $0 < $1 }.prefix(count))
    }
}

/// What the fund would have to bear in one scenario, in minor units of the base currency (docs/methodology.md §8.4).
package struct CoverRequirement: Sendable {
    /// The scenario's number; 0 for the no-offset bound.
    package let scenario: Int
    /// Indices of the groups with the largest shortfalls, largest first, at most as many as the set counts.
    package let groups: [Int]
    /// The largest shortfall of one group.
    package let coverOne: Int64
    /// The sum of the groups' shortfalls.
    package let coverTwo: Int64
    /// What of it their members' own contributions do not bear.
    package let mutualised: Int64

    /// `contributions` are by group.
    package init(_ shortfalls: StressShortfalls, scenario: Int, coverCount: Int, contributions: [Int64]) {
        self.scenario = scenario
        groups = shortfalls.largest(coverCount)
        coverOne = groups.first.map { shortfalls.groups[$0] } ?? 0
        coverTwo = groups.reduce(0) { $0 + shortfalls.groups[$1] }
        mutualised = groups.reduce(0) { $0 + max(0, shortfalls.groups[$1] - contributions[$1]) }
    }
}

/// What every scenario's shortfalls are worked out with.
struct ShortfallTerms {
    let units: StressUnits
    /// R by portfolio.
    let covers: [Int64]
    private let coversOfUnits: [Int64]
    /// By group.
    private let contributions: [Int64]
    private let coverCount: Int
    let houseSurplusCoversClients: Bool

    init(_ units: StressUnits, covers: [Int64], contributions: [Int64], _ set: StressSet) {
        self.units = units
        self.covers = covers
        coversOfUnits = units.sums(covers)
        self.contributions = contributions
        coverCount = set.coverCount
        houseSurplusCoversClients = set.houseSurplusCoversClients
    }

    /// Of one scenario, whose exposures are by portfolio.
    func shortfalls(_ exposures: [Int64]) -> StressShortfalls {
        StressShortfalls(
            units, exposures: exposures, coversOfUnits: coversOfUnits,
            houseSurplusCoversClients: houseSurplusCoversClients)
    }

    /// `scenario` is the number that the result bears.
    func coverRequirement(_ shortfalls: StressShortfalls, scenario: Int) -> CoverRequirement {
        CoverRequirement(shortfalls, scenario: scenario, coverCount: coverCount, contributions: contributions)
    }
}
