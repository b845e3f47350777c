/// Codes interned to dense positions, found from bytes without making a String.
///
/// Open addressing over one flat buffer of bytes; a look-up costs a few tens of nanoseconds and allocates nothing.
package struct CodeIndex: Sendable {
    private var bytes: [UInt8] = []
    private var starts: [Int32] = [0]
    /// Position + 1 of the code in each slot; 0 for an empty one. A power of two of them, at most half full.
    private var slots: [Int32]

    /// Codes in the order of their positions; of two equal ones the first is found.
    package init(_ codes: [String]) {
        var capacity = 16
        while capacity < codes.count * 2 { capacity *= 2 }
        slots = [Int32](repeating: 0, count: capacity)
        bytes.reserveCapacity(codes.reduce(0) { $0 + $1.utf8.count })
        starts.reserveCapacity(codes.count + 1)
        for code in codes {
            let utf8 = Array(code.utf8)
            let slot = self.slot(of: utf8.span)
            append(utf8, to: slot)
        }
    }

    /// How many codes there are, of equal ones each.
    package var count: Int { starts.count - 1 }

    /// The position of a code, or nil.
    package func position(of code: Span<UInt8>) -> Int? {
        let found = slots[slot(of: code)]
        return found == 0 ? nil : Int(found - 1)
    }

    /// The position of a code, or nil.
    package func position(of code: String) -> Int? {
        let utf8 = Array(code.utf8)
        return position(of: utf8.span)
    }

    /// The position of a code, which is added after all others where it is new.
    package mutating func place(of code: [UInt8]) -> Int32 {
        var slot = self.slot(of: code.span)
        if slots[slot] != 0 { return slots[slot] - 1 }
        if 2 * (count + 1) > slots.count {
            grow()
            slot = self.slot(of: code.span)
        }
        append(code, to: slot)
        return Int32(count - 1)
    }

    /// The code at a position, in UTF-8.
    package func utf8(at position: Int) -> [UInt8] {
        Array(bytes[Int(starts[position])..<Int(starts[position + 1])])
    }

    // MARK: Implementation

    private mutating func append(_ code: [UInt8], to slot: Int) {
        bytes.append(contentsOf: code)
        starts.append(Int32(bytes.count))
        if slots[slot] == 0 { slots[slot] = Int32(count) }
    }

    private mutating func grow() {
        slots = [Int32](repeating: 0, count: 2 * slots.count)
        for position in 0..<count {
            let code = utf8(at: position)
            let slot = self.slot(of: code.span)
            if slots[slot] == 0 { slots[slot] = Int32(position + 1) }
        }
    }

    /// The slot that holds the code, or the empty one where it belongs.
    private func slot(of code: Span<UInt8>) -> Int {
        // FNV-1a, 64 bits, folded.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in code.indices { hash = (hash ^ UInt64(code[index])) &* 0x100_0000_01b3 }
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash ^ (hash >> 29)) & mask
        while slots[slot] != 0 {
            if isEqual(Int(slots[slot] - 1), code) { return slot }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private func isEqual(_ position: Int, _ code: Span<UInt8>) -> Bool {
        let start = Int(starts[position])
        guard Int(starts[position + 1]) - start == code.count else { return false }
        for index in code.indices where bytes[start + index] != code[index] { return false }
        return true
    }
}
