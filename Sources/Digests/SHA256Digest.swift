/// The SHA-256 digest of some bytes (FIPS 180-4): 32 bytes, shown and stored as lower-case hexadecimal.
package struct SHA256Digest: Hashable, Sendable {
    /// Always 32 bytes.
    package let bytes: [UInt8]

    /// Nil unless `bytes` are exactly 32.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// Reads 64 hexadecimal digits of either case; nil for anything else.
    package init?(hex: String) {
        guard let bytes = Digests.bytes(hexadecimal: hex) else { return nil }
        self.init(bytes: bytes)
    }

    /// The digest of `bytes` in one step.
    package init(of bytes: [UInt8]) throws(DigestError) {
        var hasher = try SHA256Hasher()
        hasher.update(bytes.span)
        self = hasher.finish()
    }

    /// The digest of a text's UTF-8 bytes.
    package init(of text: String) throws(DigestError) { try self.init(of: Array(text.utf8)) }

    init(unchecked bytes: [UInt8]) { self.bytes = bytes }
}

extension SHA256Digest: CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    package var description: String { hexadecimal(bytes) }
}
