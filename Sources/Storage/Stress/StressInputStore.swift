import ClearingModel
import Postgres
import Quantities
import Stress

/// What stress is computed from beside the book and the market (docs/methodology.md §8.1, §8.3).
package struct StressInputStore {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// The currency in which the house counts its own figures on a date; nil where nothing says.
    package func baseCurrency(pin: Int64, _ date: BusinessDate) throws -> CurrencyCode? {
        try connection.optional(.loadBaseCurrency, [.int64(pin), date.value])?.currency("base_currency")
    }

    /// The fund, contributions and liquidity resources in force on a date.
    package func resources(pin: Int64, _ date: BusinessDate) throws -> StatedResources {
        let parameters = [Value.int64(pin), date.value]
        func stated(_ row: Row) throws -> StatedAmount {
            StatedAmount(try row.decimal("amount"), try row.currency("currency"))
        }
        func byMember(_ query: Query) throws -> [MemberCode: StatedAmount] {
            Dictionary(
                try connection.rows(query, parameters).map { (try $0.code("member"), try stated($0)) },
                uniquingKeysWith: { first, _ in first })
        }
        return StatedResources(
            fund: try connection.optional(.loadGuarantyFund, parameters).map(stated),
            contributions: try byMember(.loadGuarantyFundContributions),
            liquidity: try byMember(.loadLiquidityResources))
    }

    /// What each account's stress is held against; an owner's requirement converted as the account's is.
    /// - Throws: `ConversionError` for a rate that lacks.
    package func covers(
        run: Int64, house: ClearingHouse, rates: ExchangeRates
    ) throws -> [AccountCode: AccountCover] {
        let currencies = Dictionary(house.currencies.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        var covers: [AccountCode: AccountCover] = [:]
        var called: [AccountCode: Currency] = [:]
        for account in house.accounts { called[account.code] = currencies[account.callCurrency] }
        func units(_ amount: ExactDecimal, _ account: AccountCode) -> Int64 {
            amount.minorUnits(decimals: called[account]?.decimals ?? 0)
        }
        try connection.stream(.loadStressRequirements, [.int64(run)]) { row in
            let account = AccountCode(try row.text())
            covers[account] = AccountCover(requirement: units(try row.decimal(), account))
        }
        try connection.stream(.loadStressOwnerRequirements, [.int64(run)]) { row in
            let (account, owner) = (AccountCode(try row.text()), OwnerCode(try row.text()))
            let text = try row.text()
            let amount = try row.decimal()
            guard let currency = CurrencyCode(text).flatMap({ currencies[$0] }), let call = called[account] else {
                throw UnreadableValue(column: "currency", value: text)
            }
            let converted = try rates.into(call.code).converted(
                requirement: Money(rounding: amount, currency: currency))
            covers[account, default: AccountCover()].owners[owner, default: .init()].requirement += converted.minorUnits
        }
        try connection.stream(.loadStressAddOnTotals, [.int64(run)]) { row in
            let (account, owner) = (AccountCode(try row.text()), OwnerCode(try row.text()))
            let amount = units(try row.decimal(), account)
            if owner == .none {
                covers[account, default: AccountCover()].addOns += amount
            } else {
                covers[account, default: AccountCover()].owners[owner, default: .init()].addOns += amount
            }
        }
        return covers
    }

    /// Net deltas before spreads, owners added up, by account and combined commodity.
    package func netDeltas(run: Int64) throws -> [AccountCode: [CombinedCommodityCode: Delta]] {
        var deltas: [AccountCode: [CombinedCommodityCode: Delta]] = [:]
        try connection.stream(.loadNetDeltas, [.int64(run)]) { row in
            let (account, commodity) = (AccountCode(try row.text()), CombinedCommodityCode(try row.text()))
            deltas[account, default: [:]][commodity] = try row.delta()
        }
        return deltas
    }
}
