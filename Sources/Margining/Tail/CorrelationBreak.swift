import Quantities
import Scenarios

/// How far the value at risk rises in parts of the history, charged as an add-on (docs/methodology.md §7).
package struct CorrelationBreakTerms: Hashable, Sendable {
    /// Scenarios in a part, 1 or more.
    package let window: Int
    package let kappa: ExactDecimal
    /// Bounds of the add-on as shares of the value at risk, 0 or more, the lower first.
    package let lower: ExactDecimal
    package let upper: ExactDecimal

    package init(window: Int, kappa: ExactDecimal, lower: ExactDecimal, upper: ExactDecimal) {
        precondition(window > 0 && kappa >= .zero && lower >= .zero && lower <= upper, "a break has bounds in order")
        self.window = window
        self.kappa = kappa
        self.lower = lower
        self.upper = upper
    }
}

/// The correlation break of one loss vector.
package struct CorrelationBreak: Hashable, Sendable {
    /// sqrt(mean over the parts with a larger value at risk of the squared difference), in money; 0 without one.
    package let excess: Double
    /// clamp(κ · excess, lower · max(V, 0), upper · max(V, 0)), half away from zero to the minor unit.
    package let addOn: Money

    /// `losses` in time order, in units of 10^-`decimals`; `valueAtRisk` is the whole vector's, in the same units.
    ///
    /// Parts are rolled by one scenario; a window longer than the vector has none. Cost: the window a scenario.
    package init(
        _ losses: [Int64], decimals: Int, valueAtRisk: ExactFraction, tail: TailShare, convention: TailConvention,
        terms: CorrelationBreakTerms, currency: Currency
    ) {
        var (sum, count) = (0.0, 0)
        var part = SortedWindow(losses.prefix(terms.window), tail: tail, convention: convention)
        if terms.window <= losses.count {
            for start in 0...(losses.count - terms.window) {
                if start > 0 { part.replace(losses[start - 1], by: losses[start - 1 + terms.window]) }
                let found = part.valueAtRisk
                guard found > valueAtRisk else { continue }
                let difference = (found - valueAtRisk).double / PowersOfTen.double(decimals)
                sum += difference * difference
                count += 1
            }
        }
        let excess = count > 0 ? (sum / Double(count)).squareRoot() : 0
        let base = max(valueAtRisk, .zero) / ExactFraction(PowersOfTen.int128(decimals), over: 1)
        let (lower, upper) = (base * ExactFraction(terms.lower), base * ExactFraction(terms.upper))
        let charge = terms.kappa.double * excess
        self.excess = excess
        addOn =
            if charge <= lower.double {
                Money(rounding: lower, currency: currency)
            } else if charge >= upper.double {
                Money(rounding: upper, currency: currency)
            } else {
                Money(
                    minorUnits: arrayUnits(rounding: charge, decimals: currency.decimals), currency: currency)
            }
    }
}

/// The losses of a rolling part of a vector, ascending.
private struct SortedWindow {
    private var losses: [Int64]
    private let share: ExactFraction
    private let convention: TailConvention
    private let tail: TailShare

    init(_ losses: ArraySlice<Int64>, tail: TailShare, convention: TailConvention) {
        self.losses = losses.sorted()
        self.tail = tail
        self.convention = convention
        share = ExactFraction(Int128(losses.count), over: 1) * tail.share
    }

    var valueAtRisk: ExactFraction {
        if convention == .interpolated { return LossTail(losses, tail: tail).interpolatedValueAtRisk }
        let rank = (share.numerator + share.denominator - 1) / share.denominator
        return ExactFraction(Int128(losses[losses.count - Int(rank)]), over: 1)
    }

    mutating func replace(_ old: Int64, by new: Int64) {
        losses.remove(at: firstPlace { $0 >= old })
        losses.insert(new, at: firstPlace { $0 >= new })
    }

    /// The first place whose loss passes; binary search.
    private func firstPlace(_ passes: (Int64) -> Bool) -> Int {
        var (low, high) = (0, losses.count)
        while low < high {
            let middle = (low + high) / 2
            if passes(losses[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
