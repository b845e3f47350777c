import ClearingModel
import Margining
import Quantities

/// Where a margin tested by a second opinion comes from; the raw value is its name in tables.
package enum ChallengedMethod: String, CaseIterable, Sendable {
    /// The rule of §10 calibrated again and again, step limit and all.
    case historical
    /// The value in force today, on every day: it was chosen knowing them.
    case standing
    /// From shrunk correlations, and from the first three components of a curve.
    case learned, components
}

/// How a method covers beside the historical one on the same days; the raw value is its name in tables.
package enum CoverageComparison: String, Sendable {
    case better, worse
    case asWell = "as_well"

    fileprivate init(_ exceptions: Int, against others: Int) {
        self = exceptions < others ? .better : exceptions > others ? .worse : .asWell
    }
}

/// One method's margins held against what came after them (docs/methodology.md §10.6).
package struct ChallengedMargin: Sendable {
    package let method: ChallengedMethod
    /// Of the tested days.
    package let firstDay: BusinessDate
    package let lastDay: BusinessDate
    package let tests: UnitTests
    /// Of the tested days.
    package let meanMargin: Double
    /// The mean of the quantile loss: (1 − c)·(margin − loss) where the loss is covered, else c·(loss − margin). Small
    /// is good: too much margin costs too (Koenker and Bassett, Econometrica 46, 1978).
    package let meanScore: Double
    /// Against the historical method; nil of itself.
    package let covers: CoverageComparison?

    /// P(X ≥ x), on thinned days where the horizon is more than one.
    package var atLeastP: Double { tests.thinned?.atLeastP ?? tests.raw.atLeastP }

    /// A margin and a loss a day: nil where there is none. Nil where no day has both; money is at 6 decimals.
    init?(
        _ method: ChallengedMethod, _ dates: ArraySlice<BusinessDate>, margins: [Double?], losses: [Double?],
        terms: ValidationTerms, historical: ChallengedMargin? = nil
    ) {
        var outcomes: [Bool?] = []
        var tested: [BusinessDate] = []
        var (margin, score) = (0.0, 0.0)
        let confidence = terms.confidence.double
        let complement = terms.exceptionProbability.double
        for (date, day) in zip(dates, zip(margins, losses)) {
            guard let own = day.0, let loss = day.1 else {
                outcomes.append(nil)
                continue
            }
            outcomes.append(loss > own)
            tested.append(date)
            margin += own
            score += loss > own ? confidence * (loss - own) : complement * (own - loss)
        }
        guard let tests = UnitTests(outcomes, terms: terms), let first = tested.first, let last = tested.last else {
            return nil
        }
        self.method = method
        firstDay = first
        lastDay = last
        self.tests = tests
        meanMargin = margin / Double(tested.count)
        meanScore = score / Double(tested.count)
        covers = historical.map { CoverageComparison(tests.raw.exceptions, against: $0.tests.raw.exceptions) }
    }
}
