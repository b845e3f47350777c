import Margining
import Quantities

/// Exceptions on pairs of consecutive tested nights: `n01` counts a night without one before a night with one.
package struct ExceptionPairs: Hashable, Sendable {
    package var n00 = 0
    package var n01 = 0
    package var n10 = 0
    package var n11 = 0

    package init(n00: Int = 0, n01: Int = 0, n10: Int = 0, n11: Int = 0) {
        self.n00 = n00
        self.n01 = n01
        self.n10 = n10
        self.n11 = n11
    }

    package var count: Int { n00 + n01 + n10 + n11 }

    mutating func add(_ earlier: Bool, _ later: Bool) {
        switch (earlier, later) {
        case (false, false): n00 += 1
        case (false, true): n01 += 1
        case (true, false): n10 += 1
        case (true, true): n11 += 1
        }
    }

    /// Christoffersen's likelihood ratio of independence, 0 or more; nil without a pair.
    ///
    /// The ratio of §12.2 in its other form, Σ n·ln(n/expected) over the four counts, twice: no term is negative, and a
    /// count of 0 adds nothing whatever its probability.
    package var independenceRatio: Double? {
        guard count > 0 else { return nil }
        let rows = [n00 + n01, n10 + n11]
        let columns = [n00 + n10, n01 + n11]
        var sum = 0.0
        for (index, observed) in [n00, n01, n10, n11].enumerated() {
            let expected = Double(rows[index / 2] * columns[index % 2]) / Double(count)
            if expected > 0 { sum += deviance(Double(observed), from: expected) }
        }
        return 2 * sum
    }
}

/// The zone of a count of exceptions, by how seldom a true model has no more; worse is greater.
package enum TrafficLightZone: String, CaseIterable, Comparable, Sendable {
    case green, yellow, red

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .green: 0
        case .yellow: 1
        case .red: 2
        }
    }
}

/// Where the zones of a number of nights begin.
package struct TrafficLight: Hashable, Sendable {
    /// P(X ≤ x).
    package let cumulative: Double
    package let zone: TrafficLightZone
    /// The fewest exceptions, 1 or more, that are yellow or worse, and that are red.
    package let firstYellow: Int
    package let firstRed: Int

    private static let yellow = 0.95
    private static let red = 0.9999

    /// Of `exceptions` among the trials of a distribution of at least one.
    package init(exceptions: Int, of distribution: BinomialDistribution) {
        cumulative = distribution.lowerTail(exceptions)
        firstYellow = Self.fewest(distribution, reaching: Self.yellow)
        firstRed = Self.fewest(distribution, reaching: Self.red)
        zone = exceptions >= firstRed ? .red : exceptions >= firstYellow ? .yellow : .green
    }

    private static func fewest(_ distribution: BinomialDistribution, reaching bound: Double) -> Int {
        var (low, high) = (1, max(1, distribution.count))
        while low < high {
            let middle = (low + high) / 2
            if distribution.lowerTail(middle) >= bound { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// What a number of tested nights says of a margin: every statistic of docs/methodology.md §12.2.
///
/// Statistics are Doubles, each within 1e-11 of itself; a p-value's alternative is in its name. The χ² ones are
/// asymptotic, the binomial ones exact.
package struct CoverageTests: Sendable {
    /// Tested nights, 1 or more, and exceptions among them.
    package let nights: Int
    package let exceptions: Int
    /// 1 − exceptions/nights.
    package let coverage: ExactFraction
    /// Clopper–Pearson's, of the coverage.
    package let coverageInterval: (lower: Double, upper: Double)
    /// Kupiec's proportion of failures, two-sided.
    package let proportionOfFailures: Double
    package let proportionOfFailuresP: Double
    /// P(X ≥ x): small where there is too little margin.
    package let atLeastP: Double
    /// P(X ≤ x): small where there is too much.
    package let atMostP: Double
    package let pairs: ExceptionPairs
    /// Christoffersen's; nil without a pair, like those below.
    package let independence: Double?
    package let independenceP: Double?
    /// Coverage and independence together.
    package let conditional: Double?
    package let conditionalP: Double?
    package let trafficLight: TrafficLight

    /// `nights` is at least 1. O(√nights) beyond a few evaluations of the tails.
    package init(nights: Int, exceptions: Int, pairs: ExceptionPairs, terms: ValidationTerms) {
        precondition(nights > 0 && (0...nights).contains(exceptions), "exceptions among tested nights")
        self.nights = nights
        self.exceptions = exceptions
        self.pairs = pairs
        coverage = ExactFraction(Int128(nights - exceptions), over: Int128(nights))
        coverageInterval = Self.interval(nights, exceptions, level: terms.intervalLevel)
        let expected = terms.exceptions(of: nights)
        let failures = Double(nights) * expected.probability
        let ratio =
            2
            * (deviance(Double(exceptions), from: failures)
                + deviance(Double(nights - exceptions), from: Double(nights) * expected.complement))
        proportionOfFailures = ratio
        proportionOfFailuresP = chiSquaredUpperTail1(ratio)
        atLeastP = expected.upperTail(exceptions)
        atMostP = expected.lowerTail(exceptions)
        independence = pairs.independenceRatio
        independenceP = independence.map(chiSquaredUpperTail1)
        conditional = independence.map { $0 + ratio }
        conditionalP = conditional.map(chiSquaredUpperTail2)
        trafficLight = TrafficLight(exceptions: exceptions, of: expected)
    }

    private static func interval(_ nights: Int, _ exceptions: Int, level: ExactDecimal) -> (Double, Double) {
        let tail = (ExactDecimal.one - level).double / 2
        // Of the coverage: what is 1 − a failure rate is solved for itself, so that nothing is lost near 1 or 0.
        let covered = nights - exceptions
        let lower = covered == 0 ? 0 : IncompleteBeta(covered, exceptions + 1).quantile(lower: tail)
        let upper = exceptions == 0 ? 1 : IncompleteBeta(covered + 1, exceptions).quantile(upper: tail)
        return (lower, upper)
    }
}
