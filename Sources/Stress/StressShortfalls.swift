import ParallelWork

/// What is missing in one scenario: the shortfalls of members and groups, in minor units of the base currency, 0 or
/// more (docs/methodology.md §8.4).
package struct StressShortfalls: Sendable {
    /// In the order of the units' members and groups.
    package let members: [Int64]
    package let groups: [Int64]

    fileprivate init(_ units: StressUnits, members: [Int64]) {
        self.members = members
        var groups = [Int64](repeating: 0, count: units.groups.count)
        for (member, shortfall) in members.enumerated() { groups[units.groupOfMember[member]] += shortfall }
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
struct ShortfallTerms: Sendable {
    let units: StressUnits
    /// R by portfolio.
    let covers: [Int64]
    /// R by unit.
    private let coversOfUnits: [Int64]
    /// By group.
    private let contributions: [Int64]
    private let coverCount: Int
    let houseSurplusCoversClients: Bool

    init(
        _ units: StressUnits, covers: [Int64], contributions: [Int64], coverCount: Int, houseSurplusCoversClients: Bool
    ) {
        self.units = units
        self.covers = covers
        coversOfUnits = units.units.indices.map { units.sum(covers, of: $0) }
        self.contributions = contributions
        self.coverCount = coverCount
        self.houseSurplusCoversClients = houseSurplusCoversClients
    }

    /// `scenario` is the number that the result bears.
    func coverRequirement(_ shortfalls: StressShortfalls, scenario: Int) -> CoverRequirement {
        CoverRequirement(shortfalls, scenario: scenario, coverCount: coverCount, contributions: contributions)
    }

    /// By scenario number, on up to `threads` tasks; the same for any number of them. No client's surplus covers
    /// anything; a house's covers its clients' shortfall where the set says so. O(portfolios · scenarios).
    func shortfalls(_ exposures: StressExposures, threads: Int) async -> [StressShortfalls] {
        let byMember = await inChunks(units.members.count, threads: threads, of: 8) { members in
            members.map { shortfalls(of: $0, exposures) }
        }
        return (0...exposures.scenarioCount).map { scenario in
            StressShortfalls(units, members: byMember.map { $0[scenario] })
        }
    }

    /// One member's, by scenario number.
    private func shortfalls(of member: Int, _ exposures: StressExposures) -> [Int64] {
        let count = exposures.scenarioCount + 1
        var uncovered = [Int64](repeating: 0, count: count)
        var (house, clients) = (uncovered, uncovered)
        var rows = exposures.reader
        for unit in units.spans[member] {
            uncovered.setUncovered(units, unit, &rows, cover: coversOfUnits[unit])
            if units.isHouse[unit] {
                house = uncovered
            } else {
                clients.addPositive(uncovered)
            }
        }
        return zip(house, clients).map { house, clients in
            max(0, house) + max(0, clients - (houseSurplusCoversClients ? max(0, -house) : 0))
        }
    }
}

extension [Int64] {
    /// Sets what the cover of a unit leaves open, below 0 where it leaves nothing, by scenario number.
    fileprivate mutating func setUncovered(
        _ units: StressUnits, _ unit: Int, _ rows: inout StressExposures.Reader, cover: Int64
    ) {
        var sums = mutableSpan
        for scenario in sums.indices { sums[scenario] = -cover }
        let portfolios = units.portfolios.span
        for place in units.places(of: unit) { rows.add(portfolios[place], to: &sums) }
    }

    /// Adds each amount above 0 of another list.
    fileprivate mutating func addPositive(_ amounts: [Int64]) {
        var sums = mutableSpan
        let amounts = amounts.span
        for place in 0..<Swift.min(sums.count, amounts.count) { sums[place] += Swift.max(0, amounts[place]) }
    }
}

extension StressUnits {
    /// D of a unit, by scenario number, in minor units of the base currency; `covers` are by portfolio
    /// (docs/methodology.md §8.4).
    package func shortfalls(of unit: Int, _ exposures: StressExposures, covers: [Int64]) -> [Int64] {
        var uncovered = [Int64](repeating: 0, count: exposures.scenarioCount + 1)
        var rows = exposures.reader
        uncovered.setUncovered(self, unit, &rows, cover: sum(covers, of: unit))
        return uncovered.map { max(0, $0) }
    }
}
