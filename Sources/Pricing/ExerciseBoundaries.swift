import ClearingModel
import Glibc

/// ``ExerciseBoundary`` of one option at several volatilities: two at a time in each step, and all in step, each with
/// the bits it has alone. Kept from option to option, so that none allocates.
struct ExerciseBoundaries: Sendable {
    private var pairs: [ExerciseBoundaryPair] = []

    /// Puts the early exercise of an option at each volatility beside its spread.
    ///
    /// `law` is the European option at any volatility; strike and time are above 0.
    mutating func solve(
        _ terms: VanillaOption, _ law: GeneralisedBlackScholes, _ volatilities: [Double], time: Double,
        spreads: inout [VolatilitySpread]
    ) {
        guard EarlyExercise.isPossible(terms) else {
            for place in spreads.indices { spreads[place].early = .never(terms.right) }
            return
        }
        let gaps = ExerciseGaps(terms, time: time)
        pairs.removeAll(keepingCapacity: true)
        for one in stride(from: 0, to: volatilities.count, by: 2) {
            let other = min(one + 1, volatilities.count - 1)
            pairs.append(
                ExerciseBoundaryPair(
                    terms, law, gaps, SpreadPair(spreads[one], spreads[other]),
                    volatilities: DoublePair(volatilities[one], volatilities[other]), time: time))
        }
        for _ in 0..<100 {
            var isDone = true
            for place in pairs.indices where pairs[place].isOpen {
                pairs[place].step(law, gaps)
                isDone = isDone && !pairs[place].isOpen
            }
            if isDone { break }
        }
        for (place, pair) in pairs.enumerated() {
            let (one, other) = pair.found(law, gaps, terms.right)
            spreads[2 * place].early = one
            if 2 * place + 1 < spreads.count { spreads[2 * place + 1].early = other }
        }
    }
}

/// The search for two critical prices; see ``ExerciseBoundary``, whose every step this takes in both lanes.
struct ExerciseBoundaryPair: Sendable {
    private let deviations: DoublePair
    private let inverses: DoublePair
    private let exponents: DoublePair
    /// 1 − 1/q.
    private let shares: DoublePair
    private var low: DoublePair
    private var high: DoublePair
    private var prices: DoublePair
    /// 0 where there is none yet.
    private var roots = DoublePair.zero
    private var open = PairMask(repeating: true)

    /// Whether one of the two is still searched for.
    var isOpen: Bool { any(open) }

    init(
        _ terms: VanillaOption, _ law: GeneralisedBlackScholes, _ gaps: ExerciseGaps, _ spreads: SpreadPair,
        volatilities: DoublePair, time: Double
    ) {
        let (sign, strike, rate) = (terms.sign, terms.strike, terms.discountRate)
        let variances: DoublePair = volatilities * volatilities
        let linear: DoublePair = 2 * terms.growthRate / variances - 1
        deviations = spreads.deviation
        inverses = spreads.inverse
        exponents = Self.root(linear, 2 * gaps.rateOverGap / variances, sign: sign)
        shares = 1 - 1 / exponents
        let perpetual = Self.root(linear, 2 * rate / variances, sign: sign)
        let far: DoublePair = strike / (1 - 1 / perpetual)
        let start = DoublePair(
            ExerciseBoundary.seed(terms, far: far.x, drift: law.drift, deviation: deviations.x),
            ExerciseBoundary.seed(terms, far: far.y, drift: law.drift, deviation: deviations.y))
        low = DoublePair(repeating: sign > 0 ? strike : 0)
        high = DoublePair(repeating: sign > 0 ? .infinity : strike)
        prices = start
        let isInside = (start .> low) .& (start .< high)
        if !all(isInside) {
            let guess = DoublePair(
                strike * exponential(sign * deviations.x), strike * exponential(sign * deviations.y))
            prices = guess.replacing(with: start, where: isInside)
        }
    }

    /// See ``ExerciseBoundary``.
    private static func root(_ linear: DoublePair, _ constant: DoublePair, sign: Double) -> DoublePair {
        let spread = (linear * linear + 4 * constant).squareRoot()
        let plain: DoublePair = 0.5 * (sign * spread - linear)
        let stable: DoublePair = sign * 2 * constant / (linear.magnitude + spread)
        return plain.replacing(with: stable, where: sign * linear .> 0)
    }

    /// E1 and its density term, and the equation's left side minus its right.
    @inline(__always) private func terms(
        _ law: GeneralisedBlackScholes, _ gaps: ExerciseGaps, at prices: DoublePair
    ) -> (worthGap: DoublePair, density: DoublePair, d1: DoublePair, excess: DoublePair) {
        let logMoneyness = DoublePair(log(prices.x / law.strike), log(prices.y / law.strike))
        let d1: DoublePair = (logMoneyness + law.drift) * inverses + 0.5 * deviations
        let d2: DoublePair = d1 - deviations
        let ofWorth = normal(-law.sign * d1)
        let ofCost = normal(-law.sign * d2)
        let worthGap: DoublePair = gaps.carry + law.carryFactor * ofWorth.mass
        let costGap: DoublePair = gaps.discount + gaps.discountFactor * ofCost.mass
        let excess: DoublePair = shares * prices * worthGap - law.strike * costGap
        return (worthGap, law.carryFactor * ofWorth.density, d1, excess)
    }

