import ClearingModel
import Margining
import PlainMargin
import Quantities
import Testing

/// What makes a requirement smaller: the product beside the text's own arithmetic, on random houses.
struct TradesAgreementTests {
    @Test(arguments: 0..<4) func `document and product agree on what closing and trading release`(
        _ block: Int
    ) throws {
        var scratch = KernelScratch()
        var (rows, trades, rising, shares) = (0, 0, 0, 0)
        for seed in UInt64(41_000 + block * 40)..<UInt64(41_040 + block * 40) {
            var random = RandomHouse(seed: seed)
            let (house, accounts) = random.make(accounts: 3)
            guard let book = try soundBook(house) else { continue }
            for account in accounts {
                let traded = try TradedAccount(
                    book.terms(account), positions: book.positions(account)[...], kernel: book.kernel,
                    scratch: &scratch)
                let found = try traded.releasedMargins(scratch: &scratch).map { book.plain($0) }
                let wanted = house.released(account)
                #expect(found == wanted, "seed \(seed)")
                let reducing = traded.reducingTrades(3, scratch: &scratch).map { book.plain($0) }
                #expect(reducing == Array(house.reducingTrades(account).prefix(3)), "seed \(seed)")
                rows += wanted.count
                trades += reducing.count
                rising += wanted.count { $0.byClosing < 0 }
                shares += wanted.count { ($0.scanShare ?? 0) != 0 }
            }
        }
        #expect(rows > 300 && trades > 100 && rising > 10 && shares > 200, "\(rows) \(trades) \(rising) \(shares)")
    }

    /// Every figure of the account, not its requirement alone, and several trades at once.
    @Test func `an account after trades is the account that holds what they leave`() throws {
        var scratch = KernelScratch()
        var compared = 0
        for seed in UInt64(42_000)..<42_200 {
            var random = RandomHouse(seed: seed)
            let (house, accounts) = random.make(accounts: 4)
            guard let book = try soundBook(house) else { continue }
            for (account, other) in zip(accounts, accounts.dropFirst()) {
                let traded = try TradedAccount(
                    book.terms(account), positions: book.positions(account)[...], kernel: book.kernel,
                    scratch: &scratch)
                // Another account's book, bought by the first owner.
                var after = account
                var basket: [PositionTrade] = []
                for position in other.owners[0] where position.long != position.short {
                    let quantity = position.long - position.short
                    after = house.traded(after, owner: 0, series: position.series, quantity: quantity)
                    let series = try #require(book.kernel.book.seriesIndex(of: SeriesCode(position.series)))
                    basket.append(PositionTrade(owner: 0, series: series, quantity: Int64(quantity)))
                }
                let wanted = try book.requirement(of: after, scratch: &scratch)
                #expect(try traded.requirement(after: basket, scratch: &scratch) == wanted, "seed \(seed)")
                compared += 1
            }
        }
        #expect(compared > 300)
    }
}

extension ProofBook {
    fileprivate func plain(_ row: ReleasedMargin) -> PlainReleased {
        PlainReleased(
            owner: row.owner, series: kernel.book.series[row.series].code.text, quantity: Int(row.quantity),
            byClosing: Rational(row.byClosing.amount), byOneContract: Rational(row.byOneContract.amount),
            scanShare: row.scanShare.map { Rational($0) })
    }

    fileprivate func plain(_ found: ReducingTrade) -> PlainReducingTrade {
        PlainReducingTrade(
            owner: found.trade.owner, series: kernel.book.series[found.trade.series].code.text,
            quantity: Int(found.trade.quantity), lowersBy: Rational(found.lowersBy.amount))
    }
}
