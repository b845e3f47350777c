import Glibc

/// Underlyings at which many options are valued, each with its logarithm, taken once for all of them.
package struct Underlyings: Sendable {
    /// Price units; what is not a number gives values that are none.
    package let prices: [Double]
    /// ln U; not a number, or −∞, of a price at or below 0.
    let logarithms: [Double]

    /// One logarithm a price.
    package init(_ prices: [Double]) {
        self.prices = prices
        logarithms = prices.map { log($0) }
    }
}

extension PreparedOption {
    /// Puts the value at each of some underlyings, by their places, into its place of `values`: the places are a part
    /// of `order`. The last bits may differ from those of ``value(underlying:)``.
    ///
    /// No logarithm is taken: ln(U/K) = ln U − ln K, with the terms' `logStrike`. Two values are made at a time, each
    /// with the bits it has alone, whatever its neighbour. About 10 ns a value.
    package func setValues(
        at underlyings: Underlyings, _ order: [Int], _ own: Range<Int>, logStrike: Double, in values: inout [Double]
    ) {
        switch kernel {
        case .lognormal(let option):
            Self.inPairs(underlyings, order, own, in: &values) { underlying, logarithm in
                option.valueOrLimit(underlying: underlying, logMoneyness: logarithm - logStrike)
            } pair: { underlyings, logarithms in
                option.pair(underlyings: underlyings, logMoneyness: logarithms - logStrike)
            }
        case .quadratic(let option):
            Self.inPairs(underlyings, order, own, in: &values) { underlying, logarithm in
                option.value(underlying: underlying, logMoneyness: logarithm - logStrike)
            } pair: { underlyings, logarithms in
                option.pair(underlyings: underlyings, logMoneyness: logarithms - logStrike)
            }
        case .deterministic, .normal, .normalQuadratic, .lattice:
            for place in order[own] { values[place] = value(underlying: underlyings.prices[place]) }
        }
    }

    @inline(__always)
    private static func inPairs(
        _ underlyings: Underlyings, _ order: [Int], _ own: Range<Int>, in values: inout [Double],
        alone: (Double, Double) -> Double, pair: (DoublePair, DoublePair) -> DoublePair
    ) {
        let (prices, logarithms, places) = (underlyings.prices.span, underlyings.logarithms.span, order.span)
        var values = values.mutableSpan
        for first in stride(from: own.lowerBound, to: own.upperBound - 1, by: 2) {
            let (one, other) = (places[first], places[first + 1])
            let found = pair(
                DoublePair(prices[one], prices[other]), DoublePair(logarithms[one], logarithms[other]))
            values[one] = found.x
            values[other] = found.y
        }
        if own.count % 2 == 1 {
            let last = places[own.upperBound - 1]
            values[last] = alone(prices[last], logarithms[last])
        }
    }
}
