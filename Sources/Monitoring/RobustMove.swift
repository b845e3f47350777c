import Quantities

/// How far a figure stands from its own history: median, and median absolute deviation (docs/methodology.md §8.8).
struct RobustMove {
    let median: Double
    /// Figure less median.
    let distance: Double
    /// 0.6745 · distance / spread.
    let score: Double

    /// Nil where nothing can be said: too short a history, or one of zeros.
    ///
    /// The spread is at least a share of the median: a figure that never moved has moved once it leaves that share by
    /// as many times as the robust z allows.
    init?(of amount: ExactDecimal, history: [ExactDecimal], _ terms: MonitoringTerms) {
        guard history.count >= terms.leastNights else { return nil }
        let earlier = history.map(\.double)
        let median = Self.median(earlier)
        let deviation = Self.median(earlier.map { ($0 - median).magnitude })
        let spread = max(deviation, terms.leastSpread.double * median.magnitude)
        guard spread > 0 else { return nil }
        self.median = median
        distance = amount.double - median
        score = 0.6745 * distance / spread
    }

    /// The middle value, of an even number the mean of the two. Precondition: there is one.
    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    /// Whether the move that was told at a figure goes on and has not grown by the share: on the same side of the
    /// median, and no more than so much farther from it.
    func goesOn(fromTold told: ExactDecimal, worseShare: ExactDecimal) -> Bool {
        let before = told.double - median
        return before.sign == distance.sign && before != 0
            && distance.magnitude <= (1 + worseShare.double) * before.magnitude
    }
}
