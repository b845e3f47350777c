/// A currency by its three capital letters (ISO 4217), packed so that it is compared and hashed as one integer.
package struct CurrencyCode: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The letters, first in the highest byte: order is alphabetical.
    private let packed: UInt32

    /// Nil unless `text` is exactly three capital letters A–Z.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 3, bytes.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else {
            return nil
        }
        packed = bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }

    package var description: String {
        String(decoding: [UInt8(packed >> 16), UInt8(packed >> 8 & 0xFF), UInt8(packed & 0xFF)], as: UTF8.self)
    }

    package static func < (left: Self, right: Self) -> Bool { left.packed < right.packed }
}

/// A currency with the number of decimals of its minor unit (2 for the dollar, 0 for the yen).
package struct Currency: Hashable, Sendable {
    package let code: CurrencyCode
    /// Decimals of the minor unit, 0 to 4.
    package let decimals: Int

    package init(code: CurrencyCode, decimals: Int) {
        precondition((0...8).contains(decimals), "a currency has 0 to 8 decimals")
        self.code = code
        self.decimals = decimals
    }
}
