import ClearingModel
import MarginCalls
import Parameters
import Postgres
import Quantities

/// What calls are computed from.
package struct CallInputStore {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// The trades of a date, interned to places in the house's accounts and the settlement book's series.
    package func trades(
        pin: Int64, _ date: BusinessDate, house: ClearingHouse, book: SettlementBook
    ) throws -> TradeBook {
        let accounts = CodeIndex(house.accounts.map(\.code.text))
        let series = CodeIndex(book.terms.map(\.series.text))
        let owners = house.accounts.map { house.owners[$0.code] ?? [] }
        var trades: [BookTrade] = []
        var counts = [Int](repeating: 0, count: house.accounts.count)
        try connection.stream(.loadTrades, [.int64(pin), .date(date.dayNumber)]) { row in
            try row.skip()
            let account = try row.withBytes { accounts.position(of: $0) }
            let owner = try row.text()
            let series = try row.withBytes { series.position(of: $0) }
            let quantity = try row.int64()
            let price = try row.decimal()
            guard let account, let series else {
                throw UnknownPositionCode(account: "of a trade", series: "of a trade")
            }
            let index = owners[account].firstIndex { $0.text == owner } ?? 0
            trades.append(
                BookTrade(
                    series: SeriesIndex(rank: Int32(series)), owner: OwnerIndex(rank: Int32(index)), quantity: quantity,
                    price: price))
            counts[account] += 1
        }
        var start = 0
        let spans = counts.map { count in
            defer { start += count }
            return start..<start + count
        }
        return TradeBook(trades: trades, spans: spans)
    }

    /// Requirement and add-ons by account, in minor units of its call currency.
    package func totals(run: Int64) throws -> [AccountCode: AccountTotals] {
        var totals: [AccountCode: AccountTotals] = [:]
        try connection.stream(.loadRequirementTotals, [.int64(run)]) { row in
            let account = AccountCode(try row.text())
            totals[account] = AccountTotals(requirement: try row.decimal(), addOns: try row.decimal())
        }
        return totals
    }

    /// Collateral by account, in the order of the items: what is posted on a date, as it counts on that date or, with
    /// `counting`, on a later one.
    package func collateral(
        pin: Int64, _ date: BusinessDate, haircuts: [CollateralAssetCode: CollateralHaircut],
        counting later: BusinessDate? = nil
    ) throws -> [AccountCode: [CollateralHolding]] {
        var holdings: [AccountCode: [CollateralHolding]] = [:]
        let literals: [CopyLiteral] = [
            .int64(pin), .date(date.dayNumber), .date((later ?? date).dayNumber),
        ]
        try connection.stream(.loadCollateral, literals) { row in
            let account = AccountCode(try row.text())
            let item = CollateralItemCode(try row.text())
            let asset = try row.text()
            let currencyText = try row.text()
            let quantity = try row.decimal()
            let price = try row.decimal()
            let issuer = IssuerCode(try row.text())
            let group = try row.textOrNull().map { CompanyGroupCode($0) }
            let assetClass = CollateralClassCode(try row.text())
            let hasMatured = try row.bool()
            guard let currency = CurrencyCode(currencyText) else {
                throw UnreadableValue(column: "currency", value: currencyText)
            }
            guard let terms = haircuts[CollateralAssetCode(asset)] else {
                throw UnreadableValue(column: "collateral_haircut of \(asset)", value: "null")
            }
            let valued = CollateralItem(
                item: item, currency: currency, quantity: quantity, price: price, haircut: terms.haircut,
                issuer: issuer,
                issuerGroup: group, collateralClass: assetClass, isEligible: terms.isEligible, hasMatured: hasMatured)
            holdings[account, default: []].append(CollateralHolding(asset: asset, item: valued))
        }
        return holdings
    }

    /// What the intraday runs that a run nets called, by account, in the call currency of then.
    package func collectedIntraday(run: Int64) throws -> [AccountCode: [IntradayCollected]] {
        var collected: [AccountCode: [IntradayCollected]] = [:]
        for row in try connection.rows(.loadIntradayCalls, [.int64(run)]) {
            collected[try row.code("account"), default: []].append(
                IntradayCollected(currency: try row.currency("call_currency"), amount: try row.decimal("collected")))
        }
        return collected
    }

    /// Variation margin still owed, by account.
    package func owed(
        pin: Int64, _ date: BusinessDate, currencies: [Currency]
    ) throws -> [AccountCode: [Money]] {
        var owed: [AccountCode: [Money]] = [:]
        for row in try connection.rows(.loadVariationMarginOwed, [.int64(pin), date.value]) {
            let code = try row.currency("currency")
            guard let currency = currencies.first(where: { $0.code == code }) else { continue }
            owed[try row.code("account"), default: []].append(
                Money(rounding: try row.decimal("amount"), currency: currency))
        }
        return owed
    }
}
