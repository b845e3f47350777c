/// A decimal number in the base-10000 digits in which PostgreSQL sends and receives `numeric`.
///
/// The digit groups are aligned at the decimal point and stripped of zeros at both ends, as the server stores them.
struct NumericDigits {
    /// Groups from the least significant one; those from `low` up to, not including, `high` count.
    private(set) var groups = InlineArray<12, UInt16>(repeating: 0)
    private(set) var low = 0
    private(set) var high = 0
    let sign: UInt16
    /// Decimal digits shown after the point, 0 ... 38.
    let scale: UInt16

    var count: Int16 { Int16(truncatingIfNeeded: high - low) }

    /// The power of 10000 of the most significant group.
    var weight: Int16 { high == low ? 0 : Int16(truncatingIfNeeded: high - 1 - (Int(scale) + 3) / 4) }

    /// Precondition: `scale` is from 0 to 38.
    init(unscaled: Int64, scale: Int) {
        precondition(scale >= 0 && scale <= 38, "the scale of a numeric is from 0 to 38")
        sign = unscaled < 0 ? Self.negative : Self.positive
        self.scale = UInt16(truncatingIfNeeded: scale)
        append(unscaled.magnitude, partialDigits: scale & 3)
        strip()
    }

    /// Precondition: `scale` is from 0 to 38.
    init(unscaled: Int128, scale: Int) {
        precondition(scale >= 0 && scale <= 38, "the scale of a numeric is from 0 to 38")
        sign = unscaled < 0 ? Self.negative : Self.positive
        self.scale = UInt16(truncatingIfNeeded: scale)
        var rest = unscaled.magnitude
        var partial = scale & 3
        if rest > UInt128(UInt64.max), partial != 0 {
            let power = UInt128(powersOfTen[partial])
            push(UInt16(truncatingIfNeeded: rest % power) * UInt16(powersOfTen[4 - partial]))
            rest /= power
            partial = 0
        }
        while rest > UInt128(UInt64.max) {
            var four = UInt64(truncatingIfNeeded: rest % 10_000_000_000_000_000)
            rest /= 10_000_000_000_000_000
            for _ in 0..<4 {
                push(UInt16(truncatingIfNeeded: four % 10_000))
                four /= 10_000
            }
        }
        append(UInt64(truncatingIfNeeded: rest), partialDigits: partial)
        strip()
    }

    static let positive: UInt16 = 0x0000
    static let negative: UInt16 = 0x4000

    private mutating func append(_ magnitude: UInt64, partialDigits partial: Int) {
        var rest = magnitude
        if partial != 0 {
            let power = powersOfTen[partial]
            push(UInt16(truncatingIfNeeded: rest % power) * UInt16(truncatingIfNeeded: powersOfTen[4 - partial]))
            rest /= power
        }
        while rest != 0 {
            push(UInt16(truncatingIfNeeded: rest % 10_000))
            rest /= 10_000
        }
    }

    private mutating func push(_ group: UInt16) {
        groups[high] = group
        high += 1
    }

    private mutating func strip() {
        while low < high, groups[low] == 0 { low += 1 }
        while high > low, groups[high - 1] == 0 { high -= 1 }
        if low == high { (low, high) = (0, 0) }
    }
}

/// 10^0 ... 10^19, all that fit in 64 bits.
let powersOfTen: InlineArray<20, UInt64> = [
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
    100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
    10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
]
