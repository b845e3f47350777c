/// eˣ, the same bits on every machine.
///
/// Any x; 0 from −746 down, ∞ from 709.8 up, NaN gives NaN. Relative error below 1.1·2⁻⁵³ of a normal result, half a
/// step more of a subnormal one. About 3 ns; made to be inlined.
@inline(__always) package func exponential(_ x: Double) -> Double {
    abs(x) <= 708 ? exponential(within: x, beyond: 0) : exponentialAtTheEnds(x)
}

/// e^(x + y) for |x| ≤ 708 and a y below the last place of x, which a Double of the sum would lose.
///
/// With k the whole number nearest to 128·x/ln 2 and r = x + y − k·ln 2/128, |r| ≤ 0.0028, it is 2^(k/128)·eʳ: the
/// power of two from a table and a shift, eʳ − 1 by five terms of its series, of which the sixth is below 2⁻⁶⁰. ln
/// 2/128 is split so that its product with k is exact. Method: Tang 1989, table-driven implementation of the
/// exponential function.
@inline(__always) func exponential(within x: Double, beyond y: Double) -> Double {
    let shifted = x * 0x1.71547652b82fep7 + 0x1.8p52
    let k = shifted - 0x1.8p52
    let r = (x - k * 0x1.62e42fefap-8) - k * 0x1.cf79abc9e3b3ap-47 + y
    let steps = Int(truncatingIfNeeded: shifted.bitPattern)
    let row = 2 &* (steps & 127)
    let octaves = UInt64(truncatingIfNeeded: steps >> 7)
    let power = Double(bitPattern: powersOfTwo[row].bitPattern &+ octaves << 52)
    let square = r * r
    let ends = square * square * (1.0 / 24 + r * (1.0 / 120))
    let gain = powersOfTwo[row &+ 1] + r + (square * (0.5 + r * (1.0 / 6)) + ends)
    return power + power * gain
}

@inline(never) private func exponentialAtTheEnds(_ x: Double) -> Double {
    if x > 0 { return x >= 709.8 ? .infinity : exponential(within: x - 64, beyond: 0) * expOf64 }
    if x < 0 { return x <= -746 ? 0 : exponential(within: x + 64, beyond: 0) / expOf64 }
    return x
}

/// e⁶⁴, by which a result is moved to where every step of it is a normal number.
let expOf64 = 0x1.425982cf597cdp92
