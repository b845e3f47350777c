/// Whether two texts are the same number; numbers of any length, so that nothing is rounded for the comparison.
func areEqualNumbers(_ left: String, _ right: String) -> Bool {
    guard let left = ExactText(left), let right = ExactText(right) else { return false }
    return left == right
}

/// A plain decimal number without leading and trailing zeros: equal texts are equal numbers.
struct ExactText: Hashable {
    private let isNegative: Bool
    private let digits: [UInt8]
    private let scale: Int

    /// Reads `-12.50`; nil for anything but a sign, digits, a point and digits.
    init?(_ text: String) {
        var bytes = Array(text.utf8)
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative { bytes.removeFirst() }
        let parts = bytes.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { part in
            !part.isEmpty && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
        guard !parts.isEmpty, isPlain else { return nil }
        var fraction = parts.count > 1 ? Array(parts[1]) : []
        while fraction.last == UInt8(ascii: "0") { fraction.removeLast() }
        digits = Array((Array(parts[0]) + fraction).drop { $0 == UInt8(ascii: "0") })
        scale = fraction.count
        self.isNegative = isNegative && !digits.isEmpty
    }
}
