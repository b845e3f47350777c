/// One row of a result. A getter names a column by its position, from 0, and the type the caller expects there.
///
/// The type must be the column's own (no widening, no parsing): another type, or null where the getter does not end in
/// `OrNull`, is an error that names the column. A position outside the row is a programmer's error and stops.
package struct Row {
    private let result: QueryResult
    private let index: Int

    init(_ result: QueryResult, index: Int) {
        self.result = result
        self.index = index
    }

    package var columnCount: Int { result.columnCount }

    /// The column's name in the result.
    package func columnName(_ column: Int) -> String { result.name(column: checked(column)) }

    /// The type of a column; of a domain its base type.
    package func columnType(_ column: Int) -> DataType { result.dataType(column: checked(column)) }

    /// Whether the value is null.
    package func isNull(_ column: Int) -> Bool { unsafe result.bytes(row: index, column: checked(column)) == nil }
}

/// Values that may be null: null is nil, another type than the column's is an error that names the column.
extension Row {
    package func boolOrNull(_ column: Int) throws(PostgresError) -> Bool? {
        try unsafe decode(column, [.bool]) { (bytes) throws(FieldFault) in try unsafe bytes.bool() }
    }

    package func int16OrNull(_ column: Int) throws(PostgresError) -> Int16? {
        try unsafe decode(column, [.int16]) { (bytes) throws(FieldFault) in try unsafe bytes.integer(Int16.self) }
    }

    package func int32OrNull(_ column: Int) throws(PostgresError) -> Int32? {
        try unsafe decode(column, [.int32]) { (bytes) throws(FieldFault) in try unsafe bytes.integer(Int32.self) }
    }

    package func int64OrNull(_ column: Int) throws(PostgresError) -> Int64? {
        try unsafe decode(column, [.int64]) { (bytes) throws(FieldFault) in try unsafe bytes.integer(Int64.self) }
    }

    /// A whole number of 16, 32 or 64 bits.
    package func integerOrNull(_ column: Int) throws(PostgresError) -> Int64? {
        let type = result.dataType(column: checked(column))
        if type == .int16 { return try int16OrNull(column).map(Int64.init) }
        if type == .int32 { return try int32OrNull(column).map(Int64.init) }
        return try int64OrNull(column)
    }

    package func doubleOrNull(_ column: Int) throws(PostgresError) -> Double? {
        try unsafe decode(column, [.double]) { (bytes) throws(FieldFault) in try unsafe bytes.double() }
    }

    /// Text, character varying, character or name.
    package func textOrNull(_ column: Int) throws(PostgresError) -> String? {
        try unsafe decode(column, [.text, .varyingText, .paddedText, .name]) { (bytes) throws(FieldFault) in
            try unsafe bytes.text()
        }
    }

    package func bytesOrNull(_ column: Int) throws(PostgresError) -> [UInt8]? {
        try unsafe decode(column, [.bytea]) { (bytes) throws(FieldFault) in unsafe bytes.bytes() }
    }

    /// Days since 2000-01-01; infinite dates are an error.
    package func dateOrNull(_ column: Int) throws(PostgresError) -> Int32? {
        try unsafe decode(column, [.date]) { (bytes) throws(FieldFault) in try unsafe bytes.date() }
    }

    /// Microseconds since 2000-01-01 00:00 UTC; infinite times are an error.
    package func timestampOrNull(_ column: Int) throws(PostgresError) -> Int64? {
        try unsafe decode(column, [.timestampWithTimeZone]) { (bytes) throws(FieldFault) in try unsafe bytes.timestamp()
        }
    }

    /// `unscaled` · 10^-`scale`, exact; NaN, infinities and what exceeds 128 bits are errors.
    package func numericOrNull(_ column: Int) throws(PostgresError) -> (unscaled: Int128, scale: Int)? {
        try unsafe decode(column, [.numeric]) { (bytes) throws(FieldFault) in try unsafe bytes.numeric() }
    }

    package func int64ArrayOrNull(_ column: Int) throws(PostgresError) -> [Int64]? {
        try unsafe decode(column, [.int64Array]) { (bytes) throws(FieldFault) in
            var values: [Int64] = []
            try unsafe bytes.appendInt64Array(to: &values)
            return values
        }
    }

    package func textArrayOrNull(_ column: Int) throws(PostgresError) -> [String]? {
        try unsafe decode(column, [.textArray]) { (bytes) throws(FieldFault) in try unsafe bytes.textArray() }
    }

    /// The value times 10^`scale`; an error if that is not a whole number of 64 bits.
    package func numericScaledOrNull(_ column: Int, scale: Int) throws(PostgresError) -> Int64? {
        try unsafe decode(column, [.numeric]) { (bytes) throws(FieldFault) in
            try unsafe bytes.numericInt64(scale: scale)
        }
    }

    // MARK: Implementation

    func require<T>(_ value: T?, _ column: Int) throws(PostgresError) -> T {
        guard let value else { throw error(.null, column) }
        return value
    }

    private func decode<T>(
        _ column: Int, _ types: [DataType], _ decoder: (FieldBytes) throws(FieldFault) -> T
    ) throws(PostgresError) -> T? {
        let found = result.dataType(column: checked(column))
        guard types.contains(found) else {
            throw PostgresError(
                sqlState: .datatypeMismatch,
                message: "column \(result.name(column: column)) is \(found) where \(types[0]) was asked for",
                statement: result.statement)
        }
        guard let bytes = unsafe result.bytes(row: index, column: column) else { return nil }
        do { return unsafe try decoder(bytes) } catch { throw self.error(error, column) }
    }

    private func error(_ fault: FieldFault, _ column: Int) -> PostgresError {
        fault.error(
            field: "column \(result.name(column: column))", type: "\(result.dataType(column: column))",
            statement: result.statement)
    }

    private func checked(_ column: Int) -> Int {
        precondition(column >= 0 && column < result.columnCount, "a column outside the row")
        return column
    }
}
