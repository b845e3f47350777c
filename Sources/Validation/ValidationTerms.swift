import ClearingModel
import Quantities

/// At which confidence nights are tested and how the tests are read (docs/methodology.md §12.1).
package struct ValidationTerms: Hashable, Sendable {
    /// Of the margin, 0.5 < c < 1.
    package let confidence: ExactDecimal
    /// Business days over which a night's move is taken, 1 … 60.
    package let horizonDays: Int
    /// Of the coverage interval, 0.5 < level < 1.
    package let intervalLevel: ExactDecimal
    /// Below which a p-value speaks against the margin, 0 < s < 0.5.
    package let significance: ExactDecimal

    /// Two-sided 95 % and 5 %, where a backtest says nothing else.
    package static let usualIntervalLevel = ExactDecimal(mantissa: 95, scale: 2)
    package static let usualSignificance = ExactDecimal(mantissa: 5, scale: 2)

    /// - Throws: `ValidationRefusal` `backtest_range` for the first of the four that is out of its range.
    package init(
        confidence: ExactDecimal, horizonDays: Int, intervalLevel: ExactDecimal = usualIntervalLevel,
        significance: ExactDecimal = usualSignificance, backtest: String = "backtest"
    ) throws(ValidationRefusal) {
        let half = ExactDecimal(mantissa: 5, scale: 1)
        func check(_ isInside: Bool, _ column: String, _ value: String, _ range: String) throws(ValidationRefusal) {
            guard !isInside else { return }
            throw ValidationRefusal(
                .backtestRange, backtest, table: "backtest", column: column, "\(value) is not \(range)")
        }
        try check(confidence > half && confidence < .one, "confidence", "\(confidence)", "above 0.5 and below 1")
        try check((1...60).contains(horizonDays), "horizon_days", "\(horizonDays)", "1 to 60")
        try check(
            intervalLevel > half && intervalLevel < .one, "interval_level", "\(intervalLevel)",
            "above 0.5 and below 1")
        try check(
            significance > .zero && significance < half, "significance", "\(significance)", "above 0 and below 0.5")
        self.confidence = confidence
        self.horizonDays = horizonDays
        self.intervalLevel = intervalLevel
        self.significance = significance
    }

    /// p = 1 − confidence, exact: how often a margin is expected to be exceeded.
    package var exceptionProbability: ExactDecimal { (.one - confidence).withoutTrailingZeros }

    /// Exceptions among `count` nights of a true model.
    func exceptions(of count: Int) -> BinomialDistribution {
        BinomialDistribution(
            count: count, probability: exceptionProbability.double, complement: confidence.double)
    }
}
