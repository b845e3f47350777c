import ClearingModel
import Pricing
import Testing

private func shares(
    _ right: OptionRight, _ s: Double, _ k: Double, r: Double, b: Double, _ v: Double, _ t: Double
) -> Quote {
    Quote(right: right, model: .blackScholes, underlying: s, strike: k, rate: r, carry: b, volatility: v, time: t)
}

private func futures(_ right: OptionRight, _ f: Double, _ k: Double, r: Double, _ v: Double, _ t: Double) -> Quote {
    Quote(right: right, underlying: f, strike: k, rate: r, volatility: v, time: t)
}

private func normal(_ f: Double, _ k: Double, deviation: Double, time: Double = 1) -> Quote {
    Quote(model: .bachelier, underlying: f, strike: k, volatility: deviation, time: time)
}

@Suite struct EuropeanExampleTests {
    static let values = [
        Example(shares(.call, 42, 40, r: 0.1, b: 0.1, 0.2, 0.5), 4.7594, within: 1e-4, "Hull"),
        Example(shares(.put, 42, 40, r: 0.1, b: 0.1, 0.2, 0.5), 0.8086, within: 1e-4, "Hull"),
        Example(futures(.put, 20, 20, r: 0.09, 0.25, 4.0 / 12), 1.1166, within: 1e-4, "Hull"),
        Example(shares(.call, 60, 65, r: 0.08, b: 0.08, 0.3, 0.25), 2.1334, within: 1e-4, "Haug 2007"),
        Example(shares(.put, 100, 95, r: 0.1, b: 0.05, 0.2, 0.5), 2.4648, within: 1e-4, "Haug 2007"),
        Example(futures(.call, 90, 100, r: 0.1, 0.15, 0.1), 0.0205, within: 1e-4, "Haug 2007, Black-76"),
        Example(futures(.call, 100, 100, r: 0.1, 0.15, 0.1), 1.8734, within: 1e-4, "Haug 2007, Black-76"),
        Example(futures(.call, 110, 100, r: 0.1, 0.15, 0.1), 9.9413, within: 1e-4, "Haug 2007, Black-76"),
        Example(shares(.call, 42, 40, r: 0.04, b: -0.04, 0.35, 0.75), 5.0975, within: 1e-4, "Haug 2007, European"),
        Example(
            Quote(style: .futures, underlying: 104, strike: 100, rate: 0.07, volatility: 0.2, time: 4.5),
            19.207654124402573, within: 1e-12, "Strata, undiscounted Black"),
        Example(normal(100, 100, deviation: 20), 7.97884561, within: 1e-8, "published, Bachelier"),
        Example(normal(100, 90, deviation: 20), 13.95593115, within: 1e-8, "published, Bachelier"),
        Example(normal(-37.63, -35, deviation: 120, time: 0.08), 12.266180, within: 1e-6, "computed separately"),
    ]

    @Test(arguments: values) func `a European option has its published value`(_ example: Example) {
        #expect(abs(example.quote.value - example.expected) <= example.tolerance, "\(example.quote.value)")
    }

    static let deltas = [
        Example(futures(.call, 105, 100, r: 0.1, 0.36, 0.5), 0.5946, within: 5e-5, "Haug 2007"),
        Example(futures(.put, 105, 100, r: 0.1, 0.36, 0.5), -0.3566, within: 5e-5, "Haug 2007"),
    ]

    @Test(arguments: deltas) func `a European option has its published delta`(_ example: Example) {
        #expect(abs(example.quote.delta - example.expected) <= example.tolerance, "\(example.quote.delta)")
    }

    @Test func `gamma and vega are the published ones`() {
        let greeks = shares(.call, 55, 60, r: 0.1, b: 0.1, 0.3, 0.75).greeks
        #expect(abs(greeks.gamma - 0.0278) <= 5e-5, "Haug 2007: \(greeks.gamma)")
        #expect(abs(greeks.vega - 18.9358) <= 1e-4, "Haug 2007: \(greeks.vega)")
    }

    @Test func `a cost-of-carry future grows at the rate from the spot`() {
        let price = costOfCarryFuture(spot: 100, rate: 0.05, time: 0.5)
        #expect(abs(price - 102.53151205244289) <= 1e-13)
        #expect(costOfCarryFuture(spot: 100, rate: 0.05, time: 0) == 100)
        #expect(costOfCarryFuture(spot: 100, rate: 0.05, time: -0.1) == 100)
        #expect(costOfCarryFuture(spot: -3, rate: 0, time: 2) == -3)
    }

    @Test func `the normal distribution stays accurate in the left tail`() {
        // 40-digit reference values.
        for (x, expected) in [
            (0.0, 0.5), (-1.0, 0.15865525393145705), (-5, 2.8665157187919391e-7), (-10, 7.6198530241605261e-24),
            (-30, 4.9067139271481871e-198), (3, 0.99865010196836991),
        ] {
            #expect(abs(cumulativeNormal(x) / expected - 1) <= (4 + x * x) * 1e-16, "\(x): \(cumulativeNormal(x))")
        }
        #expect(cumulativeNormal(-.infinity) == 0)
        #expect(cumulativeNormal(.infinity) == 1)
    }
}
