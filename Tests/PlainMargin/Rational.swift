/// A fraction of whole numbers in lowest terms, its denominator above 0.
///
/// Every operation is exact, and one that leaves 128 bits traps. Nothing is rounded but by `rounded` and `truncated`.
package struct Rational: Hashable, Sendable {
    package let numerator: Int128
    package let denominator: Int128

    package init(_ numerator: Int128, over denominator: Int128) {
        precondition(denominator != 0, "a fraction's denominator is never zero")
        let common = Self.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
        let sign: Int128 = denominator < 0 ? -1 : 1
        self.numerator = sign * numerator / common
        self.denominator = sign * denominator / common
    }

    package init(_ whole: Int) {
        numerator = Int128(whole)
        denominator = 1
    }

    private static func greatestCommonDivisor(_ left: UInt128, _ right: UInt128) -> Int128 {
        var (left, right) = (left, right)
        while right != 0, right > UInt128(UInt64.max) || left > UInt128(UInt64.max) {
            (left, right) = (right, left % right)
        }
        var (small, smaller) = (UInt64(truncatingIfNeeded: left), UInt64(truncatingIfNeeded: right))
        guard left <= UInt128(UInt64.max) else { return Int128(left) }
        while smaller != 0 { (small, smaller) = (smaller, small % smaller) }
        return Int128(small)
    }
}

extension Rational: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    package init(integerLiteral whole: Int) { self.init(whole) }

    /// A decimal as it is written in a table of a test: `-12.345`.
    package init(stringLiteral text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let decimals = parts.count == 2 ? parts[1].count : 0
        guard parts.count <= 2, let digits = Int128(parts.joined()) else {
            preconditionFailure("not a decimal: \(text)")
        }
        self.init(digits, over: Self.tenTo(decimals))
    }

    /// 10^exponent.
    package static func tenTo(_ exponent: Int) -> Int128 { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}

extension Rational: Comparable {
    package static func < (left: Self, right: Self) -> Bool {
        let (l, lOverflows) = left.numerator.multipliedReportingOverflow(by: right.denominator)
        let (r, rOverflows) = right.numerator.multipliedReportingOverflow(by: left.denominator)
        if !lOverflows, !rOverflows { return l < r }
        if (left.numerator < 0) != (right.numerator < 0) { return left.numerator < 0 }
        return left.numerator < 0
            ? isLess((-right.numerator, right.denominator), (-left.numerator, left.denominator))
            : isLess((left.numerator, left.denominator), (right.numerator, right.denominator))
    }

    /// Quotients from the front, as in Euclid's algorithm: nothing is multiplied. Of fractions not below 0.
    private static func isLess(_ left: (Int128, Int128), _ right: (Int128, Int128)) -> Bool {
        let (l, lRest) = left.0.quotientAndRemainder(dividingBy: left.1)
        let (r, rRest) = right.0.quotientAndRemainder(dividingBy: right.1)
        if l != r { return l < r }
        if rRest == 0 || lRest == 0 { return rRest != 0 }
        return isLess((right.1, rRest), (left.1, lRest))
    }
}

extension Rational {
    package static func + (left: Self, right: Self) -> Self {
        if left.denominator == right.denominator {
            return Self(left.numerator + right.numerator, over: left.denominator)
        }
        return Self(
            left.numerator * right.denominator + right.numerator * left.denominator,
            over: left.denominator * right.denominator)
    }

    package static func - (left: Self, right: Self) -> Self { left + -right }
    package static prefix func - (value: Self) -> Self { Self(-value.numerator, over: value.denominator) }
    package static func += (left: inout Self, right: Self) { left = left + right }
    package static func -= (left: inout Self, right: Self) { left = left - right }

    /// What can be cut is cut before it is multiplied, so that only the result has to fit.
    package static func * (left: Self, right: Self) -> Self {
        let first = Self(left.numerator, over: right.denominator)
        let second = Self(right.numerator, over: left.denominator)
        return Self(first.numerator * second.numerator, over: first.denominator * second.denominator)
    }

    package static func / (left: Self, right: Self) -> Self {
        Self(left.numerator * right.denominator, over: left.denominator * right.numerator)
    }

    package var magnitude: Rational { self < 0 ? -self : self }

    /// Half away from zero (§1.4).
    package func rounded(_ decimals: Int) -> Rational {
        var (digits, rest) = magnitude.divided(decimals)
        if rest >= denominator - rest { digits += 1 }
        return Rational(self < 0 ? -digits : digits, over: Self.tenTo(decimals))
    }

    /// The digits behind the last kept decimal are cut off (§1.4).
    package func truncated(_ decimals: Int) -> Rational {
        let digits = magnitude.divided(decimals).digits
        return Rational(self < 0 ? -digits : digits, over: Self.tenTo(decimals))
    }

    /// Long division: the digits up to a decimal, and what is left over the denominator.
    private func divided(_ decimals: Int) -> (digits: Int128, rest: Int128) {
        var (digits, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
        for _ in 0..<decimals {
            let (digit, left) = (10 * rest).quotientAndRemainder(dividingBy: denominator)
            (digits, rest) = (10 * digits + digit, left)
        }
        return (digits, rest)
    }
}

extension Rational: CustomStringConvertible {
    package var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }
}

extension Sequence where Element == Rational {
    /// The exact sum, 0 for none.
    package func sum() -> Rational { reduce(0, +) }
}
