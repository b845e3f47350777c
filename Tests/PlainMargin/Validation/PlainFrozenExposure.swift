/// A series between a night and its horizon, for §12.1.
package struct PlainFrozenSeries {
    package let code: String
    package let currency: String
    /// `marked`, `inverse` or `premium`.
    package let settlement: String
    package let contractValueFactor: Rational
    package let now: Rational
    package let later: Rational

    package init(
        code: String, currency: String, settlement: String, contractValueFactor: Rational, now: Rational,
        later: Rational
    ) {
        self.code = code
        self.currency = currency
        self.settlement = settlement
        self.contractValueFactor = contractValueFactor
        self.now = now
        self.later = later
    }

    /// What one long contract gains by §11's formula.
    var gain: Rational {
        settlement == "inverse"
            ? contractValueFactor * (1 / now - 1 / later) : contractValueFactor * (later - now)
    }
}

/// X of §12.1, from the text alone.
package enum PlainFrozenExposure {
    package typealias Holding = (series: PlainFrozenSeries, long: Int, short: Int)

    /// X_t = Σ_c round((−Σ marked q·CVF·(P_{t+h} − P_t) − Σ premium-style q·CVF·P_{t+h})·rate_t(c → call)); gross
    /// floored by series and side.
    package static func closeOut(
        _ holdings: [Holding], isGross: Bool, rates: [String: Rational], decimals: Int
    ) -> Rational {
        total(holdings, rates, decimals) { series, long, short in
            let brings = series.settlement == "premium" ? series.contractValueFactor * series.later : series.gain
            if isGross { return max(0, -Rational(long) * brings) + max(0, Rational(short) * brings) }
            return -Rational(long - short) * brings
        }
    }

    /// The plain loss of all series (§12.4).
    package static func plainLoss(_ holdings: [Holding], rates: [String: Rational], decimals: Int) -> Rational {
        total(holdings, rates, decimals) { series, long, short in -Rational(long - short) * series.gain }
    }

    private static func total(
        _ holdings: [Holding], _ rates: [String: Rational], _ decimals: Int,
        _ loss: (PlainFrozenSeries, Int, Int) -> Rational
    ) -> Rational {
        var total: Rational = 0
        for currency in Set(holdings.map(\.series.currency)) {
            let sum = holdings.filter { $0.series.currency == currency }
                .map { loss($0.series, $0.long, $0.short) }.sum()
            total += (sum * (rates[currency] ?? 0)).rounded(decimals)
        }
        return total
    }
}
