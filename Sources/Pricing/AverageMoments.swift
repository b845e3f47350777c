import Glibc

/// How the fixings that are still to come lie between the next and the last one.
///
/// `discrete` spaces them evenly, the first at the next fixing and the last at expiry (a single one is at expiry).
/// `continuous` averages over the whole of the time between.
package enum FixingSchedule: UInt8, Sendable { case discrete, continuous }

/// The first two moments of the average of the fixings to come, for one unit of the underlying.
struct AverageMoments: Sendable {
    /// E[A]/U.
    let growth: Double
    /// ln(E[A²]/E[A]²): the variance of the lognormal law with these moments.
    let variance: Double

    /// The moments of `count` evenly spaced fixings; one whose time has passed is made at the underlying itself.
    ///
    /// E[A²]/E[A]² − 1 = Σᵢ Σⱼ e^{b(tᵢ+tⱼ)}·(e^{σ²·min(tᵢ,tⱼ)} − 1)/(Σ e^{btᵢ})² is a sum of positive terms, so nothing
    /// cancels as σ → 0. O(count).
    init(discrete count: Int, from first: Double, to last: Double, carry: Double, squaredVolatility: Double) {
        let step = count > 1 ? (last - first) / Double(count - 1) : 0
        let growthStep = exp(carry * step)
        let spreadStep = expm1(squaredVolatility * step)
        var growth = 1.0
        var spread = 0.0
        var hasBegun = false
        var total = 0.0
        var earlier = 0.0
        var excess = 0.0
        for index in 1...count {
            let time = index == count ? last : first + Double(index - 1) * step
            if hasBegun {
                growth *= growthStep
                spread += spreadStep + spread * spreadStep
            } else if !(time <= 0) {
                growth = exp(carry * time)
                spread = expm1(squaredVolatility * time)
                hasBegun = true
            }
            let weighted = growth * spread
            excess += growth * (weighted + 2 * earlier)
            earlier += weighted
            total += growth
        }
        self.growth = total / Double(count)
        variance = log1p(excess / (total * total))
    }

    /// The moments of the continuous average from `first` to `last`; a start that has passed counts as now.
    ///
    /// With x = b·(last − first) and y = σ²·(last − first) the second moment beyond σ²·first is
    /// 1 + (2/h²)·∫₀¹ e^{2xs}·(e^{ys} − 1)·(e^{x(1−s)} − 1)/x ds, h = (eˣ − 1)/x. Without carry it is the series
    /// Σ 2yᵏ/(k + 2)!; with it, Gauss–Legendre quadrature, to the last bits. Nothing cancels as b → 0 or σ → 0.
    init(continuousFrom first: Double, to last: Double, carry: Double, squaredVolatility: Double) {
        let start = max(first, 0)
        let length = last - start
        let x = carry * length
        let y = squaredVolatility * length
        growth = exp(carry * start) * growthQuotient(x)
        guard y + 2 * abs(x) < 600 else {
            // Far beyond where the value stops depending on it, and before e^y overflows.
            variance = squaredVolatility * last
            return
        }
        let excess = x == 0 ? Self.excessWithoutCarry(y) : Self.excess(x, y)
        variance = squaredVolatility * start + log1p(excess)
    }

    /// 2·(eʸ − 1 − y − y²/2)/y².
    private static func excessWithoutCarry(_ y: Double) -> Double {
        if y > 1 { return 2 * (expm1(y) - y - 0.5 * y * y) / (y * y) }
        var sum = 0.0
        for divisor in stride(from: 19.0, through: 3, by: -1) { sum = (1 + sum) * y / divisor }
        return sum
    }

    private static func excess(_ x: Double, _ y: Double) -> Double {
        let panels = max((0.5 * (y + 2 * abs(x))).rounded(.up), 1)
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
        exp(2 * x * s) * expm1(y * s) * (1 - s) * growthQuotient(x * (1 - s))
    }
}

/// (eˣ − 1)/x, 1 at x = 0.
@inline(__always) private func growthQuotient(_ x: Double) -> Double { x == 0 ? 1 : expm1(x) / x }

/// The nodes above 0 of the eight-point Gauss–Legendre rule, with their weights.
private let legendreNodes: [(node: Double, weight: Double)] = [
    (0.18343464249564980494, 0.36268378337836198297),
    (0.52553240991632898582, 0.31370664587788728734),
    (0.79666647741362673959, 0.22238103445337447054),
    (0.96028985649753623168, 0.10122853629037625915),
]
