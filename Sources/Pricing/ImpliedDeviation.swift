import Glibc

/// e^{rT} of the rate that discounts.
func discountInverse(_ terms: VanillaOption, time: Double) -> Double { exponential(terms.discountRate * time) }

/// e^{bT}.
func growthFactor(_ terms: VanillaOption, time: Double) -> Double { exponential(terms.growthRate * time) }

/// The relative step of a third-order iteration after which the error is below 1e-15.
private let convergedStep = 1e-5

/// The s = σ√T at which an undiscounted out-of-the-money lognormal option is worth the time value; NaN if none is.
///
/// With y = −|ln(F/K)| the normalised value is β(s) = e^{y/2}·N(y/s + s/2) − e^{−y/2}·N(y/s − s/2), which rises from
/// 0 to e^{y/2} with its inflection at s = √(2|y|). Below the inflection ln β is almost linear in 1/s² and Halley's
/// method runs there; above it, it runs on ln(β∞ − β) or β in s. A bracket catches a bad step.
func lognormalDeviation(timeValue: Double, forward: Double, strike: Double) -> Double {
    let scale = (forward * strike).squareRoot()
    let target = timeValue / scale
    let moneyness = -abs(log(forward / strike))
    let upper = exponential(0.5 * moneyness)
    guard target > 0, target < upper else { return .nan }
    let curve = NormalisedBlack(moneyness: moneyness, upper: upper, lower: 1 / upper)
    let inflection = (-2 * moneyness).squareRoot()
    if moneyness < -1 {
        return target < curve.point(inflection).value
            ? curve.solveBelow(target, from: curve.startFar(target, inflection: inflection))
            : curve.solveAbove(target, from: max(curve.startAbove(target), inflection))
    }
    let near = moneyness == 0 ? .infinity : curve.startNear(target)
    return near < inflection
        ? curve.solveBelow(target, from: near) : curve.solveAbove(target, from: curve.startAbove(target))
}

/// The normalised Black value as a function of s, for one moneyness y ≤ 0.
struct NormalisedBlack {
    let moneyness: Double
    /// e^{y/2}, the value at s = ∞.
    let upper: Double
    /// e^{−y/2}.
    let lower: Double

    /// β(s) and β′(s).
    func point(_ s: Double) -> (value: Double, slope: Double) {
        let h = moneyness / s
        let t = 0.5 * s
        let value = upper * cumulativeNormal(h + t) - lower * cumulativeNormal(h - t)
        return (value, inverseRootTwoPi * exponential(-0.5 * (h * h + t * t)))
    }

    /// Halley's method on ln β in w = 1/s².
    func solveBelow(_ target: Double, from start: Double) -> Double {
        let goal = log(target)
        var low = 0.0
        var high = Double.infinity
        var s = start
        for _ in 0..<64 {
            let point = point(s)
            if point.value < target { low = s } else { high = s }
            let slope = point.slope / point.value
            let square = moneyness * moneyness / (s * s * s)
            let bend = slope * (square - 0.25 * s - slope)
            // Chain rule to w = s^{-2}.
            let ds = -0.5 * s * s * s
            let slopeInW = slope * ds
            let bendInW = bend * ds * ds + slope * 0.75 * s * s * s * s * s
            let newton = (log(point.value) - goal) / slopeInW
            let step = newton / max(1 - 0.5 * newton * bendInW / slopeInW, 0.5)
            let w = 1 / (s * s) - step
            let next = (1 / w).squareRoot()
            if abs(next - s) <= convergedStep * s { return next }
            s = next > low && next < high ? next : high == .infinity ? 2 * s : 0.5 * (low + high)
        }
        return s
    }

    /// Solves ln β ≈ ln(n(h)e^{-t²/2}·s³/(y²)) for s: a few fixed-point steps in h² = y²/s².
    func startFar(_ target: Double, inflection: Double) -> Double {
        let goal = log(target)
        let size = -moneyness
        var s = inflection
        for _ in 0..<3 {
            let square = -2 * (goal - log(inverseRootTwoPi * s * s * s / (size * size + 0.5 * s * s))) - 0.25 * s * s
            if square > 0.5 * size { s = min(size / square.squareRoot(), inflection) } else { break }
        }
        return s
    }

