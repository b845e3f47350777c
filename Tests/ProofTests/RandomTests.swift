import Margining
import PlainMargin
import Testing

/// Random houses and larger portfolios; every failure prints the seed of its house.
struct RandomTests {
    static let blocks = 0..<4
    static let housesABlock: UInt64 = 500

    @Test(arguments: blocks) func `document and product agree on random houses`(_ block: Int) throws {
        var scratch = KernelScratch()
        var checked = 0
        var refused = 0
        var differing = 0
        let first = 20_260_000 + UInt64(block) * Self.housesABlock
        for seed in first..<first + Self.housesABlock where differing < 3 {
            var random = RandomHouse(seed: seed)
            let (house, accounts) = random.make(accounts: 10)
            guard let book = try soundBook(house) else {
                refused += 1
                continue
            }
            for account in accounts {
                checked += 1
                if try !expectAgreement(book, account, "seed \(seed)", scratch: &scratch) { differing += 1 }
            }
        }
        #expect(differing > 0 || checked >= 4000, "too few houses are sound: \(refused) refused")
        print("random houses, block \(block): \(checked) portfolios agree, \(refused) houses refused")
    }

    @Test func `the random houses exercise every rule`() throws {
        var times: [String: Int] = [:]
        for seed in UInt64(20_260_000)..<20_260_500 {
            var random = RandomHouse(seed: seed)
            let (house, accounts) = random.make(accounts: 10)
            for account in accounts {
                for rule in rules(house, house.requirement(of: account)) { times[rule, default: 0] += 1 }
            }
        }
        for rule in Self.rules { #expect(times[rule, default: 0] >= 40, "\(rule): \(times[rule, default: 0])") }
    }

    private static let rules = [
        "scan tiers", "maximum below 0", "calendar spread", "A short", "delivery", "consumed in delivery",
        "inter spread", "credit limited", "super spread", "scan group", "short option minimum binds", "add-back",
        "long premium only", "two currencies",
    ]

    /// The rules that left a mark on an account's figures.
    private func rules(_ house: PlainHouse, _ plain: PlainRequirement) -> Set<String> {
        var rules: Set<String> = plain.amounts.count > 1 ? ["two currencies"] : []
        for owner in plain.owners {
            for figures in owner.commodities {
                let money = figures.money
                if figures.scanning.activeScenario == nil, figures.scanning.time != nil { rules.insert("scan tiers") }
                if figures.scanning.activeScenario.map({ figures.array[$0 - 1] < 0 }) == true {
                    rules.insert("maximum below 0")
                }
                if !figures.intraSpreads.isEmpty { rules.insert("calendar spread") }
                if figures.intraSpreads.contains(where: { !$0.aIsLong }) { rules.insert("A short") }
                if money.delivery > 0 { rules.insert("delivery") }
                if figures.deliveryMonths.contains(where: { $0.consumed > 0 }) { rules.insert("consumed in delivery") }
                if money.appliedCredit < figures.interCredit { rules.insert("credit limited") }
                if money.risk > money.scan + money.intra + money.delivery - money.appliedCredit {
                    rules.insert("short option minimum binds")
                }
            }
            for formed in owner.interSpreads {
                let isSuper = house.interSpreads.contains { $0.code == formed.spread && $0.isSuper }
                rules.insert(isSuper ? "super spread" : "inter spread")
            }
            if !owner.scanGroups.isEmpty { rules.insert("scan group") }
            if owner.currencies.contains(where: { $0.offsetAddBack > 0 }) { rules.insert("add-back") }
            if owner.currencies.contains(where: { $0.isLongPremiumOptionsOnly }) { rules.insert("long premium only") }
        }
        return rules
    }
}

/// The product's book of a house; nil where it refuses a random one's rows.
func soundBook(_ house: PlainHouse) throws -> ProofBook? {
    do {
        return try ProofBook(house)
    } catch is MarginBookError {
        return nil
    }
}
