/// Procyclicality of §12.5, from the text alone.
package enum PlainProcyclicality {
    /// max M/min M.
    package static func peakToTrough(_ margins: [Rational]) -> Rational? {
        guard let top = margins.max(), let low = margins.min() else { return nil }
        return top / low
    }

    /// The largest rise within m days, with its first (t, k) from 1; (0, nil) where nothing rises.
    package static func rise(_ margins: [Rational], within m: Int) -> (rise: Rational, at: [Int]?) {
        var (best, at): (Rational, [Int]?) = (0, nil)
        for t in margins.indices {
            for k in 1...m where t + k < margins.count {
                let rise = margins[t + k] / margins[t] - 1
                if rise > best { (best, at) = (rise, [t + 1, k]) }
            }
        }
        return (best, at)
    }

    package static func mean(_ margins: [Rational]) -> Rational { margins.sum() / Rational(margins.count) }

    /// Day from 1, both ratios, elasticity; `returns` end on the days of the margins and the days before them.
    package static func responsiveness(
        _ margins: [Double], returns: [Double], window m: Int
    ) -> (day: Int, volatility: Double, margin: Double, elasticity: Double)? {
        let before = returns.count - margins.count
        func volatility(_ day: Int) -> Double? {
            let end = before + day + 1
            guard end >= m else { return nil }
            let squares = returns[(end - m)..<end].map { $0 * $0 }
            return (squares.reduce(0, +) / Double(m)).squareRoot()
        }
        var best: (day: Int, ratio: Double)?
        for day in margins.indices where day >= m {
            guard let now = volatility(day), let then = volatility(day - m), then > 0 else { continue }
            if best.map({ now / then > $0.ratio }) ?? true { best = (day, now / then) }
        }
        guard let best, best.ratio > 1 else { return nil }
        let margin = margins[best.day] / margins[best.day - m]
        return (
            best.day + 1, best.ratio, margin, PlainStatistics.ln(margin) / PlainStatistics.ln(best.ratio)
        )
    }
}
