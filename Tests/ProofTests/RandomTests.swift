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
                let relations = PublishedRelations(book: book, account: account)
                let broken = relations.broken(by: try book.requirement(of: account, scratch: &scratch))
                #expect(broken.isEmpty, "seed \(seed) \(account.owners): \(broken.joined(separator: "; "))")
                if !broken.isEmpty { differing += 1 }
            }
        }
        #expect(differing > 0 || checked >= 4000, "too few houses are sound: \(refused) refused")
        print("random houses, block \(block): \(checked) portfolios agree, \(refused) houses refused")
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
