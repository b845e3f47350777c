import Quantities

/// A figure in the units of returns or in money: exact where it comes from differences of levels, a Double where it
/// comes from a logarithm or a root (docs/methodology.md §10.2).
package enum MoveSize: Hashable, Sendable {
    case exact(ExactDecimal)
    case approximate(Double)

    package var double: Double {
        switch self {
        case .exact(let value): value.double
        case .approximate(let value): value
        }
    }

    /// At 12 decimals, ties away from zero; nil from 1e15 on, where no column holds it.
    package var published: ExactDecimal? {
        switch self {
        case .exact(let value):
            value.hasFifteenDigits ? value.rounded(toScale: publishedDecimals) : nil
        case .approximate(let value): ExactDecimal(publishing: value)
        }
    }

    /// Whether this is above another: exact against exact without rounding.
    func exceeds(_ other: MoveSize) -> Bool {
        if case .exact(let left) = self, case .exact(let right) = other { return left > right }
        return double > other.double
    }

    /// `(1 − weight) · self + weight · other`; exact where both are and the digits fit.
    func blended(with other: MoveSize, weight: ExactDecimal) -> MoveSize {
        let rest = ExactDecimal.one - weight
        if case .exact(let left) = self, case .exact(let right) = other,
            let own = left.checkedProduct(rest), let others = right.checkedProduct(weight),
            let sum = own.checkedSum(others)
        {
            return .exact(sum)
        }
        return .approximate(rest.double * double + weight.double * other.double)
    }
}

/// Decimals of cores, bounds and figures before a limit.
let publishedDecimals = 12

extension ExactDecimal {
    /// A Double at 12 decimals, ties away from zero; nil for what is not finite or leaves 15 digits before the point.
    init?(publishing value: Double) {
        guard value.magnitude < 1e15 else { return nil }
        let whole = value.rounded(.towardZero)
        // Exact: the part behind the point has the same last place as the value.
        let units = ((value - whole) * 1e12).rounded(.toNearestOrAwayFromZero)
        self.init(
            mantissa: Int128(Int64(whole)) * PowersOfTen.int128(publishedDecimals) + Int128(Int64(units)),
            scale: publishedDecimals)
    }
}

extension ExactDecimal {
    /// Whether at most 15 digits stand before the point.
    var hasFifteenDigits: Bool {
        let limit: Int128 = 1_000_000_000_000_000
        guard scale <= 22 else { return (mantissa / PowersOfTen.int128(scale)).magnitude < limit.magnitude }
        return mantissa.magnitude < (limit * PowersOfTen.int128(scale)).magnitude
    }
}
