/// The functions that §12.2 needs, each by its plainest formula and none of them fast.
package enum PlainStatistics {
    static let ln2 = 0.693147180559945309417232121458176568

    /// ln x for x > 0: the exponent apart, then 2·(v + v³/3 + …) with v = (m − 1)/(m + 1).
    static func ln(_ x: Double) -> Double {
        var (mantissa, exponent) = (x.significand, Double(x.exponent))
        if mantissa > 1.4142135623730951 {
            mantissa /= 2
            exponent += 1
        }
        let v = (mantissa - 1) / (mantissa + 1)
        var (power, sum) = (v, 0.0)
        for index in 0..<40 {
            sum += power / Double(2 * index + 1)
            power *= v * v
        }
        return exponent * ln2 + 2 * sum
    }

    /// e^−x for x ≥ 0: (e^(−x/1024))^1024 by its series.
    static func expOfMinus(_ x: Double) -> Double {
        let small = -x / 1024
        var (term, sum) = (1.0, 1.0)
        for index in 1..<60 {
            term *= small / Double(index)
            sum += term
        }
        for _ in 0..<10 { sum *= sum }
        return sum
    }

    /// Upper tail of χ² of one degree of freedom, erfc(√(x/2)): the series of erf below 4, a continued fraction above.
    static func chiSquaredOne(_ x: Double) -> Double {
        if x <= 0 { return 1 }
        let z = (x / 2).squareRoot()
        let rootPi = 1.772453850905516027298167483341145183
        if z < 2 {
            var (term, sum) = (z, z)
            for index in 1..<200 {
                term *= -z * z / Double(index)
                sum += term / Double(2 * index + 1)
            }
            return 1 - 2 / rootPi * sum
        }
        var fraction = z
        for index in stride(from: 400, through: 1, by: -1) { fraction = z + Double(index) / 2 / fraction }
        return expOfMinus(z * z) / rootPi / fraction
    }

    /// Upper tail of χ² of two degrees of freedom.
    static func chiSquaredTwo(_ x: Double) -> Double { x <= 0 ? 1 : expOfMinus(x / 2) }

    /// P(X = k) for k = 0 … n, one from the other: (1 − p)ⁿ must not be lost, so n is in the hundreds.
    static func masses(_ n: Int, _ p: Double, _ q: Double) -> [Double] {
        if p == 0 || q == 0 { return (0...n).map { $0 == (p == 0 ? 0 : n) ? 1 : 0 } }
        var masses = [(0..<n).reduce(1.0) { mass, _ in mass * q }]
        for k in 0..<n { masses.append(masses[k] * Double(n - k) / Double(k + 1) * p / q) }
        return masses
    }

    /// P(X ≤ x) and P(X ≥ x).
    static func tails(_ x: Int, of masses: [Double]) -> (atMost: Double, atLeast: Double) {
        (masses[...x].reduce(0, +), masses[x...].reversed().reduce(0, +))
    }

    /// k·ln(probability), 0 where k is 0 whatever the probability.
    static func term(_ k: Int, _ probability: Double) -> Double { k == 0 ? 0 : Double(k) * ln(probability) }
}
