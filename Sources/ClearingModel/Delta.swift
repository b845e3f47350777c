import Quantities

/// A quantity of delta in whole units of 0.0001: month deltas, spread counts and what spreads consume
/// (docs/methodology.md §1.4). Long is positive.
package struct Delta: Hashable, Comparable, Sendable {
    package let tenThousandths: Int64

    @inlinable
    package init(tenThousandths: Int64) { self.tenThousandths = tenThousandths }

    package static let zero = Delta(tenThousandths: 0)

    /// The delta as an exact decimal.
    package var amount: ExactDecimal { ExactDecimal(mantissa: Int128(tenThousandths), scale: 4) }
    /// The absolute value; traps on the one value that has none.
    package var magnitude: Delta { Delta(tenThousandths: abs(tenThousandths)) }

    package static func < (left: Delta, right: Delta) -> Bool { left.tenThousandths < right.tenThousandths }
    /// Traps on overflow.
    package static func + (left: Delta, right: Delta) -> Delta {
        Delta(tenThousandths: left.tenThousandths + right.tenThousandths)
    }
    /// Traps on overflow.
    package static func - (left: Delta, right: Delta) -> Delta {
        Delta(tenThousandths: left.tenThousandths - right.tenThousandths)
    }
}

extension Delta: CustomStringConvertible {
    package var description: String { amount.description }
}
