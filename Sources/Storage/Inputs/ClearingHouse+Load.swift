import ClearingModel
import InputRows
import Postgres
import Quantities

/// Which rows a stage loads: all that its run sees, or those its temporary tables name.
package enum LoadScope: Sendable {
    case whole
    /// The accounts of `account_in_scope`.
    case accounts
    /// The accounts of `account_in_scope` and the series of `series_in_scope`.
    case accountsAndSeries
    /// Every account, and the series of `series_in_scope`.
    case series

    /// Whether the accounts are those of `account_in_scope`.
    var isOfAccounts: Bool { self == .accounts || self == .accountsAndSeries }
    /// Whether the series are those of `series_in_scope`.
    var isOfSeries: Bool { self == .series || self == .accountsAndSeries }
}

extension ClearingHouse {
    /// The reference data that a run pinned at `pin` sees: of the accounts, their owners and series, what `scope` says.
    package static func load(
        pinnedAt pin: Int64, scope: LoadScope = .whole, from connection: Connection
    ) throws -> ClearingHouse {
        let parameters = [Value.int64(pin)]
        func rows(_ query: Query) throws -> [StoredRow] {
            try StoredRow.rows(query, parameters, from: connection)
        }
        let members = try connection.rows(.loadMembers, parameters).map { row in
            ClearingMember(
                code: try row.code("member"), name: try row.text("name"), group: try row.text("member_group"),
                creditMultiplier: try row.decimal("credit_multiplier"))
        }
        var owners: [AccountCode: [OwnerCode]] = [:]
        for row in try connection.rows(scope.isOfAccounts ? .loadOwnersInScope : .loadOwners, parameters) {
            owners[try row.code("account"), default: []].append(try row.code("owner"))
        }
        return ClearingHouse(
            currencies: try rows(.loadCurrencies).map { try Currency(row: $0) }, members: members,
            accounts: try rows(scope.isOfAccounts ? .loadAccountsInScope : .loadAccounts).map { try Account(row: $0) },
            owners: owners,
            combinedCommodities: try rows(.loadCombinedCommodities).map { try CombinedCommodity(row: $0) },
            contracts: try rows(.loadContracts).map { try Contract(row: $0) },
            series: try loadSeries(pin, scope, connection))
    }

    private static func loadSeries(_ pin: Int64, _ scope: LoadScope, _ connection: Connection) throws -> [Series] {
        var series: [Series] = []
        try connection.stream(scope.isOfSeries ? .loadSeriesInScope : .loadSeries, [.int64(pin)]) { row in
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
