/// Numbers pairs of places from 0, in the order in which they come: an account and an owner, a holder and a series.
///
/// Open addressing, pair and number side by side; looking up or adding a pair takes constant time.
package struct PairIndex: Sendable {
    private struct Slot {
        /// First place in the upper half, second in the lower.
        var key: UInt64 = 0
        /// Number + 1 of the pair; 0 for an empty slot.
        var number: Int32 = 0
    }

    /// The pairs by number.
    private var keys: [UInt64] = []
    /// A power of two of them, at most half full.
    private var slots = [Slot](repeating: Slot(), count: 16)

    package init() {}

    /// How many pairs there are.
    package var count: Int { keys.count }

    /// The number of a pair, which is added after all others where it is new. Precondition: neither place is below 0.
    package mutating func number(of first: Int32, _ second: Int32) -> Int {
        precondition(first >= 0 && second >= 0, "a place is 0 or more")
        let key = UInt64(first) << 32 | UInt64(second)
        var slot = self.slot(of: key)
        let found = slots[slot].number
        if found != 0 { return Int(found - 1) }
        if 2 * (count + 1) > slots.count {
            grow()
            slot = self.slot(of: key)
        }
        keys.append(key)
        slots[slot] = Slot(key: key, number: Int32(count))
        return count - 1
    }

    /// The pair of a number.
    package subscript(number: Int) -> (first: Int32, second: Int32) {
        (Int32(keys[number] >> 32), Int32(truncatingIfNeeded: keys[number]))
    }

    // MARK: Implementation

    private mutating func grow() {
        slots = [Slot](repeating: Slot(), count: 2 * slots.count)
        for (number, key) in keys.enumerated() { slots[slot(of: key)] = Slot(key: key, number: Int32(number + 1)) }
    }

    /// The slot that holds the key, or the empty one where it belongs.
    private func slot(of key: UInt64) -> Int {
        let mask = slots.count - 1
        // Fibonacci hashing: the upper bits of the product depend on every bit of the key.
        var slot = Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> 32) & mask
        while slots[slot].number != 0, slots[slot].key != key { slot = (slot + 1) & mask }
        return slot
    }
}
