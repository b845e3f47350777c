import Quantities

/// A quantity of delta in whole units of 10^-`decimals`: composite deltas of series, month deltas, spread counts and
/// what spreads consume (docs/methodology.md §1.4). Long is positive.
///
/// The only place that knows how fine a delta is; the database's is `margin.delta`, which a test holds to it.
package struct Delta: Hashable, Comparable, Sendable {
    /// Decimals of every delta. Published arrays, kernels, tables, reports and SPAN files round and write to it.
    package static let decimals = 4

    /// Whole units of 10^-`decimals`.
    package let units: Int64

    @inlinable
    package init(units: Int64) { self.units = units }

    /// A kernel's Double, ties away from zero; traps when it is not finite or leaves 64 bits.
    package init(rounding value: Double) { units = arrayUnits(rounding: value, decimals: Self.decimals) }

    /// Nil where the amount is finer than a delta or leaves 64 bits.
    package init?(exactly amount: ExactDecimal) {
        guard let units = amount.units(decimals: Self.decimals) else { return nil }
        self.units = units
    }

    package static let zero = Delta(units: 0)

    /// The delta as an exact decimal.
    package var amount: ExactDecimal { ExactDecimal(mantissa: Int128(units), scale: Self.decimals) }
    /// With all its decimals: `0.5000`.
    package var text: String { amount.text(decimals: Self.decimals) }
    /// The absolute value; traps on the one value that has none.
    package var magnitude: Delta { Delta(units: abs(units)) }

    package static func < (left: Delta, right: Delta) -> Bool { left.units < right.units }
    /// Traps on overflow.
    package static func + (left: Delta, right: Delta) -> Delta { Delta(units: left.units + right.units) }
    /// Traps on overflow.
    package static func - (left: Delta, right: Delta) -> Delta { Delta(units: left.units - right.units) }
}

extension Delta: CustomStringConvertible {
    package var description: String { amount.description }
}
