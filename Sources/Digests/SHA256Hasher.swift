import CLibCrypto

/// Why a digest could not be started.
package enum DigestError: Error, Equatable {
    /// libcrypto gave no SHA-256: out of memory, or a configuration of the host that forbids it.
    case unavailable
}

extension DigestError: CustomStringConvertible {
    package var description: String { "libcrypto gives no sha-256" }
}

/// SHA-256 over bytes that arrive in pieces; libcrypto does the arithmetic.
///
/// How the bytes are cut into pieces does not change the digest.
@safe package struct SHA256Hasher: ~Copyable {
    private let context: OpaquePointer

    package init() throws(DigestError) {
        guard let created = unsafe EVP_MD_CTX_new() else { throw .unavailable }
        guard unsafe EVP_DigestInit_ex(created, EVP_sha256(), nil) == 1 else {
            unsafe EVP_MD_CTX_free(created)
            throw .unavailable
        }
        unsafe context = created
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    /// Takes in the next bytes.
    package mutating func update(_ bytes: Span<UInt8>) {
        let status = unsafe bytes.withUnsafeBytes { buffer in
            unsafe EVP_DigestUpdate(context, buffer.baseAddress, buffer.count)
        }
        precondition(status == 1, "SHA-256 takes any number of bytes once it has started")
    }

    /// Takes in the bytes of `range`.
    package mutating func update(_ bytes: borrowing [UInt8], in range: Range<Int>) {
        update(bytes.span.extracting(range))
    }

    /// The digest of everything taken in.
    package consuming func finish() -> SHA256Digest {
        var digest = [UInt8](repeating: 0, count: 32)
        let status = unsafe digest.withUnsafeMutableBufferPointer { buffer in
            unsafe EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
        }
        precondition(status == 1, "SHA-256 always ends once it has started")
        return SHA256Digest(unchecked: digest)
    }
}