    /// Halley's method on β (or ln(β∞ − β) near its limit) in s.
    func solveAbove(_ target: Double, from start: Double) -> Double {
        var low = 0.0
        var high = Double.infinity
        var s = start
        let nearLimit = target > 0.6 * upper
        for _ in 0..<64 {
            let point = point(s)
            if point.value < target { low = s } else { high = s }
            let curvature = moneyness * moneyness / (s * s * s) - 0.25 * s
            var newton = (point.value - target) / point.slope
            var relativeBend = curvature
            if nearLimit {
                let gap = upper - point.value
                newton = (log(upper - target) - log(gap)) * gap / point.slope
                relativeBend = curvature + point.slope / gap
            }
            let step = newton / max(1 - 0.5 * newton * relativeBend, 0.5)
            let next = s - step
            if abs(step) <= convergedStep * s { return next }
            s = next >= low && next <= high ? next : high == .infinity ? 2 * s : 0.5 * (low + high)
        }
        return s
    }

    /// Near the strike the lognormal law is a normal one with the deviation s·|F − K|/|y|·(1 − s²/24).
    func startNear(_ target: Double) -> Double {
        let s = -moneyness / normalDistance(ratio: target / (lower - upper))
        return s * (1 + s * s / 24)
    }

    func startAbove(_ target: Double) -> Double {
        // Straddle s·√(2/π) + y²/(s·√(2π)) at the money, with F and K symmetric about their mean.
        let distance = lower - upper
        let straddle = 2 * target + distance
        let root = (straddle * straddle - distance * distance * (4 / Double.pi)).squareRoot()
        let guess = rootTwoPi / (2 * (upper + lower)) * (straddle + (root > 0 ? root : 0))
        return guess
    }
}

/// The s = σ√T in price units at which an undiscounted out-of-the-money normal option at a distance |F − K| is worth
/// the time value; NaN if none is.
///
/// In d = |F − K|/s the time value over the distance is n(d)/d − N(−d), solved in its logarithm by Halley's method.
func normalDeviation(timeValue: Double, distance: Double) -> Double {
    guard timeValue > 0, timeValue < .infinity else { return .nan }
    if distance == 0 { return timeValue * rootTwoPi }
    let ratio = timeValue / distance
    if ratio > 1e8 { return rootTwoPi * (timeValue + 0.5 * distance) }
    let goal = log(ratio)
    var d = normalDistance(ratio: ratio)
    var low = 0.0
    var high = Double.infinity
    for _ in 0..<64 {
        let density = normalDensity(d)
        let value = density / d - cumulativeNormal(-d)
        if value > ratio { low = d } else { high = d }
        // In u = ln d: value' = −n/d, value'' = n·(1/d + d).
        let slope = -density / (d * value)
        let bend = density * (1 / d + d) / value - slope * slope
        let newton = (log(value) - goal) / slope
        let step = newton / max(1 - 0.5 * newton * bend / slope, 0.5)
        let next = d * exponential(-step)
        if abs(step) <= convergedStep { return distance / next }
        d = next > low && next < high ? next : high == .infinity ? 2 * d : 0.5 * (low + high)
    }
    return distance / d
}

/// The d > 0 at which n(d)/d − N(−d) is the ratio, to 2e-6 of itself for d up to 37.
///
/// With x = ln(1 + 1/ratio), d² is x² times a rational function of x, fitted by weighted least squares.
private func normalDistance(ratio: Double) -> Double {
    let x = log1p(1 / ratio)
    var top = 3.773888456424228e-08
    top = top * x + 1.3666739664310364e-05
    top = top * x + 0.0005467067737125954
    top = top * x + 0.005866126508828454
    top = top * x + 0.03578989062119901
    top = top * x + 0.15915457209217224
    var bottom = 1.8885392582661503e-08
    bottom = bottom * x + 7.07512679568298e-06
    bottom = bottom * x + 0.0003377702151325715
    bottom = bottom * x + 0.005052152907986441
    bottom = bottom * x + 0.044452947411902664
    bottom = bottom * x + 0.22483906001618956
    bottom = bottom * x + 1
    return x * (top / bottom).squareRoot()
}
