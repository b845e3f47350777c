import ClearingModel
import Quantities
import Stress
import TestSupport
import Testing

/// Exposures and covers of more portfolios than one task adds up (docs/methodology.md §8.3): each is the formula's,
/// whatever the number of tasks.
struct ManyPortfolioTests {
    private static let scenarioCount = 3

    private let dollar: Currency
    private let euro: Currency
    private let yen: Currency
    private let house: ClearingHouse
    private let published: [PublishedStressArray]
    private let rates: ExchangeRates
    private let positions: PositionBook
    private let covers: [AccountCover?]

    init() throws {
        let dollar = Currency(code: try #require(CurrencyCode("USD")), decimals: 2)
        let euro = Currency(code: try #require(CurrencyCode("EUR")), decimals: 2)
        let yen = Currency(code: try #require(CurrencyCode("JPY")), decimals: 0)
        (self.dollar, self.euro, self.yen) = (dollar, euro, yen)
        let month = try #require(ContractMonth("2026-12"))
        var random = SeededGenerator(seed: 90)
        let types: [MarginingType] = [.net, .grossOmnibus, .segregated]
        let accounts = (0..<900).map { number in
            Account(
                code: AccountCode("A\(1000 + number)"), member: MemberCode("M"),
                origin: number % 10 == 0 ? .house : .client,
                marginingType: types[number % 3], accountClass: AccountClassCode("CL"),
                callCurrency: number % 2 == 0 ? dollar.code : yen.code)
        }
        var owners: [AccountCode: [OwnerCode]] = [:]
        for (number, account) in accounts.enumerated() where account.marginingType == .segregated {
            owners[account.code] = (0...(number == 2 ? 1_500 : number % 9)).map { OwnerCode("O\(10_000 + $0)") }
        }
        house = ClearingHouse(
            currencies: [dollar, euro, yen],
            members: [
                ClearingMember(
                    code: MemberCode("M"), name: "Member", group: CompanyGroupCode("M"), creditMultiplier: .one)
            ],
            accounts: accounts, owners: owners,
            combinedCommodities: zip(["CC", "DD", "EE"], [dollar, euro, yen]).map {
                CombinedCommodity(code: CombinedCommodityCode($0), name: $0, currency: $1.code)
            },
            contracts: [], series: [])
        published = (0..<6).map { number in
            PublishedStressArray(
                series: SeriesCode("S\(number)"), month: month,
                combinedCommodity: CombinedCommodityCode(["CC", "DD", "EE"][number / 2]), arrayDecimals: 2,
                losses: (0..<Self.scenarioCount).map { _ in Int64(random.whole(-100_000...100_000)) },
                isMarked: number % 2 == 0,
                netOptionValue: number % 2 == 0 ? .zero : ExactDecimal(mantissa: 123_457, scale: 3))
        }
        var rows: [Position] = []
        var spans: [Range<Int>] = []
        for account in accounts {
            let start = rows.count
            for owner in 0..<(owners[account.code]?.count ?? 1) {
                for series in 0..<Int32(6) where random.once(in: 2) {
                    let (long, short) = (Int64(random.whole(0...900)), Int64(random.whole(0...900)))
                    rows.append(Position(owner: Int32(owner), series: series, long: long, short: short))
                }
            }
            spans.append(start..<rows.count)
        }
        positions = PositionBook(positions: rows, spans: spans)
        covers = accounts.enumerated().map { number, account in
            if number % 7 == 0 { return nil }
            var cover = AccountCover(
                requirement: Int64(random.whole(0...9_999)), addOns: Int64(random.whole(0...9_999)))
            for owner in owners[account.code] ?? [] {
                cover.owners[owner] = AccountCover.Owner(
                    requirement: Int64(random.whole(0...999)), addOns: Int64(random.whole(0...99)))
            }
            return cover
        }
        let perUnit: [(Currency, String)] = [(dollar, "1"), (euro, "1.14537"), (yen, "0.0090634")]
        var pairs: [CurrencyPair: ExactDecimal] = [:]
        for (currency, rate) in perUnit {
            let exact: ExactDecimal = try #require(ExactDecimal(rate))
            pairs[CurrencyPair(from: currency.code, to: dollar.code)] = exact
        }
        rates = ExchangeRates([dollar, euro, yen], rates: pairs, haircuts: [:])
    }

    private func book() throws -> (StressBook, StressArrays) {
        try StressBook.published(
            published, scenarioCount: Self.scenarioCount, house: house, base: dollar, rates: rates,
            positions: positions)
    }

    /// What closing out some positions of one account or owner costs in a scenario, in dollar cents.
    private func exposure(_ held: [Position], isGross: Bool, in scenario: Int) throws -> Int64 {
        var total: Int64 = 0
        for (place, currency) in [dollar, euro, yen].enumerated() {
            var cost = ExactDecimal.zero
            for position in held where Int(position.series) / 2 == place {
                let series = published[Int(position.series)]
                let loss =
                    ExactDecimal(minorUnits: series.losses[scenario], decimals: 2) - series.netOptionValue
                let (long, short) = (ExactDecimal(Int(position.long)), ExactDecimal(Int(position.short)))
                cost =
                    cost
                    + (isGross ? long * max(.zero, loss) + short * max(.zero, -loss) : (long - short) * loss)
            }
            let rate = try rates.into(dollar.code).rate(from: currency.code)
            total += try #require(cost.minorUnits(times: rate.rate, decimals: 2))
        }
        return total
    }

    @Test(arguments: [1, 2, 5]) func `each exposure is the formula's`(_ threads: Int) async throws {
        let (book, arrays) = try book()
        #expect(book.portfolios.count > 3_000)
        let found = try await StressExposures.compute(book, arrays, threads: threads)
        for (place, portfolio) in book.portfolios.enumerated() {
            let account = house.accounts[portfolio.account]
            let owner = house.owners[account.code]?.firstIndex(of: portfolio.owner) ?? 0
            let held = positions.positions(ofAccount: portfolio.account).filter { Int($0.owner) == owner }
            for scenario in 0..<Self.scenarioCount {
                let wanted = try exposure(
                    Array(held), isGross: account.marginingType == .grossOmnibus, in: scenario)
                #expect(found.exposure(of: place, in: scenario + 1) == wanted, "\(account.code)/\(portfolio.owner)")
                #expect(found.row(of: place).dropFirst(scenario + 1).first == wanted)
            }
        }
    }

    @Test func `a house is short of all its portfolios, in whatever block they were added up`() async throws {
        let (book, arrays) = try book()
        let exposures = try await StressExposures.compute(book, arrays, threads: 2)
        let covers = try stressCovers(covers, of: book, rates: rates)
        let unit = try #require(book.units.units.firstIndex { $0.isHouse })
        let own = book.units.units[unit].portfolios
        #expect(own.count > 80 && own.contains { $0 < 100 } && own.contains { $0 > 2_500 })
        let found = book.units.shortfalls(of: unit, exposures, covers: covers)
        #expect(found.contains { $0 > 0 })
        for scenario in 0...Self.scenarioCount {
            let sum = own.reduce(0) { $0 + exposures.exposure(of: $1, in: scenario) - covers[$1] }
            #expect(found[scenario] == max(0, sum))
        }
    }

    @Test(arguments: [1, 2, 5]) func `covers are those of one task, no account cut in two`(
        _ threads: Int
    ) async throws {
        let (book, _) = try book()
        let found = try await stressCovers(covers, of: book, rates: rates, threads: threads)
        #expect(found.count == book.portfolios.count && found.contains { $0 > 0 })
        #expect(found == (try stressCovers(covers, of: book, rates: rates)))
    }

    @Test func `the first rate that lacks is told`() async throws {
        let (book, _) = try book()
        let bare = ExchangeRates([dollar, euro, yen], rates: [:], haircuts: [:])
        do {
            _ = try await stressCovers(covers, of: book, rates: bare, threads: 3)
            Issue.record("not refused")
        } catch let refusal as StressRefusal {
            #expect(refusal.rule == .rateMissing && refusal.item == "JPY USD")
        }
    }
}
