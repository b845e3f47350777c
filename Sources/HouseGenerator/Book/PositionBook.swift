/// The positions of one block of accounts: long and short quantities by holder and series.
///
/// Look-ups go through a hash table; every walk goes through sorted keys, so that the order is the same in every run.
struct PositionBook {
    private var places: [UInt64: Int] = [:]
    private(set) var keys: [UInt64] = []
    private var longs: [Int64] = []
    private var shorts: [Int64] = []

    static func key(holder: Int, series: Int) -> UInt64 { UInt64(holder) << 32 | UInt64(series) }
    static func holder(of key: UInt64) -> Int { Int(key >> 32) }
    static func series(of key: UInt64) -> Int { Int(key & 0xFFFF_FFFF) }

    func holds(_ key: UInt64) -> Bool { places[key] != nil }

    /// Adds a trade: a purchase is positive. A net holder keeps one side; a gross one adds to long or to short.
    mutating func add(_ key: UInt64, quantity: Int64, isGross: Bool) {
        let place: Int
        if let known = places[key] {
            place = known
        } else {
            place = keys.count
            places[key] = place
            keys.append(key)
            longs.append(0)
            shorts.append(0)
        }
        if isGross {
            if quantity > 0 { longs[place] += quantity } else { shorts[place] -= quantity }
        } else {
            let net = longs[place] - shorts[place] + quantity
            longs[place] = max(net, 0)
            shorts[place] = max(-net, 0)
        }
    }

    /// How many positions are not flat, in the series that count.
    func rowCount(_ counts: (Int) -> Bool) -> Int {
        keys.indices.count { (longs[$0] != 0 || shorts[$0] != 0) && counts(Self.series(of: keys[$0])) }
    }

    /// All positions that are not flat, by holder and then series.
    func forEachSorted(
        _ body: (_ holder: Int, _ series: Int, _ long: Int64, _ short: Int64) throws(HouseError) -> Void
    ) throws(HouseError) {
        let order = keys.indices.sorted { keys[$0] < keys[$1] }
        for place in order where longs[place] != 0 || shorts[place] != 0 {
            try body(Self.holder(of: keys[place]), Self.series(of: keys[place]), longs[place], shorts[place])
        }
    }
}
