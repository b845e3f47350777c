import ClearingModel
import Pricing
import Testing

/// Option arrays computed separately from the methodology, one long unit, in units of `digits` decimals.
@Suite struct ScenarioExampleTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let quote: Quote
        let settlement: Double?
        let priceScanRange: Double
        let volatilityScanRange: (amount: Double, relative: Bool)
        let scale: Double
        let array: [Double]
        let compositeDelta: Double
        var testDescription: String { name }
    }

    static let rows = [
        Row(
            name: "Black-76 call, relative volatility scan",
            quote: Quote(underlying: 70, strike: 75, rate: 0.04, time: 60.0 / 365), settlement: 2.06,
            priceScanRange: 6, volatilityScanRange: (0.3, true), scale: 1,
            array: [
                -1071, 1049, -1901, 440, -360, 1473, -2850, -376, 235, 1746, -3915, -1409, 722, 1907, -3821, 676,
            ], compositeDelta: 0.3391),
        Row(
            name: "American put, absolute volatility scan",
            quote: Quote(
                right: .put, exercise: baroneAdesiWhaley, underlying: 100, strike: 110, rate: 0.1, volatility: 0.25,
                time: 60.0 / 365),
            settlement: nil, priceScanRange: 7.5, volatilityScanRange: (0.06, false), scale: 100,
            array: [
                -667.81, 562.81, 1131.81, 2680.96, -2625.28, -1724.64, 2759.57, 4579.44, -4722.65, -4137.67, 4206.90,
                6214.26, -6939.95, -6631.37, 3310.38, -7138.35,
            ], compositeDelta: -0.7990),
        Row(
            name: "American call, absolute volatility scan",
            quote: Quote(
                exercise: baroneAdesiWhaley, underlying: 100, strike: 90, rate: 0.1, volatility: 0.25,
                time: 60.0 / 365),
            settlement: nil, priceScanRange: 7.5, volatilityScanRange: (0.06, false), scale: 100,
            array: [
                -556.20, 442.17, -2647.81, -1918.50, 1400.48, 2668.17, -4849.55, -4373.36, 3196.29, 4700.60, -7139.44,
                -6873.08, 4806.55, 6471.22, -7218.12, 3424.34,
            ], compositeDelta: 0.8445),
        Row(
            name: "Bachelier call below zero",
            quote: Quote(model: .bachelier, underlying: -37.63, strike: -35, rate: 0.04, time: 29.0 / 365),
            settlement: 12.27, priceScanRange: 14, volatilityScanRange: (20, false), scale: 100,
            array: [
                -1963.83, 2428.46, -4275.90, 121.97, 126.90, 4426.77, -6809.52, -2493.23, 1999.63, 6125.90, -9561.73,
                -5409.20, 3660.68, 7542.53, -9550.75, 3583.09,
            ], compositeDelta: 0.4678),
    ]

    @Test(arguments: rows) func `sixteen scenarios and the composite delta are reproduced exactly`(_ row: Row) {
        var quote = row.quote
        if let settlement = row.settlement {
            guard
                case .solved(let volatility) = impliedVolatility(
                    quote.terms, price: settlement, underlying: quote.underlying, time: quote.time)
            else {
                Issue.record("not solved")
                return
            }
            quote.volatility = volatility
        }
        let base = quote.value
        let later = quote.time - 1.0 / 365
        let scan = row.volatilityScanRange
        let volatilities = [1.0, -1, 0].map {
            scan.relative ? quote.volatility * (1 + $0 * scan.amount) : quote.volatility + $0 * scan.amount
        }
        let options = volatilities.map { PreparedOption(quote.terms, volatility: $0, time: later) }
        func loss(_ move: Double, _ option: PreparedOption, _ weight: Double) -> Double {
            let value = option.value(underlying: quote.underlying + move * row.priceScanRange)
            return (weight * 1000 * (base - value) * row.scale).rounded(.toNearestOrAwayFromZero) / row.scale
        }
        var array: [Double] = []
        for move in [0, 1.0 / 3, -1.0 / 3, 2.0 / 3, -2.0 / 3, 1, -1] {
            array += [loss(move, options[0], 1), loss(move, options[1], 1)]
        }
        array += [loss(3, options[2], 0.33), loss(-3, options[2], 0.33)]
        #expect(array == row.array)
        var delta = 0.0
        for (move, weight) in [
            (0, 0.270), (1.0 / 3, 0.217), (-1.0 / 3, 0.217), (2.0 / 3, 0.111), (-2.0 / 3, 0.111), (1, 0.037),
            (-1, 0.037),
        ] {
            delta += weight * options[2].delta(underlying: quote.underlying + move * row.priceScanRange)
        }
        #expect((delta * 1e4).rounded(.toNearestOrAwayFromZero) / 1e4 == row.compositeDelta)
    }
}
