/// The bytes of a COPY IN in text or csv, passed to the server as they are; lines need not end where a call ends.
package struct TextCopyWriter: ~Copyable {
    private let connection: Connection
    private let statement: String

    init(_ connection: Connection, statement: String) {
        self.connection = connection
        self.statement = statement
    }

    /// Sends the bytes; best in pieces of some 64 KiB or more.
    package mutating func bytes(_ bytes: Span<UInt8>) throws(PostgresError) {
        try unsafe bytes.withUnsafeBytes { (buffer) throws(PostgresError) in
            guard let start = buffer.baseAddress else { return }
            try unsafe connection.putCopyData(start, count: buffer.count, statement)
        }
    }

    /// Sends the bytes; best in pieces of some 64 KiB or more.
    package mutating func bytes(_ bytes: [UInt8]) throws(PostgresError) {
        try self.bytes(bytes.span)
    }

    /// Sends the text in UTF-8.
    package mutating func text(_ text: String) throws(PostgresError) {
        try bytes([UInt8](text.utf8))
    }
}