    /// One step of Halley's method for what is still open.
    mutating func step(_ law: GeneralisedBlackScholes, _ gaps: ExerciseGaps) {
        let point = terms(law, gaps, at: prices)
        let isBelow = point.excess .< 0
        low.replace(with: prices, where: isBelow)
        high.replace(with: prices, where: .!isBelow)
        let density: DoublePair = law.sign * point.density * inverses
        let slope: DoublePair = shares * point.worthGap + density / exponents
        let bend: DoublePair = -density / prices * (shares + point.d1 * inverses / exponents)
        let newton: DoublePair = point.excess / slope
        var damping: DoublePair = 1 - 0.5 * newton * bend / slope
        damping.replace(with: 0.5, where: 0.5 .>= damping)
        let next: DoublePair = prices - newton / damping
        let width = deviations.replacing(with: 1, where: 1 .< deviations)
        let isFound = open .& ((next - prices).magnitude .<= 2e-5 * width * prices)
        let isRoot = law.sign > 0 ? isFound : isFound .& (next .< law.strike * (1 - 1e-15))
        roots.replace(with: next, where: isRoot)
        open = open .& .!isFound
        let middle: DoublePair = 0.5 * (low + high)
        let outside = middle.replacing(with: 2 * prices, where: high .== .infinity)
        let following = outside.replacing(with: next, where: (next .> low) .& (next .< high))
        prices.replace(with: following, where: open)
        open = open .& .!((prices .> 1e30 * law.strike) .| (prices .< 1e-30 * law.strike))
    }

    /// What follows from the critical prices.
    func found(
        _ law: GeneralisedBlackScholes, _ gaps: ExerciseGaps, _ right: OptionRight
    ) -> (EarlyExercise, EarlyExercise) {
        let amplitudes: DoublePair = law.sign * roots * terms(law, gaps, at: roots).worthGap / exponents
        func early(_ price: Double, _ exponent: Double, _ amplitude: Double) -> EarlyExercise {
            price == 0
                ? .never(right)
                : EarlyExercise(
                    criticalPrice: price, logCritical: log(price / law.strike), exponent: exponent,
                    amplitude: amplitude)
        }
        return (
            early(roots.x, exponents.x, amplitudes.x), early(roots.y, exponents.y, amplitudes.y)
        )
    }
}

/// The early exercise of two scenarios, each at a volatility of its own.
struct EarlyExercisePair {
    private let one: EarlyExercise
    private let other: EarlyExercise

    @inline(__always) init(_ one: EarlyExercise, _ other: EarlyExercise) { (self.one, self.other) = (one, other) }

    /// The values at two underlyings, with the bits of ``BaroneAdesiWhaley`` alone.
    @inline(__always) func pair(
        _ law: GeneralisedBlackScholes, underlyings: DoublePair, logMoneyness: DoublePair, _ deviations: DoublePair,
        _ inverses: DoublePair
    ) -> DoublePair {
        let logCritical = DoublePair(one.logCritical, other.logCritical)
        let power: DoublePair = DoublePair(one.exponent, other.exponent) * (logMoneyness - logCritical)
        // Lane by lane: false of what is not a number, as the logarithm of a price at or below 0 is.
        guard all((power.magnitude .<= 708) .& (underlyings .> 0)) else {
            return valuesApart(law, underlyings, logMoneyness, deviations, inverses)
        }
        let amplitude = DoublePair(one.amplitude, other.amplitude)
        let intrinsic: DoublePair = law.sign * (underlyings - law.strike)
        let premium: DoublePair = amplitude * exponential(within: power, beyond: .zero)
        let european = law.pair(underlyings: underlyings, logMoneyness: logMoneyness, deviations, inverses)
        let held: DoublePair = european + premium
        let critical = DoublePair(one.criticalPrice, other.criticalPrice)
        let isExercised = law.sign * (underlyings - critical) .>= 0
        return held.replacing(with: intrinsic, where: (held .< intrinsic) .| isExercised)
    }
    /// The same one at a time, where one of them may take a limit.
    @inline(never) private func valuesApart(
        _ law: GeneralisedBlackScholes, _ underlyings: DoublePair, _ logMoneyness: DoublePair,
        _ deviations: DoublePair, _ inverses: DoublePair
    ) -> DoublePair {
        let first = law.with(deviation: deviations.x, inverse: inverses.x)
        let second = law.with(deviation: deviations.y, inverse: inverses.y)
        return DoublePair(
            BaroneAdesiWhaley(european: first, early: one)
                .value(underlying: underlyings.x, logMoneyness: logMoneyness.x),
            BaroneAdesiWhaley(european: second, early: other)
                .value(underlying: underlyings.y, logMoneyness: logMoneyness.y))
    }
}
