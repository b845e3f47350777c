/// 1/√(2π).
let inverseRootTwoPi = 0.398942280401432677939946059934381868

/// √(2π).
let rootTwoPi = 2.50662827463100050241576528481104525

/// The standard normal distribution function, the same bits on every machine.
///
/// Any x; 0 from −39 down, 1 at +∞, NaN gives NaN. Relative error below 6·2⁻⁵³ of a normal result, in the left tail
/// too: N(−t) = e^{−t²/2}·R(t), the first factor within 1.1·2⁻⁵³ and the second within 3.5·2⁻⁵³, and N(t) = 1 − N(−t).
/// About 8 ns.
package func cumulativeNormal(_ x: Double) -> Double {
    let t = abs(x)
    guard t < bellEnd else { return cumulativeNormalAtTheEnds(x) }
    return NormalSide(x).mass(tail: bell(t) * millsRatio(t))
}

/// The standard normal density, e^{−x²/2}/√(2π). Relative error below 2.5·2⁻⁵³ of a normal result.
package func normalDensity(_ x: Double) -> Double {
    let t = abs(x)
    return inverseRootTwoPi * (t < bellEnd ? bell(t) : exponential(-0.5 * x * x))
}

/// Where e^{−t²/2} is a normal number with room for R(t).
let bellEnd = 37.5

/// e^{−t²/2} for |t| < 37.5; relative error below 1.1·2⁻⁵³.
///
/// The square is taken in two parts, of which the first is exact: rounded, it would cost the result t²/2 of its last
/// places.
@inline(__always) func bell(_ t: Double) -> Double {
    let head = Double(bitPattern: t.bitPattern & 0xffff_ffff_f800_0000)
    return exponential(within: -0.5 * head * head, beyond: -0.5 * ((t - head) * (t + head)))
}

/// On which side of 0 a number lies, to choose without a branch that half of all options would take the other way.
struct NormalSide {
    /// All bits of a number below 0, none of one above.
    private let below: UInt64

    @inline(__always) init(_ x: Double) { below = UInt64(bitPattern: Int64(bitPattern: x.bitPattern) >> 63) }

    /// The amount above 0, 0 below.
    @inline(__always) func above(_ amount: Double) -> Double { Double(bitPattern: amount.bitPattern & ~below) }

    /// The amount with its sign changed above 0, as it is below.
    @inline(__always) func towards(_ amount: Double) -> Double {
        Double(bitPattern: amount.bitPattern ^ (~below & (1 << 63)))
    }

    /// N(x) from the tail N(−|x|) beyond it.
    @inline(__always) func mass(tail: Double) -> Double { above(1) + towards(tail) }
}

/// φ·(W·N(d1) − C·N(d2)), at least 0, where W·n(d1) = C·n(d2), as in every exchange of two lognormal values.
///
/// φ is ±1, and d1 and d2 have it as a factor already; both lie within ±37.5. W·N(d1) is W above 0 and nothing below,
/// less or more the tail W·e^{−d1²/2}·R(|d1|); the exponential is that of the cost's tail too.
@inline(__always) func exchangeValue(sign: Double, worth: Double, cost: Double, d1: Double, d2: Double) -> Double {
    let ofWorth = NormalSide(d1)
    let ofCost = NormalSide(d2)
    let ratios = millsRatio(DoublePair(d1, d2).magnitude)
    let tails = ofWorth.towards(ratios.x) - ofCost.towards(ratios.y)
    return max(sign * (ofWorth.above(worth) - ofCost.above(cost) + worth * bell(abs(d1)) * tails), 0)
}

@inline(never) private func cumulativeNormalAtTheEnds(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x > 0 { return 1 }
    // Subnormal: taken up by e⁶⁴ and rounded once on the way back.
    if x <= -39 { return 0 }
    let head = Double(bitPattern: x.bitPattern & 0xffff_ffff_f800_0000)
    let raised = exponential(within: 64 - 0.5 * head * head, beyond: -0.5 * ((x - head) * (x + head)))
    return raised * millsRatio(-x) / expOf64
}
