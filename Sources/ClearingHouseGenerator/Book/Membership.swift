import ClearingModel

/// What an account of the first block is there to show; every other account is ordinary.
enum AccountRole {
    case ordinary
    /// Short far out-of-the-money options only: the short option minimum binds.
    case shortWings
    /// Ten futures and no collateral: a deficit within the call threshold.
    case withinThreshold
    /// Long premium options only: no requirement.
    case longOptionsOnly
    /// A position of several days' volume in one product.
    case concentrated
}

/// One margin account of the house.
struct GeneratedAccount {
    let code: String
    let member: Int
    let isHouse: Bool
    let type: MarginingType
    let callCurrency: String
    /// Beneficial owners of a segregated account, else 0.
    let ownerCount: Int

    var origin: String { isHouse ? "house" : "client" }

    var accountClass: String {
        if isHouse { return "HOUSE" }
        switch type {
        case .net: return "CLIENT-NET"
        case .grossOmnibus: return "CLIENT-GROSS"
        case .segregated: return "CLIENT-SEG"
        }
    }

    static func owner(_ number: Int) -> String { "OWNER-\(number)" }
}

/// The clearing members and their accounts, computed from their numbers so that a large house needs no memory.
///
/// A member's accounts stand together: first its house account, then its clients', whose margining type goes round
/// net, gross omnibus, net, segregated. Every fifth member is called in euros.
struct Membership {
    let size: ClearingHouseSize

    func memberCode(_ member: Int) -> String { "M" + Self.padded(member + 1, like: size.members) }

    /// The last two members are one group, all others stand alone.
    func group(of member: Int) -> String {
        "GROUP-" + Self.padded(min(member, max(size.members - 2, 0)) + 1, like: size.members)
    }

    /// The member's accounts by number.
    func accounts(of member: Int) -> Range<Int> {
        (member * size.accounts / size.members)..<((member + 1) * size.accounts / size.members)
    }

    func account(_ number: Int) -> GeneratedAccount {
        var member = number * size.members / size.accounts
        while accounts(of: member).upperBound <= number { member += 1 }
        let index = number - accounts(of: member).lowerBound
        let cycle = (number - member) % 4
        let type: MarginingType = index == 0 || cycle % 2 == 0 ? .net : cycle == 1 ? .grossOmnibus : .segregated
        let most = size.accounts / size.members + 1
        let suffix = index == 0 ? "H" : "C" + Self.padded(index, like: most)
        return GeneratedAccount(
            code: "\(memberCode(member))-\(suffix)", member: member, isHouse: index == 0, type: type,
            callCurrency: member % 5 == 4 ? "EUR" : "USD", ownerCount: type == .segregated ? 2 + number % 3 : 0)
    }

    private static func padded(_ number: Int, like largest: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, max(2, String(largest).utf8.count) - digits.utf8.count)) + digits
    }

    func write(_ folder: String) throws(GenerationError) {
        let members = try TableFile(.clearingMember, in: folder)
        for member in 0..<size.members {
            try members.row(
                memberCode(member), "Clearing member \(member + 1)", group(of: member), member == 6 ? "1.2" : "1",
                "\(member % 10 == 0)", "\(size.members <= 20 || member % 10 == 0)",
                "\(size.members <= 20 && member == 0)")
        }
        try members.close()
        let accounts = try TableFile(.account, in: folder)
        let owners = try TableFile(.beneficialOwner, in: folder)
        for number in 0..<size.accounts {
            let account = account(number)
            accounts.plain(account.code)
            accounts.plain(memberCode(account.member))
            accounts.plain(account.origin)
            accounts.plain(account.type.rawValue)
            accounts.plain(account.accountClass)
            accounts.plain(account.callCurrency)
            try accounts.endRow()
            for owner in 0..<account.ownerCount {
                try owners.row(
                    account.code, GeneratedAccount.owner(owner + 1), "Client \(owner + 1) of \(account.code)")
            }
        }
        try accounts.close()
        try owners.close()
    }
}
