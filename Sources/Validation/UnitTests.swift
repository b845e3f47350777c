import Quantities

/// The tests of interleaved nights, whose windows do not overlap, taken together (docs/methodology.md §12.3).
package struct ThinnedTests: Sendable {
    /// Of each remainder j of the horizon that has a tested night, ascending.
    package let series: [(remainder: Int, tests: CoverageTests)]
    /// Bonferroni's: min(1, h·the smallest); nil where no series has one.
    package let proportionOfFailuresP: Double
    package let atLeastP: Double
    package let atMostP: Double
    package let independenceP: Double?
    package let conditionalP: Double?
    /// The worst.
    package let zone: TrafficLightZone

    fileprivate init(_ series: [(remainder: Int, tests: CoverageTests)], horizonDays: Int) {
        self.series = series
        func together(_ values: [Double]) -> Double? { values.min().map { min(1, Double(horizonDays) * $0) } }
        proportionOfFailuresP = together(series.map(\.tests.proportionOfFailuresP)) ?? 1
        atLeastP = together(series.map(\.tests.atLeastP)) ?? 1
        atMostP = together(series.map(\.tests.atMostP)) ?? 1
        independenceP = together(series.compactMap(\.tests.independenceP))
        conditionalP = together(series.compactMap(\.tests.conditionalP))
        zone = series.map(\.tests.trafficLight.zone).max() ?? .green
    }
}

/// What the tests say of a margin: too little rejects, too much never does (docs/methodology.md §12.3).
package enum Verdict: String, CaseIterable, Sendable {
    case accept, watch, reject

    fileprivate init(zone: TrafficLightZone, atLeastP: Double, independenceP: Double?, significance: Double) {
        if atLeastP < significance || zone == .red {
            self = .reject
        } else if zone == .yellow || (independenceP ?? 1) < significance {
            self = .watch
        } else {
            self = .accept
        }
    }
}

/// Every test of one unit's nights: an account, an owner, a product, a hypothetical portfolio, a walk-forward's side.
package struct UnitTests: Sendable {
    /// All nights.
    package let raw: CoverageTests
    /// Of a horizon of more than a day, whose nightly windows overlap.
    package let thinned: ThinnedTests?
    package let verdict: Verdict

    /// `outcomes` has an entry a business day of the calendar, without a gap: whether the night was an exception, nil
    /// where it was not tested. Nil where none was. O(days).
    package init?(_ outcomes: [Bool?], terms: ValidationTerms) {
        guard let first = outcomes.firstIndex(where: { $0 != nil }),
            let raw = Self.tests(outcomes[first...], every: 1, terms)
        else { return nil }
        self.raw = raw
        let significance = terms.significance.double
        let h = terms.horizonDays
        guard h > 1 else {
            thinned = nil
            verdict = Verdict(
                zone: raw.trafficLight.zone, atLeastP: raw.atLeastP, independenceP: raw.independenceP,
                significance: significance)
            return
        }
        let series = (0..<h).compactMap { remainder -> (remainder: Int, tests: CoverageTests)? in
            guard first + remainder < outcomes.count else { return nil }
            return Self.tests(outcomes[(first + remainder)...], every: h, terms).map { (remainder, $0) }
        }
        let thinned = ThinnedTests(series, horizonDays: h)
        self.thinned = thinned
        verdict = Verdict(
            zone: thinned.zone, atLeastP: thinned.atLeastP, independenceP: thinned.independenceP,
            significance: significance)
    }

    /// The tests of every `step`-th night; a pair is of two members beside each other, both tested.
    private static func tests(_ outcomes: ArraySlice<Bool?>, every step: Int, _ terms: ValidationTerms)
        -> CoverageTests?
    {
        var (nights, exceptions) = (0, 0)
        var pairs = ExceptionPairs()
        var before: Bool?
        for index in stride(from: outcomes.startIndex, to: outcomes.endIndex, by: step) {
            let outcome = outcomes[index]
            if let outcome {
                nights += 1
                exceptions += outcome ? 1 : 0
                if let before { pairs.add(before, outcome) }
            }
            before = outcome
        }
        guard nights > 0 else { return nil }
        return CoverageTests(nights: nights, exceptions: exceptions, pairs: pairs, terms: terms)
    }
}
