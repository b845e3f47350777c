import Quantities

/// The published delta of one long unit of a series: composite or plain (docs/methodology.md §4).
///
/// A parameter of the combined commodity says how many decimals it is rounded to, `delta_decimals`; portfolios round
/// the sums of it to a `Delta`, once a month (§1.4).
package struct CompositeDelta: Hashable, Sendable {
    /// What a house may publish; the lowest, a `Delta`'s, is the usual.
    package static let decimals = Delta.decimals...8

    /// Exact, with at most `decimals.upperBound` decimals.
    package let amount: ExactDecimal

    /// A kernel's Double to a number of `decimals`, ties away from zero; traps when it is not finite or leaves 64 bits.
    package init(rounding value: Double, decimals: Int) {
        amount =
            ExactDecimal(
                mantissa: Int128(arrayUnits(rounding: value, decimals: decimals)), scale: decimals
            ).withoutTrailingZeros
    }

    /// A delta of the usual decimals.
    package init(_ delta: Delta) { amount = delta.amount.withoutTrailingZeros }

    /// Nil where the amount is finer than a published delta or leaves 64 bits.
    package init?(exactly amount: ExactDecimal) {
        let plain = amount.withoutTrailingZeros
        guard plain.units(decimals: Self.decimals.upperBound) != nil else { return nil }
        self.amount = plain
    }

    /// How many decimals the text has: a `Delta`'s, or as many as it needs.
    package var textDecimals: Int { max(Delta.decimals, amount.scale) }
    /// `0.5000`, or `0.999967`.
    package var text: String { amount.text(decimals: textDecimals) }
    /// Whole units of 10^-`textDecimals`.
    package var units: Int64 { Int64(amount.roundedMantissa(scale: textDecimals)) }
}
