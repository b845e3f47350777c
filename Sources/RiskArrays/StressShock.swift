import Parameters
import Pricing
import Quantities

/// What one stress scenario does to the market of one series (docs/methodology.md §8.2, §8.6, §8.7).
package struct StressShock: Hashable, Sendable {
    package let price: StressPriceMove
    package let volatility: StressVolatilityMove
    /// Price units added to the price once it has moved: what a close-out does to it.
    package let impact: ExactDecimal

    package init(price: StressPriceMove, volatility: StressVolatilityMove, impact: ExactDecimal = .zero) {
        self.price = price
        self.volatility = volatility
        self.impact = impact
    }

    package init(_ move: StressMove) { self.init(price: move.price, volatility: move.volatility) }

    /// All moves times a multiple, their kinds kept; nil where the digits leave 128 bits.
    package func times(_ multiple: ExactDecimal) -> StressShock? {
        guard let price = price.times(multiple), let volatility = volatility.times(multiple) else { return nil }
        return StressShock(price: price, volatility: volatility, impact: impact)
    }

    /// The same moves with what a close-out adds to the price.
    package func adding(impact: ExactDecimal) -> StressShock {
        StressShock(price: price, volatility: volatility, impact: impact)
    }

    /// A price after the move and the impact: exact as long as it can be, U + x·|U| or U + x, of a logarithmic move
    /// U·e^x. Throws where the digits leave 128 bits, or where the move has no meaning at this price.
    func moved(_ price: ExactDecimal) throws(StressFault) -> Double {
        guard let change = try exactChange(of: price) else {
            guard case .log(let move) = self.price else { throw .outOfRange }
            return price.double * exponential(move.double) + impact.double
        }
        guard let moved = price.checkedSum(change) else { throw .outOfRange }
        return moved.double
    }

    /// What a move adds to a price, with the impact; nil for a logarithmic move, which has no exact change.
    func exactChange(of price: ExactDecimal) throws(StressFault) -> ExactDecimal? {
        switch self.price {
        case .log:
            if price <= .zero { throw .logOfNonPositive }
            return nil
        case .relative(let move):
            if price == .zero, move != .zero { throw .relativeOfZero }
            guard let change = price.magnitude.checkedProduct(move)?.checkedSum(impact) else { throw .outOfRange }
            return change
        case .absolute(let move):
            guard let change = move.checkedSum(impact) else { throw .outOfRange }
            return change
        }
    }
}

/// Why a series has no value under a stress scenario (docs/methodology.md §8.1).
package enum StressFault: Error, Hashable, Sendable {
    /// A logarithmic move of a price at or below zero.
    case logOfNonPositive
    /// A relative move other than 0 of a price of zero.
    case relativeOfZero
    /// An inverse future whose price would be zero or less.
    case inverseDomain
    /// A value that leaves 64 bits of array units, or digits that leave 128 bits.
    case outOfRange
}

extension StressFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .logOfNonPositive: "a logarithmic move of a price at or below zero"
        case .relativeOfZero: "a relative move of a price of zero"
        case .inverseDomain: "an inverse future's price would be zero or less"
        case .outOfRange: "the stressed value leaves 64 bits of array units"
        }
    }
}
