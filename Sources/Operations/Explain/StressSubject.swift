import ClearingModel
import EndOfDay
import Runtime
import Stress

/// Whose shortfall is asked for: which units of which member.
struct StressSubject {
    let name: String
    let member: MemberCode
    /// Whether it is the member as a whole.
    let isMember: Bool
    /// Of an account of a member's own, the account alone stands for the house.
    let units: [(name: String, isHouse: Bool, portfolios: [Int])]

    /// A member, `MEMBER/house`, an account, or `ACCOUNT/OWNER`.
    /// - Throws: `Failure` 66 where nothing has the name.
    init(_ name: String, in book: StressBook, _ context: RunContext) throws {
        let units = book.units
        let house = book.house
        func shown(_ unit: StressUnit) -> (name: String, isHouse: Bool, portfolios: [Int]) {
            (unit.name, unit.isHouse, unit.portfolios)
        }
        self.name = name
        if let place = units.members.firstIndex(where: { $0.text == name }) {
            member = units.members[place]
            isMember = true
            self.units = units.units.filter { $0.member == place }.map(shown)
            return
        }
        isMember = false
        if let unit = units.units.first(where: { Self.name(of: $0, units) == name }) {
            member = units.members[unit.member]
            self.units = [shown(unit)]
            return
        }
        let portfolios = book.portfolios.indices.filter {
            house.accounts[book.portfolios[$0].account].code.text == name
        }
        guard let first = portfolios.first else {
            throw Failure(
                .inputMissing, "\(context.title) has no member, account or ACCOUNT/OWNER \(name)",
                hint: context.line(.status))
        }
        let account = house.accounts[book.portfolios[first].account]
        member = account.member
        self.units =
            account.origin == .house
            ? [(name, true, portfolios)]
            : units.units.filter { !$0.isHouse && portfolios.contains($0.portfolios[0]) }.map(shown)
    }

    /// A house by its member, because each member has one of the name.
    private static func name(of unit: StressUnit, _ units: StressUnits) -> String {
        unit.isHouse ? "\(units.members[unit.member])/\(unit.name)" : unit.name
    }
}
