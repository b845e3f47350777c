/// One row of a binary COPY OUT, borrowed from libpq: its fields are read in order, each once, all of them.
///
/// A getter asks for the column's own type; the wire has only lengths, so that bigint, double precision and timestamp
/// cannot be told from each other, nor integer from date. A wrong length, null where the getter does not end in
/// `OrNull`, or reading past the last field is an error that names row and field. Numbers are read without allocation.
@safe
package struct BinaryCopyRow: ~Copyable {
    @usableFromInline let start: UnsafeRawPointer
    @usableFromInline var offset: Int
    @usableFromInline let end: Int
    @usableFromInline var fieldsToCome: Int
    /// The number of fields, one a column.
    package let fieldCount: Int
    /// From 1.
    package let rowNumber: Int
    @usableFromInline let statement: String

    init(
        start: UnsafeRawPointer, offset: Int, end: Int, fieldCount: Int, rowNumber: Int, statement: String
    ) {
        unsafe self.start = unsafe start
        self.offset = offset
        self.end = end
        fieldsToCome = fieldCount
        self.fieldCount = fieldCount
        self.rowNumber = rowNumber
        self.statement = statement
    }

    /// Whether the next field is null; it is not consumed.
    package var isNextNull: Bool {
        fieldsToCome > 0 && end - offset >= 4
            && (unsafe FieldBytes(start: start, count: end).load(offset, as: Int32.self)) < 0
    }

    /// Passes over the next field, null or not.
    package mutating func skip() throws(PostgresError) {
        _ = unsafe try next()
    }

    // MARK: Implementation

    /// The next field's bytes, nil for null.
    @inlinable
    @unsafe
    mutating func next() throws(PostgresError) -> FieldBytes? {
        guard fieldsToCome > 0, end &- offset >= 4 else { throw exhausted() }
        let length = Int(Int32(bigEndian: unsafe start.loadUnaligned(fromByteOffset: offset, as: Int32.self)))
        fieldsToCome &-= 1
        offset &+= 4
        if length < 0 { return nil }
        guard length <= end &- offset else { throw error(.malformed, "row") }
        let field = unsafe FieldBytes(start: start + offset, count: length)
        offset &+= length
        return unsafe field
    }

    /// The next field's bytes, which must not be null.
    @inlinable
    @unsafe
    mutating func required(_ type: StaticString) throws(PostgresError) -> FieldBytes {
        guard let field = unsafe try next() else { throw error(.null, type) }
        return unsafe field
    }

    @usableFromInline
    func error(_ fault: FieldFault, _ type: StaticString) -> PostgresError {
        fault.error(
            field: "field \(fieldCount - fieldsToCome) of row \(rowNumber)", type: "\(type)", statement: statement)
    }

    @usableFromInline
    func exhausted() -> PostgresError {
        PostgresError(
            sqlState: .cardinalityViolation, message: "row \(rowNumber) has only \(fieldCount) fields",
            statement: statement)
    }

    func unread() -> PostgresError {
        PostgresError(
            sqlState: .cardinalityViolation,
            message: "\(fieldsToCome) of the \(fieldCount) fields of row \(rowNumber) were not read",
            statement: statement)
    }
}
