import PlainMargin

/// SplitMix64: the same seed gives the same house on every machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    mutating func whole(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    /// True once in `times`.
    mutating func once(in times: Int) -> Bool { whole(1...times) == 1 }

    mutating func one<Element>(of list: [Element]) -> Element { list[whole(0...list.count - 1)] }

    /// A decimal between the two bounds, themselves in units of the last decimal.
    mutating func decimal(_ range: ClosedRange<Int>, decimals: Int) -> Rational {
        Rational(Int128(whole(range)), over: Rational.tenTo(decimals))
    }
}
