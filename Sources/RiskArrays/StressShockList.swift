import Parameters
import Quantities

/// Shocks in the order of their scenarios, made ready to value many series under them.
package struct StressShockList: Sendable {
    package let shocks: [StressShock]
    /// The moves of volatility among them, each once.
    let volatilityMoves: [StressVolatilityMove]
    /// By shock: the place of its move of volatility among them.
    let volatilityPlaces: [Int]

    /// O(shocks · moves of volatility).
    package init(_ shocks: [StressShock]) {
        self.shocks = shocks
        var moves: [StressVolatilityMove] = []
        volatilityPlaces = shocks.map { shock in
            if let place = moves.firstIndex(of: shock.volatility) { return place }
            moves.append(shock.volatility)
            return moves.count - 1
        }
        volatilityMoves = moves
    }
}

/// A price under each of several shocks, for all series that are valued at it.
package struct StressedPrices: Sendable {
    /// The price before.
    package let price: ExactDecimal
    /// By shock, up to the first under which there is none.
    private let moved: [Double]
    private let fault: StressFault?

    package init(_ price: ExactDecimal, _ shocks: StressShockList) {
        self.price = price
        var moved: [Double] = []
        moved.reserveCapacity(shocks.shocks.count)
        var fault: StressFault?
        for shock in shocks.shocks {
            do throws(StressFault) {
                moved.append(try shock.moved(price))
            } catch {
                fault = error
                break
            }
        }
        (self.moved, self.fault) = (moved, fault)
    }

    /// The price under a shock by its place.
    func price(at place: Int) throws(StressFault) -> Double {
        guard place < moved.count else { throw fault ?? .outOfRange }
        return moved[place]
    }
}
