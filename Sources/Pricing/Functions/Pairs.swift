/// Two numbers at once: what every 64-bit processor computes in the time of one. Each function here gives the bits of
/// its namesake of one number; `PairTests` compares them.
typealias DoublePair = SIMD2<Double>

typealias BitPair = SIMD2<UInt64>

typealias PairMask = SIMDMask<SIMD2<Int64>>

extension DoublePair {
    @inline(__always) init(bits: BitPair) { self.init(Double(bitPattern: bits.x), Double(bitPattern: bits.y)) }

    @inline(__always) var bits: BitPair { BitPair(x.bitPattern, y.bitPattern) }

    @inline(__always) var magnitude: DoublePair { DoublePair(bits: bits & ~BitPair(repeating: 1 << 63)) }
}

/// e^(x + y) for |x| ≤ 708.
@inline(__always) func exponential(within x: DoublePair, beyond y: DoublePair) -> DoublePair {
    let shifted = x * 0x1.71547652b82fep7 + 0x1.8p52
    let k = shifted - 0x1.8p52
    let r = (x - k * 0x1.62e42fefap-8) - k * 0x1.cf79abc9e3b3ap-47 + y
    let steps = shifted.bits
    let rows = (steps & 127) &<< 1
    let (first, second) = (Int(truncatingIfNeeded: rows.x), Int(truncatingIfNeeded: rows.y))
    let tabled = BitPair(powersOfTwo[first].bitPattern, powersOfTwo[second].bitPattern)
    let power = DoublePair(bits: tabled &+ (steps &>> 7) &<< 52)
    let lacking = DoublePair(powersOfTwo[first &+ 1], powersOfTwo[second &+ 1])
    let square: DoublePair = r * r
    let ends: DoublePair = square * square * (1.0 / 24 + r * (1.0 / 120))
    let middle: DoublePair = square * (0.5 + r * (1.0 / 6))
    let gain: DoublePair = lacking + r + (middle + ends)
    return power + power * gain
}

/// R(t) for 0 ≤ t < 39.
@inline(__always) func millsRatio(_ t: DoublePair) -> DoublePair {
    let rowBits = (1 + t).bits &>> 48
    let first = millsRatioRow(rowBits.x)
    let second = millsRatioRow(rowBits.y)
    let h: DoublePair = t - (DoublePair(bits: rowBits &<< 48 | BitPair(repeating: 1 << 47)) - 1)
    let h2 = h * h
    let h4 = h2 * h2
    @inline(__always) func coefficient(_ index: Int) -> DoublePair {
        DoublePair(millsRatioRows[first &+ index], millsRatioRows[second &+ index])
    }
    @inline(__always) func pair(_ index: Int) -> DoublePair { coefficient(index) + coefficient(index &+ 1) * h }
    let low: DoublePair = pair(0) + h2 * pair(2)
    let high: DoublePair = pair(4) + h2 * pair(6)
    return low + h4 * (high + h4 * pair(8))
}

/// e^{−t²/2} for |t| < 37.5.
@inline(__always) func bell(_ t: DoublePair) -> DoublePair {
    let head = DoublePair(bits: t.bits & BitPair(repeating: 0xffff_ffff_f800_0000))
    let rest: DoublePair = (t - head) * (t + head)
    return exponential(within: -0.5 * head * head, beyond: -0.5 * rest)
}

/// N(x) and the density at x, of any two numbers.
@inline(__always) func normal(_ x: DoublePair) -> (mass: DoublePair, density: DoublePair) {
    let t = x.magnitude
    guard all(t .< bellEnd) else {
        return (
            DoublePair(cumulativeNormal(x.x), cumulativeNormal(x.y)),
            DoublePair(normalDensity(x.x), normalDensity(x.y))
        )
    }
    let side = NormalSides(x)
    let bell = bell(t)
    return (side.above(DoublePair(repeating: 1)) + side.towards(bell * millsRatio(t)), inverseRootTwoPi * bell)
}

/// φ·(W·N(d1) − C·N(d2)), at least 0; of several worths against one cost.
///
/// Called and not inlined, so that d1 and d2 arrive as the two pairs they are: where they are computed the compiler
/// sees two sums and two differences, and pairs those instead.
@inline(never) func exchangeValue(
    sign: Double, worth: DoublePair, cost: Double, d1: DoublePair, d2: DoublePair
) -> DoublePair {
    let ofWorth = NormalSides(d1)
    let ofCost = NormalSides(d2)
    let tails: DoublePair = ofWorth.towards(millsRatio(d1.magnitude)) - ofCost.towards(millsRatio(d2.magnitude))
    let certain: DoublePair = ofWorth.above(worth) - ofCost.above(DoublePair(repeating: cost))
    let value: DoublePair = sign * (certain + worth * bell(d1.magnitude) * tails)
    return value.replacing(with: 0, where: value .< 0)
}

/// On which side of 0 each of two numbers lies; see ``NormalSide``.
struct NormalSides {
    private let below: BitPair

    @inline(__always) init(_ x: DoublePair) { below = 0 &- (x.bits &>> 63) }

    @inline(__always) func above(_ amount: DoublePair) -> DoublePair { DoublePair(bits: amount.bits & ~below) }

    @inline(__always) func towards(_ amount: DoublePair) -> DoublePair {
        DoublePair(bits: amount.bits ^ (~below & BitPair(repeating: 1 << 63)))
    }
}
