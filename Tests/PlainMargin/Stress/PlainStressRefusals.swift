/// Why nothing is computed: the rule, and what it names.
package struct PlainStressRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    package var rule: String
    package var item: String

    package init(_ rule: String, _ item: String) {
        self.rule = rule
        self.item = item
    }

    package var description: String { "\(rule) \(item)" }
}

extension PlainStressHouse {
    /// What §8.1 refuses on the night, in the order of the text; of several rows the first by key.
    func refuse() throws(PlainStressRefusal) {
        if let secondRound {
            for member in membersByCode where !secondRound.resources.contains(where: { $0.member == member.code }) {
                throw PlainStressRefusal("liquidity_resource_missing", member.code)
            }
        }
        for scenario in scenariosByNumber {
            for series in seriesByCode { _ = try row(of: series, in: scenario) }
        }
        try refuse("stress_log_of_non_positive") { $0.priceKind == .log && $1 <= 0 }
        try refuse("stress_relative_of_zero") { $0.priceKind == .relative && $0.priceMove != 0 && $1 == 0 }
        guard let fund else { throw PlainStressRefusal("guaranty_fund_missing", baseCurrency) }
        if areInFundsCurrency, contributions.map(\.money.amount).sum() > fund.amount {
            throw PlainStressRefusal("guaranty_contribution_excess", fund.currency)
        }
        try refuseMissingRates(fund)
    }

    /// Whether every contribution is stated in the currency of the fund.
    var areInFundsCurrency: Bool { contributions.allSatisfy { $0.money.currency == fund?.currency } }

    private func refuse(
        _ rule: String, where isRefused: (PlainStressMove, _ price: Rational) -> Bool
    ) throws(PlainStressRefusal) {
        for scenario in scenariosByNumber {
            for series in seriesByCode {
                let move = try row(of: series, in: scenario)
                if isRefused(move, series.underlyingPrice) {
                    throw PlainStressRefusal(rule, "\(scenario.code) \(series.code)")
                }
            }
        }
    }

    /// Into the base currency, and back into each call currency where an add-on may be charged.
    private func refuseMissingRates(_ fund: PlainForeignAmount) throws(PlainStressRefusal) {
        var into = Set([fund.currency])
        for row in contributions + (secondRound?.resources ?? []) { into.insert(row.money.currency) }
        for account in accounts {
            into.insert(account.callCurrency)
            for position in account.owners.flatMap(\.positions) {
                for series in series where series.code == position.series { into.insert(currency(of: series)) }
            }
        }
        for code in into.sorted() where conversion(from: code, to: baseCurrency) == nil {
            throw PlainStressRefusal("fx_rate_missing", "\(code) \(baseCurrency)")
        }
        guard addOnShare != nil else { return }
        for code in Set(accounts.map(\.callCurrency)).sorted() where conversion(from: baseCurrency, to: code) == nil {
            throw PlainStressRefusal("fx_rate_missing", "\(baseCurrency) \(code)")
        }
    }
}
