import Glibc

/// Exact where it can be, else a Double.
package enum PlainNumber: Sendable {
    case exact(Rational)
    case double(Double)

    package var double: Double {
        switch self {
        case .exact(let value): Double(value.numerator) / Double(value.denominator)
        case .double(let value): value
        }
    }

    /// To 12 decimals, half away from zero.
    package var published: Rational {
        switch self {
        case .exact(let value): return value.rounded(12)
        case .double(let value):
            let units = (abs(value) * 1e12 + 0.5).rounded(.down)
            return Rational(Int128(value < 0 ? -units : units), over: Rational.tenTo(12))
        }
    }

    var magnitude: PlainNumber {
        switch self {
        case .exact(let value): .exact(value.magnitude)
        case .double(let value): .double(abs(value))
        }
    }

    static func isGreater(_ left: PlainNumber, _ right: PlainNumber) -> Bool {
        if case .exact(let left) = left, case .exact(let right) = right { return left > right }
        return left.double > right.double
    }

    static func + (left: PlainNumber, right: PlainNumber) -> PlainNumber {
        if case .exact(let left) = left, case .exact(let right) = right { return .exact(left + right) }
        return .double(left.double + right.double)
    }

    static func * (left: Rational, right: PlainNumber) -> PlainNumber {
        switch right {
        case .exact(let right): .exact(left * right)
        case .double(let right): .double(PlainNumber.exact(left).double * right)
        }
    }

    static prefix func - (value: PlainNumber) -> PlainNumber { (-1 as Rational) * value }
}

/// q_c: sorted descending, the ⌈N·(1 − c)⌉-th, at least the first.
func quantile(_ values: [PlainNumber], _ confidence: Rational) -> PlainNumber {
    let sorted = values.sorted { PlainNumber.isGreater($0, $1) }
    let place = Rational(values.count) * (1 - confidence)
    let whole = Int(place.numerator / place.denominator)
    let ceiling = Rational(whole) == place ? whole : whole + 1
    return sorted[max(1, ceiling) - 1]
}
