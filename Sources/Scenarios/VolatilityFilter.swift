/// Scales each past return by how volatile its factor is now against how volatile it was then (docs/methodology.md §7).
package struct VolatilityFilter: Hashable, Sendable {
    /// Returns whose mean square, about a mean of zero, seeds the volatility; 1 or more.
    package let seedDays: Int
    /// Weight of yesterday's variance in today's, above 0 and below 1.
    package let lambda: Double
    /// Least volatility now, a day, in the units of the returns; 0 or more.
    package let volatilityFloor: Double
    /// Bounds of the ratio of the volatility now to the volatility then; both above 0, the lower first.
    package let lowerClamp: Double
    package let upperClamp: Double

    package init(
        seedDays: Int = 60, lambda: Double = 0.97, volatilityFloor: Double = 0, lowerClamp: Double, upperClamp: Double
    ) {
        precondition(seedDays > 0 && lambda > 0 && lambda < 1, "a filter has a seed and a weight inside 0 to 1")
        precondition(volatilityFloor >= 0 && lowerClamp > 0 && lowerClamp <= upperClamp, "clamps are above 0, in order")
        self.seedDays = seedDays
        self.lambda = lambda
        self.volatilityFloor = volatilityFloor
        self.lowerClamp = lowerClamp
        self.upperClamp = upperClamp
    }

    /// One-day returns, scaled, and the volatility forecast after the last of them, floored.
    package struct Filtered: Hashable, Sendable {
        package let returns: [Double]
        package let volatilityNow: Double
    }

    /// Filters one factor's one-day returns, oldest first; at least `seedDays` of them.
    ///
    /// The volatility of a day is forecast from the days before it; the first `seedDays` + 1 days have the seed's. A
    /// day of no forecast volatility takes the upper clamp. Cost: one pass.
    package func filtered(_ returns: [Double]) -> Filtered {
        var variance = seedVariance(returns[...])
        var volatilities: [Double] = []
        volatilities.reserveCapacity(returns.count)
        for (day, value) in returns.enumerated() {
            volatilities.append(variance.squareRoot())
            if day >= seedDays { variance = nextVariance(variance, after: value) }
        }
        let now = max(variance.squareRoot(), volatilityFloor)
        let scaled = zip(returns, volatilities).map { value, then in
            value * (then > 0 ? min(max(now / then, lowerClamp), upperClamp) : upperClamp)
        }
        return Filtered(returns: scaled, volatilityNow: now)
    }

    /// The volatility forecast after the last of one-day returns, floored: `filtered`'s, without the scaled returns.
    ///
    /// At least `seedDays` returns, oldest first. Cost: one pass.
    package func volatilityNow(after returns: ArraySlice<Double>) -> Double {
        var variance = seedVariance(returns)
        for value in returns.dropFirst(seedDays) { variance = nextVariance(variance, after: value) }
        return max(variance.squareRoot(), volatilityFloor)
    }

    /// `volatilityNow` after each of some windows of one series of returns, with the same bits; each window holds at
    /// least `seedDays` of them. Cost: `accumulated`'s.
    package func volatilitiesNow(after windows: [Range<Int>], of returns: [Double]) -> [Double] {
        precondition(windows.allSatisfy { $0.count >= seedDays }, "a filter needs its seed")
        let seeds = accumulated(
            returns.map { $0 * $0 }, over: windows.map { $0.prefix(seedDays) }, factor: 1,
            from: windows.map { _ in 0 })
        let variances = accumulated(
            returns.map { (1 - lambda) * $0 * $0 }, over: windows.map { $0.dropFirst(seedDays) }, factor: lambda,
            from: seeds.map { $0 / Double(seedDays) })
        return variances.map { max($0.squareRoot(), volatilityFloor) }
    }

    /// The mean square of the first returns, about a mean of zero.
    private func seedVariance(_ returns: ArraySlice<Double>) -> Double {
        precondition(returns.count >= seedDays, "a filter needs its seed")
        var seed = 0.0
        for value in returns.prefix(seedDays) { seed += value * value }
        return seed / Double(seedDays)
    }

    /// The forecast after one more return.
    @inline(__always) private func nextVariance(_ variance: Double, after value: Double) -> Double {
        lambda * variance + (1 - lambda) * value * value
    }
}
