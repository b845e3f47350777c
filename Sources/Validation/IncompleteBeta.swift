/// The regularised incomplete beta function of whole arguments, I_p(a, b), and its inverses.
///
/// I_p(a, b) = P(X ≥ a) for X binomial with a + b − 1 trials of probability p, which is how it is computed: relative
/// error as `BinomialDistribution`'s.
package struct IncompleteBeta: Sendable {
    package let a: Int
    package let b: Int

    /// Both at least 1.
    package init(_ a: Int, _ b: Int) {
        precondition(a >= 1 && b >= 1, "the incomplete beta function's arguments are 1 or more")
        self.a = a
        self.b = b
    }

    /// I_p(a, b), 0 … 1, rising in p.
    package func lower(_ p: Double) -> Double {
        BinomialDistribution(count: a + b - 1, probability: p).upperTail(a)
    }

    /// 1 − I_p(a, b), without the digits that the difference would lose.
    package func upper(_ p: Double) -> Double {
        BinomialDistribution(count: a + b - 1, probability: p).lowerTail(a - 1)
    }

    /// The p at which I_p(a, b) is `tail`, 0 < tail < 1.
    package func quantile(lower tail: Double) -> Double {
        root { p in (lower(p) - tail, density(p)) }
    }

    /// The p at which 1 − I_p(a, b) is `tail`, 0 < tail < 1.
    package func quantile(upper tail: Double) -> Double {
        root { p in (tail - upper(p), density(p)) }
    }

    /// The slope of I_p(a, b).
    private func density(_ p: Double) -> Double {
        Double(a + b - 1) * BinomialDistribution(count: a + b - 2, probability: p).mass(a - 1)
    }

    /// Where a rising function of 0 … 1 is 0: Newton's steps, halved brackets where one leaves them.
    ///
    /// Ends where a step no longer moves p, which is a few last places from the root: about ten evaluations.
    private func root(_ function: (Double) -> (value: Double, slope: Double)) -> Double {
        var (low, high) = (0.0, 1.0)
        var p = Double(a) / Double(a + b)
        for _ in 0..<400 {
            let (value, slope) = function(p)
            if value == 0 { return p }
            if value < 0 { low = p } else { high = p }
            var next = p - value / slope
            // A slope of 0, and a step out of the bracket, fail the comparison.
            if !(next > low && next < high) { next = low + (high - low) / 2 }
            if abs(next - p) <= p * 0x1p-51 { return next }
            p = next
        }
        return p
    }
}
