import PlainMargin
import TestSupport

extension SeededGenerator {
    /// A decimal between the two bounds, themselves in units of the last decimal.
    mutating func decimal(_ range: ClosedRange<Int>, decimals: Int) -> Rational {
        Rational(Int128(whole(range)), over: Rational.tenTo(decimals))
    }
}
