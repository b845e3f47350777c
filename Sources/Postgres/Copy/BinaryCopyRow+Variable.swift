/// Fields of any length.
extension BinaryCopyRow {
    // MARK: Decimal numbers

    /// `unscaled` · 10^-`scale`, exact, with the scale the server shows.
    package mutating func numeric() throws(PostgresError) -> (unscaled: Int128, scale: Int) {
        let bytes = unsafe try required("numeric")
        do { return unsafe try bytes.numeric() } catch { throw self.error(error, "numeric") }
    }

    package mutating func numericOrNull() throws(PostgresError) -> (unscaled: Int128, scale: Int)? {
        guard let bytes = unsafe try next() else { return nil }
        do { return unsafe try bytes.numeric() } catch { throw self.error(error, "numeric") }
    }

    /// The value times 10^`scale`; an error if that is not a whole number of 64 bits.
    package mutating func numericScaled(_ scale: Int) throws(PostgresError) -> Int64 {
        let bytes = unsafe try required("numeric")
        do { return unsafe try bytes.numericInt64(scale: scale) } catch { throw self.error(error, "numeric") }
    }

    package mutating func numericScaledOrNull(_ scale: Int) throws(PostgresError) -> Int64? {
        guard let bytes = unsafe try next() else { return nil }
        do { return unsafe try bytes.numericInt64(scale: scale) } catch { throw self.error(error, "numeric") }
    }

    // MARK: Text and bytes

    package mutating func text() throws(PostgresError) -> String {
        let bytes = unsafe try required("text")
        do { return unsafe try bytes.text() } catch { throw self.error(error, "text") }
    }

    package mutating func textOrNull() throws(PostgresError) -> String? {
        guard let bytes = unsafe try next() else { return nil }
        do { return unsafe try bytes.text() } catch { throw self.error(error, "text") }
    }

    /// The bytes of a text or bytea into an array that is emptied first and keeps its storage.
    package mutating func utf8(into array: inout [UInt8]) throws(PostgresError) {
        let bytes = unsafe try required("text")
        array.removeAll(keepingCapacity: true)
        unsafe array.append(contentsOf: UnsafeRawBufferPointer(start: bytes.start, count: bytes.count))
    }

    /// Hands the bytes of a text or bytea to `body` where they lie, as for interning a code.
    package mutating func withBytes<T, E: Error>(_ body: (Span<UInt8>) throws(E) -> T) throws -> T {
        let bytes = unsafe try required("text")
        let typed = unsafe bytes.start.assumingMemoryBound(to: UInt8.self)
        let buffer = unsafe UnsafeBufferPointer(start: typed, count: bytes.count)
        return try unsafe body(buffer.span)
    }

    package mutating func bytes() throws(PostgresError) -> [UInt8] {
        unsafe try required("bytea").bytes()
    }

    package mutating func bytesOrNull() throws(PostgresError) -> [UInt8]? {
        guard let bytes = unsafe try next() else { return nil }
        return unsafe bytes.bytes()
    }

    // MARK: Arrays

    /// The elements of a bigint[] into an array that is emptied first and keeps its storage.
    package mutating func int64Array(into array: inout [Int64]) throws(PostgresError) {
        array.removeAll(keepingCapacity: true)
        _ = try int64Array(appendingTo: &array)
    }

    /// Appends the elements of a bigint[], as for one flat array of many rows, and returns their number.
    package mutating func int64Array(appendingTo array: inout [Int64]) throws(PostgresError) -> Int {
        let bytes = unsafe try required("bigint[]")
        let before = array.count
        do { try unsafe bytes.appendInt64Array(to: &array) } catch { throw self.error(error, "bigint[]") }
        return array.count - before
    }

    package mutating func int64ArrayOrNull() throws(PostgresError) -> [Int64]? {
        guard let bytes = unsafe try next() else { return nil }
        var values: [Int64] = []
        do { try unsafe bytes.appendInt64Array(to: &values) } catch { throw self.error(error, "bigint[]") }
        return values
    }

    package mutating func textArray() throws(PostgresError) -> [String] {
        let bytes = unsafe try required("text[]")
        do { return unsafe try bytes.textArray() } catch { throw self.error(error, "text[]") }
    }
}
