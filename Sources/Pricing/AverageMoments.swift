import Glibc

/// How the fixings that are still to come lie between the next and the last one.
///
/// `discrete` spaces them evenly, the first at the next fixing and the last at expiry (a single one is at expiry).
/// `continuous` averages over the whole of the time between.
package enum FixingSchedule: UInt8, Sendable { case discrete, continuous }

/// Evenly spaced fixings, the last at expiry; times in years.
struct EvenFixings: Sendable {
    let count: Int
    let first: Double
    let last: Double

    init(_ count: Int, from first: Double, to last: Double) {
        self.count = count
        self.first = first
        self.last = last
    }

    /// Between two fixings; 0 where there is one.
    var step: Double { count > 1 ? (last - first) / Double(count - 1) : 0 }

    func time(_ index: Int) -> Double { index == count - 1 ? last : first + Double(index) * step }

    /// Those whose time is above 0. The last one, at expiry, stays whatever its time; O(fixings passed).
    var withoutPassed: EvenFixings {
        guard first <= 0 else { return self }
        let passed = (0..<(count - 1)).prefix { time($0) <= 0 }.count
        return EvenFixings(count - passed, from: time(passed), to: last)
    }
}

/// The first two moments of the average of the fixings to come, for one unit of the underlying.
struct AverageMoments: Sendable {
    /// E[A]/U.
    let growth: Double
    /// ln(E[A²]/E[A]²): the variance of the lognormal law with these moments.
    let variance: Double

    /// The moments of evenly spaced fixings, all to come.
    ///
    /// E[A²]/E[A]² − 1 = Σᵢ Σⱼ e^{b(tᵢ+tⱼ)}·(e^{σ²·min(tᵢ,tⱼ)} − 1)/(Σ e^{btᵢ})² is a sum of positive terms, so nothing
    /// cancels as σ → 0. O(count).
    init(discrete fixings: EvenFixings, carry: Double, squaredVolatility: Double) {
        let growthStep = exponential(carry * fixings.step)
        let spreadStep = expm1(squaredVolatility * fixings.step)
        var growth = exponential(carry * fixings.time(0))
        var spread = expm1(squaredVolatility * fixings.time(0))
        var total = 0.0
        var earlier = 0.0
        var excess = 0.0
        for index in 0..<fixings.count {
            if index > 0 {
                growth *= growthStep
                spread += spreadStep + spread * spreadStep
            }
            let weighted = growth * spread
            excess += growth * (weighted + 2 * earlier)
            earlier += weighted
            total += growth
        }
        self.growth = total / Double(fixings.count)
        variance = log1p(excess / (total * total))
    }

    /// The moments of the continuous average from `first` to `last`; a start that has passed counts as now.
    ///
    /// With x = b·(last − first), y = σ²·(last − first) and h = (eˣ − 1)/x, the second moment over the squared first,
    /// beyond σ²·first, is 1 + (2/h²)·∫₀¹ e^{2xs}·(e^{ys} − 1)·(e^{x(1−s)} − 1)/x ds. The integral is y times the
    /// divided difference of e^z at 0, x, 2x and 2x + y; near 0 it is summed as such, else by Gauss–Legendre
    /// quadrature, both to the last bits. Nothing cancels as b → 0 or σ → 0.
    init(continuousFrom first: Double, to last: Double, carry: Double, squaredVolatility: Double) {
        let start = max(first, 0)
        let length = last - start
        let x = carry * length
        let y = squaredVolatility * length
        growth = exponential(carry * start) * growthQuotient(x)
        guard y + 2 * abs(x) < 600 else {
            // Far beyond where the value stops depending on it, and before e^y overflows.
            variance = squaredVolatility * last
            return
        }
        // A fall of the mean is a rise seen from the end: e^z at points shifted by 2x.
        let size = abs(x)
        let mean = growthQuotient(size)
        let excess =
            y + 2 * size <= 2
            ? 2 * y * dividedExponential(size, 2 * size, x < 0 ? y : 2 * x + y) / (mean * mean)
            : Self.excess(x, y)
        variance = squaredVolatility * start + log1p(excess)
    }

    private static func excess(_ x: Double, _ y: Double) -> Double {
        let panels = (0.5 * (y + 2 * abs(x))).rounded(.up)
        let width = 1 / panels
        var integral = 0.0
        for panel in 0..<Int(panels) {
            let middle = (Double(panel) + 0.5) * width
            for (node, weight) in legendreNodes {
                let near = integrand(middle - 0.5 * width * node, x, y)
                let far = integrand(middle + 0.5 * width * node, x, y)
                integral += weight * (near + far)
            }
        }
        let mean = growthQuotient(x)
        return integral * width / (mean * mean)
    }

    @inline(__always) private static func integrand(_ s: Double, _ x: Double, _ y: Double) -> Double {
        exponential(2 * x * s) * expm1(y * s) * (1 - s) * growthQuotient(x * (1 - s))
    }
}

/// (eˣ − 1)/x, 1 at x = 0.
@inline(__always) private func growthQuotient(_ x: Double) -> Double { x == 0 ? 1 : expm1(x) / x }

/// The divided difference of e^z at 0 and three points between 0 and 2: Σ hₙ(p, q, r)/(n + 3)!, hₙ the sum of all
/// products of n of the points. All terms are positive.
private func dividedExponential(_ p: Double, _ q: Double, _ r: Double) -> Double {
    var ofOne = 1.0
    var ofTwo = 1.0
    var ofThree = 1.0
    var factor = 1.0 / 6
    var sum = factor
    for reciprocal in reciprocalsFromFour {
        ofOne *= p
        ofTwo = ofTwo * q + ofOne
        ofThree = ofThree * r + ofTwo
        factor *= reciprocal
        let term = factor * ofThree
        sum += term
        if term <= 1e-18 * sum { break }
    }
    return sum
}

/// 1/4, 1/5 … 1/33.
private let reciprocalsFromFour = (4...33).map { 1 / Double($0) }

/// The nodes above 0 of the eight-point Gauss–Legendre rule, with their weights.
private let legendreNodes: [(node: Double, weight: Double)] = [
    (0.18343464249564980494, 0.36268378337836198297),
    (0.52553240991632898582, 0.31370664587788728734),
    (0.79666647741362673959, 0.22238103445337447054),
    (0.96028985649753623168, 0.10122853629037625915),
]
