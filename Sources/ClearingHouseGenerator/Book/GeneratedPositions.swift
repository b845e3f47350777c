/// The positions of one block of accounts: long and short quantities by holder and series.
///
/// Look-ups go through a hash table; every walk goes through sorted keys, so that the order is the same in every run.
struct GeneratedPositions {
    private var indices: [UInt64: Int] = [:]
    private(set) var keys: [UInt64] = []
    private var longs: [Int64] = []
    private var shorts: [Int64] = []

    static func key(holder: Int, series: Int) -> UInt64 { UInt64(holder) << 32 | UInt64(series) }
    static func holder(of key: UInt64) -> Int { Int(key >> 32) }
    static func series(of key: UInt64) -> Int { Int(key & 0xFFFF_FFFF) }

    func holds(_ key: UInt64) -> Bool { indices[key] != nil }

    /// Adds a trade: a purchase is positive. A net holder keeps one side; a gross one adds to long or to short.
    mutating func add(_ key: UInt64, quantity: Int64, isGross: Bool) {
        let index: Int
        if let known = indices[key] {
            index = known
        } else {
            index = keys.count
            indices[key] = index
            keys.append(key)
            longs.append(0)
            shorts.append(0)
        }
        if isGross {
            if quantity > 0 { longs[index] += quantity } else { shorts[index] -= quantity }
        } else {
            let net = longs[index] - shorts[index] + quantity
            longs[index] = max(net, 0)
            shorts[index] = max(-net, 0)
        }
    }

    /// How many positions are not flat, in the series that count.
    func rowCount(_ counts: (Int) -> Bool) -> Int {
        keys.indices.count { (longs[$0] != 0 || shorts[$0] != 0) && counts(Self.series(of: keys[$0])) }
    }

    /// All positions that are not flat, by holder and then series.
    func forEachSorted(
        _ body: (_ holder: Int, _ series: Int, _ long: Int64, _ short: Int64) throws(GenerationError) -> Void
    ) throws(GenerationError) {
        let order = keys.indices.sorted { keys[$0] < keys[$1] }
        for index in order where longs[index] != 0 || shorts[index] != 0 {
            try body(Self.holder(of: keys[index]), Self.series(of: keys[index]), longs[index], shorts[index])
        }
    }
}
