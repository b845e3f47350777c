/// A legal entity identifier, ISO 17442: 18 capital letters and digits, then two check digits by ISO 7064, modulo 97.
package struct LegalEntityIdentifier: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// Nil unless the text has the form and its check digits are right.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20 else { return nil }
        var remainder = 0
        for (place, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                remainder = (remainder * 10 + Int(byte - UInt8(ascii: "0"))) % 97
            case UInt8(ascii: "A")...UInt8(ascii: "Z") where place < 18:
                remainder = (remainder * 100 + Int(byte - UInt8(ascii: "A")) + 10) % 97
            default: return nil
            }
        }
        guard remainder == 1 else { return nil }
        description = text
    }
}
