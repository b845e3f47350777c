import CLibPQ

/// The parameters of one statement in the binary form libpq takes, in one buffer.
struct EncodedParameters {
    private var types: [Oid] = []
    private var bytes: [UInt8] = []
    /// Where each parameter begins in `bytes`; nil for null.
    private var offsets: [Int?] = []
    private var lengths: [Int32] = []

    init(_ values: [Value]) {
        for value in values {
            types.append(value.dataType.objectIdentifier)
            let start = bytes.count
            value.appendBinary(to: &bytes)
            offsets.append(value == .null ? nil : start)
            lengths.append(Int32(bytes.count - start))
        }
        // So that the address of an empty text at the end is not null.
        bytes.append(0)
    }

    /// Sends the statement, asking for a result in binary, and returns whether that went well.
    @unsafe
    func send(_ sql: String, on handle: OpaquePointer) -> Bool {
        let formats = [Int32](repeating: 1, count: types.count)
        return unsafe bytes.withUnsafeBytes { buffer in
            let base = unsafe buffer.bindMemory(to: CChar.self).baseAddress
            let pointers = unsafe offsets.map { offset in unsafe offset.flatMap { unsafe base?.advanced(by: $0) } }
            return unsafe PQsendQueryParams(
                handle, sql, Int32(types.count), types, pointers, lengths, formats, 1) == 1
        }
    }
}
