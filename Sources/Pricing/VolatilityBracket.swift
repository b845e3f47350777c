/// A bracketed secant search for the volatility of a price where no closed form is inverted.
///
/// The value need only not fall with volatility. Each step keeps the bracket; a step that leaves it, or does not halve
/// the excess twice running, is replaced by bisection, so at most about 100 values are taken, and 4–8 as a rule.
struct VolatilityBracket {
    var low: Double
    /// Value minus price at `low`, < 0.
    var lowExcess: Double
    var high: Double
    /// Value minus price at `high`, ≥ 0.
    var highExcess: Double

    func solve(from start: Double, price: Double, value: (Double) -> Double) -> Double {
        var bracket = self
        var volatility = start
        var excess = value(volatility) - price
        var (other, otherExcess) = (bracket.low, bracket.lowExcess)
        var slow = 0
        for _ in 0..<100 {
            if excess == 0 { return volatility }
            if excess < 0 {
                (bracket.low, bracket.lowExcess) = (volatility, excess)
            } else {
                (bracket.high, bracket.highExcess) = (volatility, excess)
            }
            if bracket.high - bracket.low <= 4e-16 * bracket.high { return bracket.high }
            var next = volatility - excess * (volatility - other) / (excess - otherExcess)
            if slow >= 2 || !(next > bracket.low && next < bracket.high) {
                next = 0.5 * (bracket.low + bracket.high)
                slow = 0
            }
            if abs(next - volatility) <= 1e-15 * volatility { return next }
            (other, otherExcess) = (volatility, excess)
            volatility = next
            excess = value(next) - price
            slow = abs(excess) > 0.5 * abs(otherExcess) ? slow + 1 : 0
            // Below the rounding of the price there is nothing left to solve.
            if abs(excess) <= 1e-16 * price { return next }
        }
        return volatility
    }
}
