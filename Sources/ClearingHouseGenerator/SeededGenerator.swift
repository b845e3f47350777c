/// SplitMix64: a small pseudo-random generator whose numbers depend on the seed, the stream's name and its index only.
///
/// Every part of the house draws from its own stream, so that a change of one part does not move the others.
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014. Not for secrets.
struct SeededGenerator {
    private var state: UInt64

    /// The stream `name`, number `index`, of a house's seed.
    init(seed: UInt64, stream name: String, index: Int = 0) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        state = Self.mixed(seed ^ Self.mixed(hash &+ UInt64(bitPattern: Int64(index)) &* 0x9E37_79B9_7F4A_7C15))
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mixed(state)
    }

    /// Uniform on [0, 1), a multiple of 2^-53.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Uniform on 0 ..< bound; the bias of the multiplication is below 2^-32 for bounds below 2^32.
    mutating func integer(below bound: Int) -> Int {
        precondition(bound > 0, "a choice needs at least one outcome")
        return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    mutating func isHit(probability: Double) -> Bool { unit() < probability }

    /// Mean 0, variance 1, within ±6: twelve uniforms less six, so that no library function decides a bit.
    mutating func normal() -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += unit() }
        return sum
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
