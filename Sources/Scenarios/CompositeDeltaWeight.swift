import Quantities

/// Where a composite delta is taken, in price scan ranges, and what it weighs there (docs/methodology.md §4).
package struct CompositeDeltaWeight: Hashable, Sendable {
    package let priceMoveNumerator: ExactDecimal
    /// Above 0.
    package let priceMoveDenominator: ExactDecimal
    /// 0 … 1; the weights of a set sum to 1.
    package let weight: ExactDecimal

    package init(priceMoveNumerator: ExactDecimal, priceMoveDenominator: ExactDecimal, weight: ExactDecimal) {
        self.priceMoveNumerator = priceMoveNumerator
        self.priceMoveDenominator = priceMoveDenominator
        self.weight = weight
    }

    /// The seven points of a set without rows: 0, ±1/3, ±2/3, ±1 with 0.270, 0.217, 0.111, 0.037 a side.
    package static let usual: [CompositeDeltaWeight] = [
        (0, 270), (1, 217), (-1, 217), (2, 111), (-2, 111), (3, 37), (-3, 37),
    ]
    .map { thirds, thousandths in
        CompositeDeltaWeight(
            priceMoveNumerator: ExactDecimal(thirds), priceMoveDenominator: ExactDecimal(3),
            weight: ExactDecimal(mantissa: Int128(thousandths), scale: 3))
    }

    /// Whether a point comes before another in the sum: by the size of the move, upward first.
    package static func isSummedBefore(_ left: CompositeDeltaWeight, _ right: CompositeDeltaWeight) -> Bool {
        let (lower, higher) = (
            left.priceMoveNumerator * right.priceMoveDenominator, right.priceMoveNumerator * left.priceMoveDenominator
        )
        return lower.magnitude == higher.magnitude ? lower > higher : lower.magnitude < higher.magnitude
    }
}
