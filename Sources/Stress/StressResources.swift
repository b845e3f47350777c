import ClearingModel
import Quantities

/// An amount of a currency as a row states it: 0 or more, in units of the currency.
package struct StatedAmount: Sendable {
    package let amount: ExactDecimal
    package let currency: CurrencyCode

    package init(_ amount: ExactDecimal, _ currency: CurrencyCode) {
        self.amount = amount
        self.currency = currency
    }
}

/// What stands behind the members on a date, as the rows in force state it (docs/methodology.md §8.1).
package struct StatedResources: Sendable {
    /// Nil where no row is in force.
    package let fund: StatedAmount?
    package let contributions: [MemberCode: StatedAmount]
    /// What a member can raise at once beyond its collateral.
    package let liquidity: [MemberCode: StatedAmount]

    package init(
        fund: StatedAmount?, contributions: [MemberCode: StatedAmount] = [:],
        liquidity: [MemberCode: StatedAmount] = [:]
    ) {
        self.fund = fund
        self.contributions = contributions
        self.liquidity = liquidity
    }

    /// - Throws: `StressRefusal` `liquidity_resource_missing` for the first member without a row in force.
    package func requireLiquidity(of members: [MemberCode]) throws(StressRefusal) {
        let silent = members.filter { liquidity[$0] == nil }
        guard let first = silent.first else { return }
        throw StressRefusal(
            .liquidityResourceMissing, "\(first)", table: "liquidity_resource",
            "no row is in force for \(silent.map(\.text).joined(separator: ", ")): 0 is a statement, none is not")
    }

    /// - Throws: `StressRefusal`: no fund, contributions above the fund that are all in its currency.
    func requireFund(of members: [MemberCode], base: Currency) throws(StressRefusal) {
        guard let fund else {
            throw StressRefusal(.fundMissing, "\(base.code)", table: "guaranty_fund", "no row is in force")
        }
        let rows = members.compactMap { contributions[$0] }
        let total = rows.reduce(ExactDecimal.zero) { $0 + $1.amount }
        if areInFundsCurrency(members), total > fund.amount {
            throw StressRefusal(
                .contributionExcess, "\(fund.currency)", table: "guaranty_fund_contribution", column: "amount",
                "contributions of \(total) \(fund.currency) exceed the fund of \(fund.amount)")
        }
    }

    /// Whether the members' contributions are all in the currency of the fund.
    func areInFundsCurrency(_ members: [MemberCode]) -> Bool {
        members.allSatisfy { member in contributions[member].map { $0.currency == fund?.currency } ?? true }
    }
}

/// The same in minor units of the base currency, each row converted and rounded (docs/methodology.md §8.1).
package struct StressResources: Sendable {
    /// F, 0 or more.
    package let fund: Int64
    /// By member of the house.
    package let contributions: [Int64]
    /// By member of the house; empty where no second round is asked for.
    package let liquidity: [Int64]
    /// Whether contributions, not all in the fund's currency, come to more than it: a rate can do it overnight.
    package let contributionsExceedFund: Bool

    /// - Throws: `StressRefusal` for a rate that lacks, an amount that leaves 64 bits. Precondition: there is a fund,
    ///   and
    ///   where liquidity is needed every member has stated it.
    package init(
        _ stated: StatedResources, members: [MemberCode], base: Currency, rates: ExchangeRates, needsLiquidity: Bool
    ) throws(StressRefusal) {
        func inBase(_ stated: StatedAmount?) throws(StressRefusal) -> Int64 {
            guard let stated else { return 0 }
            return try rates.stressConversion(from: stated.currency, to: base).converted(stated.amount)
        }
        var (contributions, liquidity): ([Int64], [Int64]) = ([], [])
        for member in members {
            contributions.append(try inBase(stated.contributions[member]))
            if needsLiquidity { liquidity.append(try inBase(stated.liquidity[member])) }
        }
        fund = try inBase(stated.fund)
        self.contributions = contributions
        self.liquidity = liquidity
        contributionsExceedFund = !stated.areInFundsCurrency(members) && contributions.reduce(0, +) > fund
    }

    /// Contributions by group.
    func contributions(_ units: StressUnits) -> [Int64] {
        var groups = [Int64](repeating: 0, count: units.groups.count)
        for (member, amount) in contributions.enumerated() { groups[units.groupOfMember[member]] += amount }
        return groups
    }
}
