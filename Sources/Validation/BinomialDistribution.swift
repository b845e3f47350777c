import Glibc
import Pricing

/// How many of `count` independent trials succeed where each does with `probability`: mass and both tails.
///
/// Relative error below 1e-12 for up to 20,000 trials and probabilities from 1e-6, in either tail, however small; held
/// against figures of 50 digits by `SpecialFunctionTests`. Counts are whole, so that the regularised incomplete beta
/// function of whole arguments is the same thing. Source: Loader 2000, fast and accurate computation of binomial
/// probabilities.
package struct BinomialDistribution: Sendable {
    /// Trials, 0 or more.
    package let count: Int
    /// Of success, 0 … 1.
    package let probability: Double
    /// 1 − probability, which a Double of it alone would round.
    package let complement: Double

    /// `complement` is given where it is known more exactly than 1 − `probability`.
    package init(count: Int, probability: Double, complement: Double? = nil) {
        precondition(count >= 0 && probability >= 0 && probability <= 1, "trials and a probability")
        self.count = count
        self.probability = probability
        self.complement = complement ?? 1 - probability
    }

    /// P(X = successes); 0 outside 0 … count.
    package func mass(_ successes: Int) -> Double {
        guard (0...count).contains(successes) else { return 0 }
        if probability == 0 { return successes == 0 ? 1 : 0 }
        if complement == 0 { return successes == count ? 1 : 0 }
        let n = Double(count)
        if successes == 0 {
            return exponential(n * (probability < 0.5 ? log1p(-probability) : log(complement)))
        }
        if successes == count {
            return exponential(n * (probability < 0.5 ? log(probability) : log1p(-complement)))
        }
        let x = Double(successes)
        let rest = Double(count - successes)
        let exponent =
            stirlingError(count) - stirlingError(successes) - stirlingError(count - successes)
            - deviance(x, from: n * probability) - deviance(rest, from: n * complement)
        return exponential(exponent) * (n / (twoPi * x * rest)).squareRoot()
    }

    /// P(X ≤ successes).
    package func lowerTail(_ successes: Int) -> Double {
        if successes < 0 { return 0 }
        if successes >= count { return 1 }
        return Double(successes) > Double(count) * probability
            ? 1 - risingSum(from: successes + 1) : fallingSum(from: successes)
    }

    /// P(X ≥ successes).
    package func upperTail(_ successes: Int) -> Double {
        if successes <= 0 { return 1 }
        if successes > count { return 0 }
        return Double(successes) > Double(count) * probability
            ? risingSum(from: successes) : 1 - fallingSum(from: successes - 1)
    }

    /// The mass from `first`, which lies above the mean, upwards: terms that only fall.
    private func risingSum(from first: Int) -> Double {
        guard first <= count else { return 0 }
        var term = mass(first)
        var sum = term
        var successes = first
        while successes < count, term > sum * negligible {
            term *= Double(count - successes) / Double(successes + 1) * (probability / complement)
            sum += term
            successes += 1
        }
        return sum
    }

    /// The mass from `first`, which does not lie above the mean, downwards: terms that only fall.
    private func fallingSum(from first: Int) -> Double {
        guard first >= 0 else { return 0 }
        var term = mass(first)
        var sum = term
        var successes = first
        while successes > 0, term > sum * negligible {
            term *= Double(successes) / Double(count - successes + 1) * (complement / probability)
            sum += term
            successes -= 1
        }
        return sum
    }
}

/// A term that no longer moves a sum of falling terms.
private let negligible = 0x1p-60
private let twoPi = 6.283185307179586476925286766559005768

/// ln n! − ((n + ½)·ln n − n + ½·ln 2π), the error of Stirling's formula; 0 at 0, where it is not used.
///
/// A table up to 16, beyond it five terms of the asymptotic series, of which the sixth is below 2e-16 of the first.
private func stirlingError(_ n: Int) -> Double {
    if n < stirlingErrors.count { return stirlingErrors[n] }
    let x = Double(n)
    let square = x * x
    return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / square) / square) / square) / square) / x
}

private let stirlingErrors: [Double] = [
    0, 0.08106146679532725822, 0.041340695955409294094, 0.027677925684998339149,
    0.020790672103765093112, 0.016644691189821192163, 0.013876128823070747999, 0.011896709945891770095,
    0.010411265261972096497, 0.0092554621827127329177, 0.0083305634333628712565, 0.007573675487951840795,
    0.0069428401072095298657, 0.0064089941880042070684, 0.0059513701127588477356, 0.005554733551962801371,
    0.0052076559196096404407,
]

/// x·ln(x/m) + m − x for x ≥ 0 and m > 0: what a count x adds to a likelihood ratio against the expected m.
///
/// 0 or more, and relative to itself exact to a few last places however near x is to m, where the plain formula would
/// have nothing left but rounding.
package func deviance(_ x: Double, from m: Double) -> Double {
    if x == 0 { return m }
    let difference = x - m
    guard abs(difference) < 0.1 * (x + m) else { return x * log(x / m) + m - x }
    // With v = (x − m)/(x + m): ln(x/m) = 2·(v + v³/3 + v⁵/5 + …).
    let v = difference / (x + m)
    let square = v * v
    var sum = difference * v
    var term = 2 * x * v
    var divisor = 1.0
    while true {
        term *= square
        divisor += 2
        let next = sum + term / divisor
        if next == sum { return sum }
        sum = next
    }
}
