import Foundation

/// A number as the sum of two Doubles, some 104 bits: what tables and error bounds of Doubles are proven against.
struct DoubleDouble {
    var high: Double
    var low: Double

    init(_ high: Double, _ low: Double = 0) {
        self.high = high + low
        self.low = low - (self.high - high)
    }

    static func + (a: Self, b: Self) -> Self {
        let sum = a.high + b.high
        let part = sum - a.high
        return Self(sum, (a.high - (sum - part)) + (b.high - part) + a.low + b.low)
    }

    static func * (a: Self, b: Self) -> Self {
        let product = a.high * b.high
        let error = (-product).addingProduct(a.high, b.high)
        return Self(product, error + a.high * b.low + a.low * b.high)
    }

    static func / (a: Self, b: Self) -> Self {
        let first = a.high / b.high
        let left = a - b * Self(first)
        let second = left.high / b.high
        return Self(first, second) + Self((left - b * Self(second)).high / b.high)
    }

    static prefix func - (a: Self) -> Self { Self(-a.high, -a.low) }
    static func - (a: Self, b: Self) -> Self { a + -b }

    var squareRoot: Self {
        let root = high.squareRoot()
        return Self(root) + Self((self - Self(root) * Self(root)).high / (2 * root))
    }

    /// By halving until the series is short, and squaring back; below 0 the reciprocal, which loses nothing.
    var exponential: Self {
        if high < 0 { return Self(1) / (-self).exponential }
        let halvings = 16
        let small = self * Self(1 / Double(1 << halvings))
        var term = Self(1)
        var gain = Self(0)
        for n in 1...12 {
            term = term * small / Self(Double(n))
            gain = gain + term
        }
        // (1 + gain)² − 1, which keeps the small part of its places.
        for _ in 0..<halvings { gain = gain + gain + gain * gain }
        return gain + Self(1)
    }

    /// 1/√(2π), to 106 bits.
    static let inverseRootTwoPi = Self(0x1.9884533d43651p-2, -0x1.cbc0d30ebfd15p-56)

    /// R(t) = e^{t²/2}·N(−t): below 4 from the series of N(t) − ½ in odd double factorials, from there a continued
    /// fraction.
    static func millsRatio(_ t: Self) -> Self { t.high < 4 ? nearMillsRatio(t) : farMillsRatio(t) }

    static func nearMillsRatio(_ t: Self) -> Self {
        let square = t * t
        var term = t
        var sum = t
        for n in 1...120 {
            term = term * square / Self(Double(2 * n + 1))
            sum = sum + term
        }
        return Self(0.5) * (Self(0.5) * square).exponential - inverseRootTwoPi * sum
    }

    /// 1/(t + 1/(t + 2/(t + 3/(t + …)))), from the 1,500th on.
    static func farMillsRatio(_ t: Self) -> Self {
        var tail = t
        for n in stride(from: 1500.0, through: 1, by: -1) { tail = t + Self(n) / tail }
        return inverseRootTwoPi / tail
    }
}
