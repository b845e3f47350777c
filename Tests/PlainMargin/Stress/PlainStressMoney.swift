extension PlainStressHouse {
    var membersByCode: [PlainStressMember] { members.sorted { $0.code < $1.code } }
    var accountsByCode: [PlainStressAccount] { accounts.sorted { $0.code < $1.code } }
    var scenariosByNumber: [PlainStressScenario] { scenarios.sorted { $0.number < $1.number } }
    var seriesByCode: [PlainStressSeries] { series.sorted { $0.code < $1.code } }

    func decimals(of currency: String) -> Int { currencies.first { $0.code == currency }?.decimals ?? 2 }

    /// The date's row of a pair as it stands: none is inverted, none goes through a third currency.
    func conversion(from: String, to: String) -> PlainConversion? {
        if from == to { return PlainConversion(from: from, to: to, rate: 1, haircut: 0) }
        return conversions.first { $0.from == from && $0.to == to }
    }

    /// Converted into the base currency without haircut, and rounded.
    func inBase(_ amount: Rational, from currency: String) -> Rational {
        guard let row = conversion(from: currency, to: baseCurrency) else {
            preconditionFailure("no rate from \(currency)")
        }
        return (amount * row.rate).rounded(decimals(of: baseCurrency))
    }

    /// §8.4: the fund in the base currency, rounded.
    var fundInBase: Rational { fund.map { inBase($0.amount, from: $0.currency) } ?? 0 }

    func group(of member: String) -> String { members.first { $0.code == member }?.group ?? member }

    /// A whole number of minor units shared by weight: whole parts first, then one unit each to the largest remainders,
    /// the earlier first among equals; evenly where all weights are 0.
    func shares(of amount: Rational, by weights: [Rational], decimals: Int) -> [Rational] {
        let minorUnit = Rational(1, over: Rational.tenTo(decimals))
        let isEven = weights.allSatisfy { $0 == 0 }
        let weights = isEven ? weights.map { _ in Rational(1) } : weights
        let total = weights.sum()
        let exact = weights.map { amount / minorUnit * $0 / total }
        var parts = exact.map { $0.truncated(0) }
        var left = amount / minorUnit - parts.sum()
        while left > 0 {
            var next = 0
            for position in parts.indices where exact[position] - parts[position] > exact[next] - parts[next] {
                next = position
            }
            parts[next] += 1
            left -= 1
        }
        return parts.map { $0 * minorUnit }
    }
}
