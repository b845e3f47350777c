import ClearingModel
import Margining
import PlainMargin
import Quantities
import TestSupport
import Testing

/// Laws that hold whatever the parameters, on random houses; a failure prints the seed of its house.
struct PropertyTests {
    static let seeds: [UInt64] = Array(30_000..<30_150)

    /// A sound random house with its net accounts; nil where a book refuses it.
    private func netCases(_ seed: UInt64, accounts: Int = 6) throws -> (book: ProofBook, accounts: [PlainAccount])? {
        var random = RandomHouse(seed: seed)
        let (house, accounts) = random.make(accounts: accounts)
        guard let book = try soundBook(house) else { return nil }
        return (book, accounts.map { Self.net($0) })
    }

    private static func net(_ account: PlainAccount) -> PlainAccount {
        var net = account
        net.type = .net
        net.owners = [account.owners.reduce([]) { PlainPosition.added($0, $1) }]
        return net
    }

    @Test func `figures stand in the relations that the document puts between them`() throws {
        var scratch = KernelScratch()
        var checked = 0
        for seed in UInt64(31_000)..<31_800 {
            var random = RandomHouse(seed: seed)
            let (house, accounts) = random.make(accounts: 8)
            guard let book = try soundBook(house) else { continue }
            for account in accounts {
                let relations = PublishedRelations(book: book, account: account)
                let broken = relations.broken(by: try book.requirement(of: account, scratch: &scratch))
                #expect(broken.isEmpty, "seed \(seed) \(account.owners): \(broken.joined(separator: "; "))")
                checked += 1
            }
        }
        #expect(checked > 5000)
        print("relations: \(checked) accounts")
    }

    @Test func `scanning risk is sub-additive within a combined commodity`() throws {
        var scratch = KernelScratch()
        var compared = 0
        for seed in Self.seeds {
            guard let (book, accounts) = try netCases(seed) else { continue }
            for (first, second) in zip(accounts, accounts.dropFirst()) {
                var both = first
                both.owners = [PlainPosition.added(first.owners[0], second.owners[0])]
                let parts = try [first, second].map { try scans(book, $0, &scratch) }
                for (commodity, scan) in try scans(book, both, &scratch) {
                    compared += 1
                    let sum = (parts[0][commodity] ?? .zero) + (parts[1][commodity] ?? .zero)
                    #expect(scan >= .zero && scan <= sum, "seed \(seed), combined commodity \(commodity)")
                }
            }
        }
        #expect(compared > 500)
    }

    private func scans(
        _ book: ProofBook, _ account: PlainAccount, _ scratch: inout KernelScratch
    ) throws -> [Int: ExactDecimal] {
        let found = try book.requirement(of: account, scratch: &scratch)
        let pairs = found.owners.flatMap(\.combinedCommodities).map { ($0.combinedCommodity, $0.scanning.scan) }
        return Dictionary(pairs, uniquingKeysWith: +)
    }

    @Test func `a long premium-style option never needs margin`() throws {
        var scratch = KernelScratch()
        var held = 0
        for seed in Self.seeds {
            var random = RandomHouse(seed: seed)
            let (house, accounts) = random.make(accounts: 6)
            guard let book = try soundBook(house) else { continue }
            let premium = Set(house.series.filter(\.kind.isPremiumOption).map(\.code))
            for var account in accounts {
                account.owners = account.owners.map { positions in
                    positions.filter { premium.contains($0.series) }
                        .map { PlainPosition($0.series, long: $0.long + $0.short, short: 0) }
                }
                held += account.owners.flatMap { $0 }.count
                #expect(
                    try book.requirement(of: account, scratch: &scratch).requirement.minorUnits == 0, "seed \(seed)")
            }
        }
        #expect(held > 500)
    }

    @Test func `a dearer option never costs its holder more margin nor its writer less`() throws {
        var scratch = KernelScratch()
        var compared = 0
        for seed in Self.seeds {
            guard let (book, accounts) = try netCases(seed) else { continue }
            var dearer = book.house
            let premium = Set(dearer.series.filter(\.kind.isPremiumOption).map(\.code))
            for index in dearer.series.indices { dearer.series[index].settlementPrice += "12.5" }
            let dearerBook = try ProofBook(dearer)
            for account in accounts {
                for isLong in [true, false] {
                    var oneSided = account
                    oneSided.owners[0] = account.owners[0].filter {
                        !premium.contains($0.series) || ($0.long > $0.short) == isLong
                    }
                    compared += 1
                    let before = try book.requirement(of: oneSided, scratch: &scratch).requirement.minorUnits
                    let after = try dearerBook.requirement(of: oneSided, scratch: &scratch).requirement.minorUnits
                    #expect(isLong ? after <= before : after >= before, "seed \(seed) \(oneSided.owners)")
                }
            }
        }
        #expect(compared > 500)
    }

    @Test func `positions may come in any order and accounts on any thread`() async throws {
        for seed in Self.seeds.prefix(60) {
            var random = RandomHouse(seed: seed)
            let (house, accounts) = random.make(accounts: 8)
            guard let book = try soundBook(house) else { continue }
            var scratch = KernelScratch()
            let expected = try accounts.map { try book.requirement(of: $0, scratch: &scratch) }
            var shuffling = SeededGenerator(seed: seed)
            let shuffled = try accounts.map { account in
                (try book.terms(account), try book.positions(account).shuffled(using: &shuffling))
            }
            let kernel = book.kernel
            let found = try await withThrowingTaskGroup(of: [Int: AccountRequirement].self) { group in
                // Two tasks, each with one scratch for its accounts, the second from the last to the first.
                for isBackward in [false, true] {
                    group.addTask {
                        var scratch = KernelScratch()
                        var found: [Int: AccountRequirement] = [:]
                        let order = isBackward ? Array(shuffled.indices.reversed()) : Array(shuffled.indices)
                        for index in order {
                            let (terms, positions) = shuffled[index]
                            found[index] = try kernel.requirement(
                                of: terms, positions: positions[...], scratch: &scratch)
                        }
                        return found
                    }
                }
                var both: [[Int: AccountRequirement]] = []
                for try await one in group { both.append(one) }
                return both
            }
            for one in found {
                #expect(accounts.indices.allSatisfy { one[$0] == expected[$0] }, "seed \(seed)")
            }
        }
    }
}
