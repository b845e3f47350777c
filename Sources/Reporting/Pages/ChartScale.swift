import Quantities

/// A straight axis that begins at 0: where on the page a value lies.
///
/// Values are Doubles here: a mark is drawn to a hundredth of a pixel, and the figure itself stands in the table.
package struct ChartScale: Sendable {
    /// The value at the axis' end, above 0.
    package let upper: Double
    /// Where 0 lies, in pixels.
    package let start: Double
    /// Where `upper` lies, in pixels: below `start` on an axis that points up.
    package let end: Double

    package init(upper: Double, start: Double, end: Double) {
        precondition(upper > 0, "an axis has a length")
        self.upper = upper
        self.start = start
        self.end = end
    }

    /// The position of a value, in pixels; beyond the axis where the value is.
    package func position(_ value: Double) -> Double { start + (end - start) * (value / upper) }

    /// The position of an exact value.
    package func position(_ value: ExactDecimal) -> Double { position(value.double) }
}

/// Round values along an axis, a step of 1, 2 or 5 times a power of ten apart, from 0 to the first that is not below
/// the largest figure.
package struct ChartTicks: Sendable {
    /// In ascending order, 0 first; two at least.
    package let values: [ExactDecimal]
    /// A power of ten by which labels are divided.
    private let unitExponent: Int

    /// `steps` intervals at most, 1 or more. With `isCounted`, labels are the values themselves; else in thousands,
    /// millions, …. A largest figure of 0 gives an axis from 0 to 1.
    package init(upTo largest: ExactDecimal, steps: Int, isCounted: Bool = false) {
        precondition(largest.signum >= 0 && steps > 0, "an axis begins at 0 and has a step")
        let largest = largest.signum == 0 ? .one : largest
        let step = Self.step(largest, steps)
        var values = [ExactDecimal.zero, step]
        while let last = values.last, last < largest { values.append(last + step) }
        self.values = values
        let exponents = isCounted ? [0] : [12, 9, 6, 3, 0]
        let last = values[values.count - 1]
        unitExponent =
            exponents.first { ExactDecimal(mantissa: PowersOfTen.int128($0), scale: 0) <= last } ?? 0
    }

    /// Where the axis ends.
    package var upper: ExactDecimal { values[values.count - 1] }

    /// A value in the axis' unit: `2.5` of 2500000 in millions.
    package func label(_ value: ExactDecimal) -> String {
        ExactDecimal(mantissa: value.mantissa, scale: value.scale + unitExponent).description
    }

    /// What labels count: `million `, with a space behind it, or nothing.
    package var unit: String {
        switch unitExponent {
        case 3: "thousand "
        case 6: "million "
        case 9: "billion (10⁹) "
        case 12: "trillion (10¹²) "
        default: ""
        }
    }

    /// The smallest round step of which `steps` reach `largest`.
    private static func step(_ largest: ExactDecimal, _ steps: Int) -> ExactDecimal {
        for exponent in -6...30 {
            for digit in [1, 2, 5] {
                let step =
                    exponent < 0
                    ? ExactDecimal(mantissa: Int128(digit), scale: -exponent)
                    : ExactDecimal(mantissa: Int128(digit) * PowersOfTen.int128(exponent), scale: 0)
                if largest <= step * ExactDecimal(steps) { return step }
            }
        }
        preconditionFailure("figures stay within 10^30")
    }
}
