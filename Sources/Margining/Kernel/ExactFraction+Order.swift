import Quantities

extension ExactFraction: Comparable {
    /// By value, exact.
    package static func < (left: Self, right: Self) -> Bool {
        if left.numerator.signum() != right.numerator.signum() {
            return left.numerator.signum() < right.numerator.signum()
        }
        let l = left.numerator.magnitude.multipliedFullWidth(by: right.denominator.magnitude)
        let r = right.numerator.magnitude.multipliedFullWidth(by: left.denominator.magnitude)
        let isSmaller = (l.high, l.low) < (r.high, r.low)
        return left.numerator < 0 ? (l.high, l.low) != (r.high, r.low) && !isSmaller : isSmaller
    }

    package static func - (left: Self, right: Self) -> Self {
        left + ExactFraction(-right.numerator, over: right.denominator)
    }

    /// The nearest Double of numerator over denominator: the crossing into a root.
    package var double: Double { Double(nearest: numerator) / Double(nearest: denominator) }
}

extension ExactFraction: CustomStringConvertible {
    /// `12637/5`, or `2671` where it is whole.
    package var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }
}

extension Money {
    /// An exact amount rounded to the minor unit, half away from zero: the one crossing from a risk measure to money
    /// (docs/methodology.md §1.4). Traps where it leaves 64 bits.
    package init(rounding amount: ExactFraction, currency: Currency) {
        self.init(rounding: amount.rounded(toScale: currency.decimals), currency: currency)
    }
}
