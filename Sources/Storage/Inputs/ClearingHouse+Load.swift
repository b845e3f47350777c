import ClearingModel
import InputRows
import Postgres
import Quantities

/// What of a house is read only where it is asked for; currencies, combined commodities and contracts always are.
package enum HousePart: CaseIterable, Sendable {
    /// Clearing members, accounts and their owners.
    case accounts
    case series
}

extension ClearingHouse {
    /// The reference data that a run pinned at `pin` sees: all accounts and series, or with `affected` those that the
    /// stage's tables name. Of the parts that are not asked for there are none.
    package static func load(
        pinnedAt pin: Int64, scope: StageScope = .whole, parts: Set<HousePart> = Set(HousePart.allCases),
        from database: Database
    ) throws -> ClearingHouse {
        let parameters = [Value.int64(pin)]
        func rows(_ query: Query) throws -> [StoredRow] {
            try StoredRow.rows(query, parameters, from: database)
        }
        let (hasAccounts, isAffected) = (parts.contains(.accounts), scope == .affected)
        return ClearingHouse(
            currencies: try rows(.loadCurrencies).map { try Currency(row: $0) },
            members: hasAccounts ? try loadMembers(parameters, database) : [],
            accounts: hasAccounts
                ? try rows(isAffected ? .loadAccountsInScope : .loadAccounts).map { try Account(row: $0) } : [],
            owners: hasAccounts ? try loadOwners(parameters, isAffected, database) : [:],
            combinedCommodities: try rows(.loadCombinedCommodities).map { try CombinedCommodity(row: $0) },
            contracts: try rows(.loadContracts).map { try Contract(row: $0) },
            series: parts.contains(.series) ? try loadSeries(pin, isAffected, database) : [])
    }

    /// The decimals of each currency's minor unit, as a run pinned at `pin` sees them.
    package static func currencyDecimals(
        pinnedAt pin: Int64, from database: Database
    ) throws -> [CurrencyCode: Int] {
        let currencies = try StoredRow.rows(.loadCurrencies, [.int64(pin)], from: database).map {
            try Currency(row: $0)
        }
        return Dictionary(currencies.map { ($0.code, $0.decimals) }, uniquingKeysWith: { first, _ in first })
    }

    /// The same house with its series, for a stage that finds only on the way that it needs them.
    package func withSeries(pinnedAt pin: Int64, scope: StageScope, from database: Database) throws -> ClearingHouse {
        ClearingHouse(
            currencies: currencies, members: members, accounts: accounts, owners: owners,
            combinedCommodities: combinedCommodities, contracts: contracts,
            series: try Self.loadSeries(pin, scope == .affected, database))
    }

    private static func loadMembers(_ parameters: [Value], _ database: Database) throws -> [ClearingMember] {
        try database.rows(.loadMembers, parameters).map { row in
            ClearingMember(
                code: try row.code("member"), name: try row.text("name"), group: try row.code("member_group"),
                creditMultiplier: try row.decimal("credit_multiplier"))
        }
    }

    private static func loadOwners(
        _ parameters: [Value], _ isAffected: Bool, _ database: Database
    ) throws -> [AccountCode: [OwnerCode]] {
        var owners: [AccountCode: [OwnerCode]] = [:]
        for row in try database.rows(isAffected ? .loadOwnersInScope : .loadOwners, parameters) {
            owners[try row.code("account"), default: []].append(try row.code("owner"))
        }
        return owners
    }

    private static func loadSeries(_ pin: Int64, _ isAffected: Bool, _ database: Database) throws -> [Series] {
        var series: [Series] = []
        try database.stream(isAffected ? .loadSeriesInScope : .loadSeries, [.int64(pin)]) { row in
            let code = SeriesCode(try row.text())
            let contract = ContractCode(try row.text())
            let month = try row.month("contract_month")
            let expiry = try row.dateOrNull().map { BusinessDate(dayNumber: $0) }
            let right = try row.textOrNull()
            let strike = try row.decimalOrNull()
            let underlying = try row.textOrNull().map { UnderlyingCode($0) }
            let secondUnderlying = try row.textOrNull().map { UnderlyingCode($0) }
            let averagingFrom = try row.dateOrNull().map { BusinessDate(dayNumber: $0) }
            let optionRight = right.flatMap { OptionRight(rawValue: $0) }
            if let right, optionRight == nil { throw UnreadableValue(column: "option_right", value: right) }
            let kind = SeriesKind(
                expiryDate: expiry, right: optionRight, strike: strike, underlying: underlying,
                secondUnderlying: secondUnderlying, averagingFrom: averagingFrom)
            series.append(Series(code: code, contract: contract, contractMonth: month, kind: kind))
        }
        return series
    }
}
