import ClearingModel

/// What is closed out on its own in a member's default: its house accounts together, each client account, and of a
/// segregated one each owner (docs/methodology.md §8.4).
package struct StressUnit: Sendable {
    /// Index into the house's members.
    package let member: Int
    package let isHouse: Bool
    /// Indices of the portfolios it is made of; of a client unit one.
    package let portfolios: [Int]
    /// `house`, the account, or the account and owner: `B/O1`.
    package let name: String
}

/// The members of a house with their units and groups.
package struct StressUnits: Sendable {
    /// By member, the house first, then by account and owner. A member without house accounts has no house unit.
    package let units: [StressUnit]
    /// By member: the span of its units.
    let spans: [Range<Int>]
    package let members: [MemberCode]
    /// The groups of members by their codes.
    package let groups: [CompanyGroupCode]
    /// By member: index of its group.
    let groupOfMember: [Int]
    /// The units' portfolios one after another, and by unit where its own start: what sums run over.
    let portfolios: [Int]
    private let starts: [Int]
    /// By unit.
    let isHouse: [Bool]

    init(_ house: ClearingHouse, _ portfolios: [StressPortfolio]) {
        let places = Dictionary(
            house.members.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
        var (houses, clients) = ([[Int]](repeating: [], count: house.members.count), [[Int]]())
        clients = houses
        for (index, portfolio) in portfolios.enumerated() {
            let account = house.accounts[portfolio.account]
            guard let member = places[account.member] else { continue }
            if account.origin == .house { houses[member].append(index) } else { clients[member].append(index) }
        }
        var units: [StressUnit] = []
        var spans: [Range<Int>] = []
        for member in house.members.indices {
            let start = units.count
            if !houses[member].isEmpty {
                units.append(
                    StressUnit(member: member, isHouse: true, portfolios: houses[member], name: Self.houseName))
            }
            for index in clients[member] {
                let portfolio = portfolios[index]
                let account = house.accounts[portfolio.account].code.text
                units.append(
                    StressUnit(
                        member: member, isHouse: false, portfolios: [index],
                        name: portfolio.owner == .none ? account : "\(account)/\(portfolio.owner)"))
            }
            spans.append(start..<units.count)
        }
        self.units = units
        self.spans = spans
        self.portfolios = units.flatMap(\.portfolios)
        var next = 0
        starts = units.map { unit in
            defer { next += unit.portfolios.count }
            return next
        }
        isHouse = units.map(\.isHouse)
        members = house.members.map(\.code)
        let groups = Set(house.members.map(\.group)).sorted()
        let indices = Dictionary(groups.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        self.groups = groups
        groupOfMember = house.members.map { indices[$0.group] ?? 0 }
    }

    /// The name of the unit of a member's own accounts.
    package static let houseName = "house"

    /// Groups that somebody names as indices, in their order, each once.
    /// - Throws: `StressRefusal` `second_round_group` for one that is not there.
    func indices(of codes: [CompanyGroupCode]) throws(StressRefusal) -> [Int] {
        var indices: [Int] = []
        for code in codes {
            guard let index = groups.firstIndex(of: code) else {
                throw StressRefusal(
                    .secondRoundGroup, "\(code)", table: "clearing_member", column: "member_group",
                    "no member is of group \(code)")
            }
            if !indices.contains(index) { indices.append(index) }
        }
        return indices
    }

    /// Where a unit's portfolios stand among those of all units.
    func places(of unit: Int) -> Range<Int> {
        starts[unit]..<(unit + 1 < starts.count ? starts[unit + 1] : portfolios.count)
    }

    /// The sum of a unit's portfolios' amounts.
    package func sum(_ amounts: [Int64], of unit: Int) -> Int64 {
        var sum: Int64 = 0
        for portfolio in portfolios[places(of: unit)] { sum += amounts[portfolio] }
        return sum
    }
}
