import ClearingModel
import Postgres
import Quantities

extension ClearingHouse {
    /// The reference data that a run pinned at `pin` sees.
    package static func load(pinnedAt pin: Int64, from connection: Connection) throws -> ClearingHouse {
        let parameters = [Value.int64(pin)]
        let currencies = try connection.rows(.loadCurrencies, parameters).map { row in
            Currency(code: try row.currency(0), decimals: Int(try row.int16(1)))
        }
        let members = try connection.rows(.loadMembers, parameters).map { row in
            ClearingMember(
                code: try row.code(0), name: try row.text(1), group: try row.text(2),
                creditMultiplier: try row.decimal(3))
        }
        let accounts = try connection.rows(.loadAccounts, parameters).map { row in
            Account(
                code: try row.code(0), member: try row.code(1), origin: try row.choice(2),
                marginingType: try row.choice(3),
                accountClass: try row.code(4), callCurrency: try row.currency(5))
        }
        var owners: [AccountCode: [OwnerCode]] = [:]
        for row in try connection.rows(.loadOwners, parameters) {
            owners[try row.code(0), default: []].append(try row.code(1))
        }
        let combinedCommodities = try connection.rows(.loadCombinedCommodities, parameters).map { row in
            CombinedCommodity(
                code: try row.code(0), name: try row.text(1), currency: try row.currency(2),
                canTradeAtOrBelowZero: try row.bool(3), isSynthetic: try row.bool(4))
        }
        return ClearingHouse(
            currencies: currencies, members: members, accounts: accounts, owners: owners,
            combinedCommodities: combinedCommodities,
            contracts: try connection.rows(.loadContracts, parameters).map(contract),
            series: try loadSeries(pin, connection))
    }

    private static func contract(_ row: Row) throws -> Contract {
        let kind: ContractKind =
            try row.text(2) == "future"
            ? .future(FutureTerms(valuation: try row.choice(6), discountRate: try row.codeOrNull(11)))
            : .option(
                OptionTerms(
                    model: try row.choice(7), exercise: try row.choice(8), style: try row.choice(9),
                    volatilitySource: try row.choice(10), discountRate: try row.code(11),
                    carryRate: try row.codeOrNull(12), americanMethod: try americanMethod(row)))
        return Contract(
            code: try row.code(0), combinedCommodity: try row.code(1), contractValueFactor: try row.decimal(3),
            deltaScalingFactor: try row.decimal(4), tickSize: try row.decimal(5), kind: kind,
            referenceGroup: try row.textOrNull(13))
    }

    private static func americanMethod(_ row: Row) throws -> AmericanMethod {
        let steps = Int(try row.int16OrNull(15) ?? 1)
        return switch try row.textOrNull(14) {
        case "leisen_reimer": .leisenReimer(steps: steps)
        case "cox_ross_rubinstein": .coxRossRubinstein(steps: steps)
        default: .baroneAdesiWhaley
        }
    }

    private static func loadSeries(_ pin: Int64, _ connection: Connection) throws -> [Series] {
        var series: [Series] = []
        try connection.stream(.loadSeries, [.int64(pin)]) { row in
            let code = SeriesCode(try row.text())
            let contract = ContractCode(try row.text())
            let monthText = try row.text()
            let expiry = try row.dateOrNull().map { BusinessDate(dayNumber: $0) }
            let right = try row.textOrNull()
            let strike = try row.decimalOrNull()
            let underlying = try row.textOrNull().map { UnderlyingCode($0) }
            let secondUnderlying = try row.textOrNull().map { UnderlyingCode($0) }
            let averagingFrom = try row.dateOrNull().map { BusinessDate(dayNumber: $0) }
            guard let month = ContractMonth(monthText) else {
                throw UnreadableValue(column: "contract_month", value: monthText)
            }
            let kind: SeriesKind
            if let right, let strike, let underlying, let expiry {
                guard let right = OptionRight(rawValue: right) else {
                    throw UnreadableValue(column: "option_right", value: right)
                }
                kind = .option(
                    OptionSeriesTerms(
                        right: right, strike: strike, underlying: underlying, expiryDate: expiry,
                        secondUnderlying: secondUnderlying, averagingFrom: averagingFrom))
            } else {
                kind = .future(expiryDate: expiry, underlying: underlying)
            }
            series.append(Series(code: code, contract: contract, contractMonth: month, kind: kind))
        }
        return series
    }
}
