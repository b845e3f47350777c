/// A contract with a notional in the quote currency that is settled in the base coin (an inverse contract).
///
/// Quoted as the price of one base coin in the quote currency: N = 100 USD on BTC at F = 50,000 USD is 0.002 BTC.
package struct InverseContract: Sendable, Equatable {
    /// N, in the quote currency, for one contract.
    package let notional: Double
    /// F > 0, quote currency for one base coin: the price the moves start from.
    package let price: Double

    package init(notional: Double, price: Double) {
        precondition(!(price <= 0), "an inverse contract has a price above 0")
        self.notional = notional
        self.price = price
    }

    /// What one long contract gains when the price moves from F to F·(1 + x), in base coins:
    /// (N/F)·(1 − 1/(1 + x)) = (N/F)·x/(1 + x).
    ///
    /// Gain positive: an array value is its negative. The domain is x > −1, where it is concave and below N/F, its
    /// limit for x → ∞. At x ≤ −1 the price is 0 or less and the loss without bound: −∞, which no array holds, so that
    /// whoever shocks a price by 100 % or more must refuse the scenario first. Source: methodology §2.
    package func gain(relativeMove x: Double) -> Double {
        if x <= -1 { return -.infinity }
        // As x/(1 + x) nothing cancels for small moves, as 1 − 1/(1 + x) nothing overflows for large ones.
        return notional / price * (x < 1 ? x / (1 + x) : 1 - 1 / (1 + x))
    }

    /// The change of ``gain(relativeMove:)`` for one unit of the price, at F·(1 + x): N/(F·(1 + x))², in base coins.
    ///
    /// +∞ at x ≤ −1.
    package func delta(relativeMove x: Double = 0) -> Double {
        if x <= -1 { return .infinity }
        let moved = price * (1 + x)
        return notional / moved / moved
    }
}
