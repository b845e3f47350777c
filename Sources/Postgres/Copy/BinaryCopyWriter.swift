/// The rows of a binary COPY IN, encoded into a buffer of its own that goes to the server about every 256 KiB.
///
/// `row(n)` begins a row, then come its n fields in the order of the statement's columns. A field has to have the
/// column's own type: the server checks the length, not the type. Appending a number allocates nothing.
/// No method but `row` and `row(_:_:)` throws; a wrong number of fields is found where the next row begins.
@safe
package struct BinaryCopyWriter: ~Copyable {
    @usableFromInline var buffer: UnsafeMutableRawPointer
    @usableFromInline var capacity: Int
    @usableFromInline var count = 0
    /// Fields of the current row that are still to come; below zero if there were too many.
    @usableFromInline var fieldsToCome = 0
    /// Rows begun so far.
    @usableFromInline var rows = 0
    private let connection: Connection
    private let columnCount: Int
    private let statement: String

    @usableFromInline static let flushSize = 256 * 1024

    init(_ connection: Connection, columnCount: Int, statement: String) {
        self.connection = connection
        self.columnCount = columnCount
        self.statement = statement
        capacity = Self.flushSize + 64 * 1024
        unsafe buffer = .allocate(byteCount: capacity, alignment: 16)
        for byte in copySignature { append(byte) }
        // No flags, no header extension.
        append(Int64(0))
    }

    deinit {
        unsafe buffer.deallocate()
    }

    /// The number of rows begun.
    package var rowCount: Int { rows }

    /// Begins a row of `fieldCount` fields, having sent what is buffered if that is enough.
    /// - Throws: 22P04 if the row before it has too few or too many fields, or this one not one a column; an error of
    ///   the connection.
    @inlinable
    package mutating func row(_ fieldCount: Int) throws(PostgresError) {
        if fieldsToCome != 0 || count >= Self.flushSize || rows == 0 { try betweenRows(fieldCount) }
        rows += 1
        fieldsToCome = fieldCount
        append(Int16(truncatingIfNeeded: fieldCount))
    }

    /// A row whose fields `fields` appends.
    @inlinable
    package mutating func row(
        _ fieldCount: Int, _ fields: (inout BinaryCopyWriter) throws -> Void
    ) throws {
        try row(fieldCount)
        try fields(&self)
    }

    // MARK: Implementation

    /// Checks the row that ends, sends what is buffered and, before the first row, checks the number of columns.
    @usableFromInline
    mutating func betweenRows(_ fieldCount: Int) throws(PostgresError) {
        try checkRow()
        guard fieldCount == columnCount else {
            throw PostgresError(
                sqlState: .badCopyFileFormat, message: "a row of \(fieldCount) fields for \(columnCount) columns",
                statement: statement)
        }
        if count >= Self.flushSize { try flush() }
    }

    private func checkRow() throws(PostgresError) {
        guard fieldsToCome == 0 else {
            let problem = fieldsToCome > 0 ? "\(fieldsToCome) fields too few" : "\(-fieldsToCome) fields too many"
            throw PostgresError(
                sqlState: .badCopyFileFormat, message: "row \(rows) of the copy has \(problem)", statement: statement)
        }
    }

    mutating func finish() throws(PostgresError) {
        try checkRow()
        append(Int16(-1))
        try flush()
    }

    private mutating func flush() throws(PostgresError) {
        try unsafe connection.putCopyData(buffer, count: count, statement)
        count = 0
    }

    /// Makes room for `extra` bytes.
    @inlinable
    mutating func reserve(_ extra: Int) {
        if capacity - count < extra { grow(extra) }
    }

    @usableFromInline
    mutating func grow(_ extra: Int) {
        let larger = max(2 * capacity, count + extra)
        let moved = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
        unsafe moved.copyMemory(from: buffer, byteCount: count)
        unsafe buffer.deallocate()
        unsafe buffer = unsafe moved
        capacity = larger
    }

    /// Stores an integer where room is reserved.
    @inlinable
    mutating func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T) {
        unsafe buffer.storeBytes(of: value.bigEndian, toByteOffset: count, as: T.self)
        count &+= MemoryLayout<T>.size
    }

    @inlinable
    mutating func append<T: FixedWidthInteger & BitwiseCopyable>(_ value: T) {
        reserve(MemoryLayout<T>.size)
        store(value)
    }

    /// A field of one integer.
    @inlinable
    mutating func field<T: FixedWidthInteger & BitwiseCopyable>(_ value: T) {
        reserve(4 + MemoryLayout<T>.size)
        fieldsToCome &-= 1
        store(Int32(truncatingIfNeeded: MemoryLayout<T>.size))
        store(value)
    }
}

/// "PGCOPY", a line feed, 0xFF, CR LF and NUL: with it a damaged transfer is noticed.
let copySignature: [UInt8] = [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00]
