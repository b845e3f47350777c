import Digests
import Testing

@Suite struct `SHA-256` {
    /// FIPS 180-4 examples, as published with the standard (one block, two blocks), and the empty message.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `gives the published digests`(_ message: String, _ digest: String) throws {
        #expect(try SHA256Digest(of: message).description == digest)
        #expect(SHA256Digest(hex: digest)?.description == digest)
    }

    @Test func `gives the published digest of a million letters a, in pieces of any length`() throws {
        for length in [1_000_000, 999, 64, 63, 1] {
            var hasher = try SHA256Hasher()
            let piece = [UInt8](repeating: UInt8(ascii: "a"), count: length)
            var left = 1_000_000
            while left > 0 {
                hasher.update(piece.span.extracting(0..<min(left, length)))
                left -= length
            }
            let digest = hasher.finish().description
            #expect(digest == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
        }
    }

    @Test(arguments: ["", "ab", "g" + String(repeating: "0", count: 63), String(repeating: "0", count: 65)])
    func `refuses text that is no digest`(_ text: String) {
        #expect(SHA256Digest(hex: text) == nil)
    }
}
