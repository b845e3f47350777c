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
