import Parameters
import Pricing
import Quantities

/// Shocks in the order of their scenarios, made ready to value many series under them.
package struct StressShockList: Sendable {
    package let shocks: [StressShock]
    /// The moves of volatility among them, each once, with where `order` has the shocks that have it.
    let volatilityMoves: [(move: StressVolatilityMove, shocks: Range<Int>)]
    /// The places of all shocks, those of one move of volatility side by side.
    let order: [Int]

    /// O(shocks · moves of volatility).
    package init(_ shocks: [StressShock]) {
        self.shocks = shocks
        var moves: [(move: StressVolatilityMove, shocks: Range<Int>)] = []
        var order: [Int] = []
        for shock in shocks where !moves.contains(where: { $0.move == shock.volatility }) {
            let start = order.count
            order += shocks.indices.filter { shocks[$0].volatility == shock.volatility }
            moves.append((shock.volatility, start..<order.count))
        }
        volatilityMoves = moves
        self.order = order
    }
}

/// A price under each of several shocks, for all series that are valued at it.
package struct StressedPrices: Sendable {
    /// The price before.
    package let price: ExactDecimal
    /// By shock; not a number from the first under which there is none.
    let underlyings: Underlyings
    private let fault: StressFaultAtShock?

    package init(_ price: ExactDecimal, _ shocks: StressShockList) {
        self.price = price
        var moved = [Double](repeating: .nan, count: shocks.shocks.count)
        var fault: StressFaultAtShock?
        for (place, shock) in shocks.shocks.enumerated() {
            do throws(StressFault) {
                moved[place] = try shock.moved(price)
            } catch {
                fault = StressFaultAtShock(fault: error, shock: place)
                break
            }
        }
        underlyings = Underlyings(moved)
        self.fault = fault
    }

    /// The price under a shock by its place.
    @inline(__always) func price(at place: Int) throws(StressFault) -> Double {
        if let fault, place >= fault.shock { throw fault.fault }
        return underlyings.prices[place]
    }
}
