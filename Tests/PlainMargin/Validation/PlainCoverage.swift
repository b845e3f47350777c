/// Coverage of a number of nights, from the text of §12.2 alone.
package struct PlainCoverage {
    package let nights: Int
    package let exceptions: Int
    /// n00, n01, n10, n11.
    package let pairs: [Int]
    package let coverage: Rational
    package let interval: [Double]
    package let proportionOfFailures: Double
    package let proportionOfFailuresP: Double
    package let atLeast: Double
    package let atMost: Double
    package let independence: Double?
    package let independenceP: Double?
    package let conditional: Double?
    package let conditionalP: Double?
    package let zone: String
    package let firstYellow: Int
    package let firstRed: Int

    init(nights n: Int, exceptions x: Int, pairs: [Int], confidence: Double, p: Double, alpha: Double) {
        (nights, exceptions, self.pairs) = (n, x, pairs)
        coverage = 1 - Rational(x) / Rational(n)
        let masses = PlainStatistics.masses(n, p, confidence)
        let share = Double(x) / Double(n)
        typealias S = PlainStatistics
        // LR = −2[(n − x)·ln(1 − p) + x·ln p − (n − x)·ln(1 − x/n) − x·ln(x/n)], χ²(1).
        let failures = max(
            0,
            -2 * (S.term(n - x, confidence) + S.term(x, p) - S.term(n - x, 1 - share) - S.term(x, share)))
        proportionOfFailures = failures
        proportionOfFailuresP = S.chiSquaredOne(failures)
        (atMost, atLeast) = S.tails(x, of: masses)
        independence = Self.independence(pairs)
        independenceP = independence.map(S.chiSquaredOne)
        let whole = independence.map { $0 + failures }
        conditional = whole
        conditionalP = whole.map(S.chiSquaredTwo)
        // Green: C < 0.95 or none; yellow: C < 0.9999; red.
        func zone(_ x: Int) -> String {
            let c = S.tails(x, of: masses).atMost
            return c < 0.95 || x == 0 ? "green" : c < 0.9999 ? "yellow" : "red"
        }
        self.zone = zone(x)
        firstYellow = (1...n).first { zone($0) != "green" } ?? n
        firstRed = (1...n).first { zone($0) == "red" } ?? n
        interval = Self.interval(n, x, alpha)
    }

    /// Clopper–Pearson's bounds of the failure rate by halving, then of the coverage.
    private static func interval(_ n: Int, _ x: Int, _ alpha: Double) -> [Double] {
        func halved(_ isBelow: (Double) -> Bool) -> Double {
            var (low, high) = (0.0, 1.0)
            for _ in 0..<100 {
                let middle = (low + high) / 2
                if isBelow(middle) { low = middle } else { high = middle }
            }
            return (low + high) / 2
        }
        func tails(_ rate: Double) -> (atMost: Double, atLeast: Double) {
            PlainStatistics.tails(x, of: PlainStatistics.masses(n, rate, 1 - rate))
        }
        let lower = x == 0 ? 0 : halved { tails($0).atLeast < alpha / 2 }
        let upper = x == n ? 1 : halved { tails($0).atMost > alpha / 2 }
        return [1 - upper, 1 - lower]
    }

    private static func independence(_ pairs: [Int]) -> Double? {
        let (n00, n01, n10, n11) = (pairs[0], pairs[1], pairs[2], pairs[3])
        let count = n00 + n01 + n10 + n11
        guard count > 0 else { return nil }
        func share(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
        let (of0, of1, all) = (share(n01, n00 + n01), share(n11, n10 + n11), share(n01 + n11, count))
        typealias S = PlainStatistics
        return max(
            0,
            -2
                * (S.term(n00 + n10, 1 - all) + S.term(n01 + n11, all) - S.term(n00, 1 - of0) - S.term(n01, of0)
                    - S.term(n10, 1 - of1) - S.term(n11, of1)))
    }
}

/// A unit's nights, raw and thinned, and the verdict, from the text of §12.3 alone.
package struct PlainUnit {
    package let raw: PlainCoverage?
    /// j = 0 … h − 1, those without a tested night left out; empty at h = 1.
    package let thinned: [PlainCoverage]
    /// min(1, h·the smallest); nil where no series has one: POF, ≥, ≤, independence, conditional.
    package let together: [Double?]
    package let zone: String
    package let verdict: String?

    /// A night a business day: nil where it was not tested.
    package init(
        _ nights: [Bool?], confidence: Rational, horizon h: Int, interval: Rational, significance: Rational
    ) {
        let first = nights.firstIndex { $0 != nil }
        func tests(_ remainder: Int, _ step: Int) -> PlainCoverage? {
            guard let first else { return nil }
            var chosen: [Bool?] = []
            for (index, night) in nights.enumerated() where index >= first && (index - first) % step == remainder {
                chosen.append(night)
            }
            let tested = chosen.compactMap { $0 }
            guard !tested.isEmpty else { return nil }
            var pairs = [0, 0, 0, 0]
            for (one, next) in zip(chosen, chosen.dropFirst()) {
                if let one, let next { pairs[(one ? 2 : 0) + (next ? 1 : 0)] += 1 }
            }
            return PlainCoverage(
                nights: tested.count, exceptions: tested.filter { $0 }.count, pairs: pairs,
                confidence: Self.double(confidence), p: Self.double(1 - confidence), alpha: Self.double(1 - interval))
        }
        let raw = tests(0, 1)
        self.raw = raw
        let thinned = h == 1 ? [] : (0..<h).compactMap { tests($0, h) }
        self.thinned = thinned
        func smallest(_ figure: (PlainCoverage) -> Double?) -> Double? {
            thinned.compactMap(figure).min().map { min(1, Double(h) * $0) }
        }
        together = [
            smallest(\.proportionOfFailuresP), smallest(\.atLeast), smallest(\.atMost), smallest(\.independenceP),
            smallest(\.conditionalP),
        ]
        let zones = (h == 1 ? [raw].compactMap { $0 } : thinned).map(\.zone)
        zone = zones.contains("red") ? "red" : zones.contains("yellow") ? "yellow" : "green"
        let atLeast = h == 1 ? raw?.atLeast : together[1]
        let independence = h == 1 ? raw?.independenceP : together[3]
        let level = Self.double(significance)
        if raw == nil {
            verdict = nil
        } else if (atLeast ?? 1) < level || zone == "red" {
            verdict = "reject"
        } else {
            verdict = zone == "yellow" || (independence ?? 1) < level ? "watch" : "accept"
        }
    }

    static func double(_ value: Rational) -> Double { Double(value.numerator) / Double(value.denominator) }
}
