extension PlainStressHouse {
    /// The no-offset bound of §8.4: each combined commodity at the worst of the scenarios for it, floored at 0.
    func noOffsetExposures(_ arrays: [Int: [String: Rational]]) -> PlainByOwner {
        var exposures: PlainByOwner = [:]
        for account in accounts {
            for owner in account.owners {
                var losses: [String: Rational] = [:]
                for commodity in commodities {
                    let worst = worst(of: owner, in: account, commodity, arrays)
                    if let worst { losses[commodity.currency, default: 0] += worst }
                }
                exposures[account.code, default: [:]][owner.code] = inBase(losses)
            }
        }
        return exposures
    }

    /// Of one combined commodity, less net option value; nil where none of it is held.
    private func worst(
        of owner: PlainStressOwner, in account: PlainStressAccount, _ commodity: PlainCommodity,
        _ arrays: [Int: [String: Rational]]
    ) -> Rational? {
        let holdings = owner.holdings
        let held = series.filter { $0.commodity == commodity.code && holdings[$0.code] != nil }
        guard !held.isEmpty else { return nil }
        var worst: Rational = 0
        var netOptionValue: Rational = 0
        for array in arrays.values {
            var loss: Rational = 0
            netOptionValue = 0
            for series in held {
                guard let (long, short) = holdings[series.code], let value = array[series.code] else { continue }
                let cost = value - optionValue(of: series)
                if account.type == .grossOmnibus {
                    loss += max(0, Rational(long) * cost) + max(0, Rational(short) * -cost)
                } else {
                    loss += Rational(long - short) * value
                    netOptionValue += Rational(long - short) * optionValue(of: series)
                }
            }
            worst = max(worst, loss)
        }
        return worst - netOptionValue
    }
}
