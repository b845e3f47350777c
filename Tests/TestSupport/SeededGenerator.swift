/// SplitMix64 (Steele, Lea and Flood 2014): the same seed gives the same values on every machine, so that a failure can
/// be repeated.
package struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// A whole number of the range, its bounds included.
    package mutating func whole(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    /// A number of the range.
    package mutating func number(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &self) }

    /// True once in `times`.
    package mutating func once(in times: Int) -> Bool { whole(1...times) == 1 }

    /// An element of a list that is not empty.
    package mutating func one<Element>(of list: [Element]) -> Element { list[whole(0...list.count - 1)] }
}
