import ClearingModel
import Glibc
import Quantities

/// How a margin of a constant portfolio moves with the market (docs/methodology.md §12.5).
package struct Procyclicality: Sendable {
    /// The largest rise within a number of days.
    package struct Rise: Hashable, Sendable {
        package let days: Int
        /// M(t + k)/M(t) − 1, 0 or more.
        package let rise: Double
        /// The first t, counted from 1, and the first k there that attain it; nil at 0.
        package let start: Int?
        package let length: Int?

        package init(days: Int, rise: Double, start: Int?, length: Int?) {
            self.days = days
            self.rise = rise
            self.start = start
            self.length = length
        }
    }

    /// The margin's answer to the largest rise of realised volatility.
    package struct Responsiveness: Hashable, Sendable {
        /// Place of t* in the series, from 0.
        package let day: Int
        package let volatilityRatio: Double
        package let marginRatio: Double
        /// ln margin ratio / ln volatility ratio.
        package let elasticity: Double
    }

    /// Largest over smallest, whatever the order.
    package let peakToTrough: Double
    package let rises: [Rise]
    /// Mean, in whole minor units.
    package let mean: Double
    /// Mean over that of the benchmark, less 1; nil without one.
    package let cost: Double?
    /// Nil without a factor, or where its volatility never rose.
    package let responsiveness: Responsiveness?

    package static let usualDays = [1, 5, 20, 30]
    package static let usualWindow = 20

    /// `margins` are minor units of one currency, a day each, none missing; `benchmark` the same days' of another
    /// series of the same portfolio. `volatilities` are RV of each day (`realisedVolatilities`), nil where there is
    /// none. Nil of an empty series. O(days · the longest rise).
    /// - Throws: `ValidationRefusal` `margin_not_positive` for the first margin not above 0.
    package init?(
        _ margins: [Int64], benchmark: [Int64]? = nil,
        volatilities: [Double?]? = nil, window: Int = usualWindow, days: [Int] = usualDays, of name: String
    ) throws(ValidationRefusal) {
        for (series, label) in [(margins, ""), (benchmark ?? [], "benchmark ")] {
            guard let place = series.firstIndex(where: { $0 <= 0 }) else { continue }
            throw ValidationRefusal(
                .marginNotPositive, "\(name) \(label)\(place + 1)", table: "procyclicality",
                "the \(label)margin of day \(place + 1) is \(series[place])")
        }
        guard let largest = margins.max(), let smallest = margins.min() else { return nil }
        peakToTrough = Double(largest) / Double(smallest)
        rises = days.map { Self.rise(of: margins, within: $0, largest: largest) }
        mean = Self.mean(of: margins)
        if let benchmark, !benchmark.isEmpty { cost = mean / Self.mean(of: benchmark) - 1 } else { cost = nil }
        responsiveness = volatilities.flatMap { Self.responsiveness(of: margins, $0, window: window) }
    }

    private static func mean(of margins: [Int64]) -> Double {
        Double(nearest: margins.reduce(Int128(0)) { $0 + Int128($1) }) / Double(margins.count)
    }

    private static func rise(of margins: [Int64], within days: Int, largest: Int64) -> Rise {
        let best =
            largest < 1 << 31
            ? steepest(margins, within: max(1, days), largest: Int64(largest))
            : steepest(margins, within: max(1, days), largest: Int128(largest))
        guard let (start, length) = best else { return Rise(days: days, rise: 0, start: nil, length: nil) }
        return Rise(
            days: days, rise: Double(margins[start + length]) / Double(margins[start]) - 1, start: start + 1,
            length: length)
    }

    /// Where the largest rise starts and how long it is, the first of equals; nil where nothing rises.
    ///
    /// Ratios are compared as products of whole numbers, so that equal rises are equal; `Product` holds those of two
    /// margins, of which `largest` is the largest.
    @inline(__always)
    private static func steepest<Product: FixedWidthInteger>(
        _ margins: [Int64], within days: Int, largest: Product
    ) -> (start: Int, length: Int)? {
        let margins = margins.span
        var (from, to, start, length): (Product, Product, Int, Int) = (1, 1, 0, 0)
        for place in margins.indices {
            let own = Product(truncatingIfNeeded: margins[place])
            // Not even the largest of all would rise from here by more than the steepest so far.
            guard largest &* from > to &* own else { continue }
            // From the same margin the day before all later ones but the last have been looked at.
            let seen = place > 0 && margins[place - 1] == margins[place] ? days - 1 : 0
            for step in (seen + 1)...days where place + step < margins.count {
                let later = Product(truncatingIfNeeded: margins[place + step])
                if later &* from > to &* own { (from, to, start, length) = (own, later, place, step) }
            }
        }
        return length > 0 ? (start, length) : nil
    }

    private static func responsiveness(
        of margins: [Int64], _ volatilities: [Double?], window: Int
    ) -> Responsiveness? {
        var best: (day: Int, ratio: Double)?
        for day in margins.indices.dropFirst(window) where day < volatilities.count {
            guard let now = volatilities[day], let before = volatilities[day - window], before > 0 else { continue }
            let ratio = now / before
            if ratio > best?.ratio ?? 0 { best = (day, ratio) }
        }
        guard let best, best.ratio > 1 else { return nil }
        let ratio = Double(margins[best.day]) / Double(margins[best.day - window])
        return Responsiveness(
            day: best.day, volatilityRatio: best.ratio, marginRatio: ratio,
            elasticity: log(ratio) / log(best.ratio))
    }
}

/// RV of each place of a history of one-day returns: √(mean of the last `window` squared returns), in return units a
/// day; nil where there are fewer. O(returns · window): each is summed anew, for a running sum would keep the rounding
/// of a violent day for ever.
package func realisedVolatilities(_ returns: [Double], window: Int = Procyclicality.usualWindow) -> [Double?] {
    returns.indices.map { last in
        guard last + 1 >= window else { return nil }
        var sum = 0.0
        for index in last + 1 - window...last { sum += returns[index] * returns[index] }
        return (sum / Double(window)).squareRoot()
    }
}
