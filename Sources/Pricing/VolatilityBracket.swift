/// A bracketed secant search for the volatility of a price where no closed form is inverted.
///
/// The value need only not fall with volatility. Each step keeps the bracket; a step that leaves it, or does not halve
/// the excess twice running, is replaced by bisection, so at most 100 values are taken, and 4–6 as a rule.
struct VolatilityBracket {
    /// A volatility whose value is below the price.
    var low: Double
    /// A volatility whose value is not below the price.
    var high: Double

    /// Searches from a volatility and the slope of the value there (a European vega will do).
    func solve(from start: Double, slope: Double, price: Double, value: (Double) -> Double) -> Double {
        var (low, high) = (low, high)
        var volatility = start
        var excess = value(volatility) - price
        var slope = slope
        var lastStep = volatility
        var slow = 0
        for _ in 0..<100 {
            if excess < 0 { low = volatility } else { high = volatility }
            // Below the rounding of the price there is nothing left to solve.
            if abs(excess) <= 1e-16 * price || high - low <= 4e-16 * high { return volatility }
            var next = volatility - excess / slope
            let step = abs(next - volatility)
            // The secant's error after a step is of the order of this step times the last.
            if step <= 1e-7 * volatility, step * lastStep <= 1e-18 * volatility * volatility { return next }
            if slow >= 2 || !(next > low && next < high) {
                next = 0.5 * (low + high)
                slow = 0
            }
            let nextExcess = value(next) - price
            slow = abs(nextExcess) > 0.5 * abs(excess) ? slow + 1 : 0
            slope = (nextExcess - excess) / (next - volatility)
            lastStep = abs(next - volatility)
            (volatility, excess) = (next, nextExcess)
        }
        return volatility
    }
}
