import ClearingModel
import Quantities

/// What a stress scenario does to a price (docs/methodology.md §8.1).
package enum StressPriceMove: Hashable, Sendable {
    /// A fraction of the price's magnitude, −1 … 10: up is up below zero too.
    case relative(ExactDecimal)
    /// A logarithm of a ratio, −5 … 5; only of a price above zero.
    case log(ExactDecimal)
    /// Price units, of either sign.
    case absolute(ExactDecimal)

    /// Where a relative move ends: all that there is to lose.
    static let everything = ExactDecimal(-1)
    /// What a relative move may be, of a price or a volatility, and a logarithmic one.
    static let relativeBounds = everything...ExactDecimal(10)
    static let logBounds = ExactDecimal(-5)...ExactDecimal(5)

    /// The number, whatever its kind.
    package var amount: ExactDecimal {
        switch self {
        case .relative(let amount), .log(let amount), .absolute(let amount): amount
        }
    }

    /// Whether a stress set may have the move.
    package var isWithinBounds: Bool {
        switch self {
        case .relative(let amount): Self.relativeBounds.contains(amount)
        case .log(let amount): Self.logBounds.contains(amount)
        case .absolute: true
        }
    }

    /// The move times `multiple`, its kind kept; a relative one below −1 counts as −1 (docs/methodology.md §8.6). Nil
    /// where the digits leave 128 bits.
    package func times(_ multiple: ExactDecimal) -> StressPriceMove? {
        guard let product = amount.checkedProduct(multiple) else { return nil }
        switch self {
        case .relative: return .relative(max(product, Self.everything))
        case .log: return .log(product)
        case .absolute: return .absolute(product)
        }
    }
}

/// What a stress scenario does to a volatility (docs/methodology.md §8.1).
package enum StressVolatilityMove: Hashable, Sendable {
    /// A fraction of the volatility, −1 … 10.
    case relative(ExactDecimal)
    /// In the volatility's own unit, of either sign.
    case points(ExactDecimal)

    /// The number, whatever its kind.
    package var amount: ExactDecimal {
        switch self {
        case .relative(let amount), .points(let amount): amount
        }
    }

    /// Whether a stress set may have the move.
    package var isWithinBounds: Bool {
        switch self {
        case .relative(let amount): StressPriceMove.relativeBounds.contains(amount)
        case .points: true
        }
    }

    /// The move times `multiple`, as a price move's.
    package func times(_ multiple: ExactDecimal) -> StressVolatilityMove? {
        guard let product = amount.checkedProduct(multiple) else { return nil }
        switch self {
        case .relative: return .relative(max(product, StressPriceMove.everything))
        case .points: return .points(product)
        }
    }
}

/// One row of a scenario: what it does to the contract months of one combined commodity, or of all that have no row of
/// their own (docs/methodology.md §8.1).
package struct StressMove: Hashable, Sendable {
    /// Nil for a default row.
    package let combinedCommodity: CombinedCommodityCode?
    /// Inclusive; nil where the row has no first or last month.
    package let fromMonth: ContractMonth?
    package let toMonth: ContractMonth?
    package let price: StressPriceMove
    package let volatility: StressVolatilityMove

    package init(
        combinedCommodity: CombinedCommodityCode?, fromMonth: ContractMonth? = nil, toMonth: ContractMonth? = nil,
        price: StressPriceMove, volatility: StressVolatilityMove
    ) {
        self.combinedCommodity = combinedCommodity
        self.fromMonth = fromMonth
        self.toMonth = toMonth
        self.price = price
        self.volatility = volatility
    }

    /// Whether a contract month is among those of the row.
    package func holds(for month: ContractMonth) -> Bool {
        (fromMonth.map { $0 <= month } ?? true) && (toMonth.map { month <= $0 } ?? true)
    }
}
