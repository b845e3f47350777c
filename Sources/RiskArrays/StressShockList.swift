import Parameters
import Pricing
import Quantities

/// Shocks in the order of their scenarios, made ready to value many series under them.
package struct StressShockList: Sendable {
    package let shocks: [StressShock]
    /// The moves of volatility among them, each once.
    let volatilityChanges: [VolatilityChange]
    /// By shock, the place of its own among them.
    let volatilityOf: [Int]

    /// O(shocks · moves of volatility).
    package init(_ shocks: [StressShock]) {
        self.shocks = shocks
        var moves: [StressVolatilityMove] = []
        volatilityOf = shocks.map { shock in
            if let known = moves.firstIndex(of: shock.volatility) { return known }
            moves.append(shock.volatility)
            return moves.count - 1
        }
        volatilityChanges = moves.map { VolatilityChange($0) }
    }
}

/// What a move makes of volatilities, its number a Double once for all of them.
struct VolatilityChange: Sendable {
    /// What a volatility is multiplied by, 1 + x, or what is added to it.
    private let amount: Double
    private let isRelative: Bool

    init(_ move: StressVolatilityMove) {
        switch move {
        case .relative(let move): (amount, isRelative) = (1 + move.double, true)
        case .points(let move): (amount, isRelative) = (move.double, false)
        }
    }

    /// A volatility after the move, before any floor.
    func moved(_ volatility: Double) -> Double { isRelative ? volatility * amount : volatility + amount }
}

/// A price under each of several shocks, for all series that are valued at it.
package struct StressedPrices: Sendable {
    /// The price before.
    package let price: ExactDecimal
    /// By shock; not a number from the first under which there is none.
    let underlyings: Underlyings
    /// The first shock under which there is no price.
    let fault: StressFaultAtShock?

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

    /// Shocks before the first under which there is no price.
    var count: Int { fault?.shock ?? underlyings.prices.count }

    /// The price under a shock by its place.
    @inline(__always) func price(at place: Int) throws(StressFault) -> Double {
        if let fault, place >= fault.shock { throw fault.fault }
        return underlyings.prices[place]
    }
}
