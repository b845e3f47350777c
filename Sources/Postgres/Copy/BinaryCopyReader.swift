/// Takes the messages of a binary COPY OUT apart: header, rows, trailer.
///
/// The server puts whole rows into each message, and the header before the first row.
struct BinaryCopyReader {
    private let columnCount: Int
    private let statement: String
    private var hasHeader = false
    private(set) var rowCount = 0
    /// Whether the trailer has come.
    private(set) var isComplete = false
    /// Whether the server has said that nothing more comes.
    var isOver = false

    init(columnCount: Int, statement: String) {
        self.columnCount = columnCount
        self.statement = statement
    }

    /// Calls `body` for every row in one message.
    mutating func read(
        _ message: UnsafeRawPointer, count: Int, _ body: (inout BinaryCopyRow) throws -> Void
    ) throws {
        var offset = 0
        let bytes = unsafe FieldBytes(start: message, count: count)
        if !hasHeader {
            offset = try unsafe header(bytes)
            hasHeader = true
        }
        while offset < count {
            guard offset + 2 <= count, !isComplete else { throw malformed() }
            let fields = Int(unsafe bytes.load(offset, as: Int16.self))
            offset += 2
            if fields == -1 {
                isComplete = true
                continue
            }
            guard fields == columnCount else { throw malformed() }
            rowCount += 1
            var row = unsafe BinaryCopyRow(
                start: message, offset: offset, end: count, fieldCount: fields, rowNumber: rowCount,
                statement: statement)
            try body(&row)
            guard row.fieldsToCome == 0 else { throw row.unread() }
            offset = row.offset
        }
    }

    /// Checks signature, flags and header extension, and returns their length.
    private func header(_ bytes: FieldBytes) throws(PostgresError) -> Int {
        guard unsafe bytes.count >= 19 else { throw malformed() }
        for (index, byte) in copySignature.enumerated() {
            guard unsafe bytes.load(index, as: UInt8.self) == byte else { throw malformed() }
        }
        let flags = unsafe bytes.load(11, as: UInt32.self)
        let extensionSize = Int(unsafe bytes.load(15, as: UInt32.self))
        guard flags & 0xFFFF_0000 == 0, unsafe extensionSize <= bytes.count - 19 else { throw malformed() }
        return 19 + extensionSize
    }

    private func malformed() -> PostgresError {
        PostgresError(
            sqlState: .badCopyFileFormat, message: "the server's copy is not well-formed at row \(rowCount + 1)",
            statement: statement)
    }
}
