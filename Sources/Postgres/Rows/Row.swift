/// One row of a result. A getter names a column and the type the caller expects there: `row.text("account")`.
///
/// The type must be the column's own (no widening, no parsing): another type, or null where the getter does not end in
/// `OrNull`, is an error that names the column. So is a name that no column of the result has, or two.
package struct Row {
    private let result: QueryResult
    private let index: Int

    init(_ result: QueryResult, index: Int) {
        self.result = result
        self.index = index
    }

    package var columnCount: Int { result.columnCount }

    /// The type of a column; of a domain its base type.
    package func columnType(_ column: Column) throws(PostgresError) -> DataType {
        result.dataType(column: try column.index(in: result))
    }

    /// Whether the value is null.
    package func isNull(_ column: Column) throws(PostgresError) -> Bool {
        let field = try column.index(in: result)
        return unsafe result.bytes(row: index, column: field) == nil
    }
}

/// Values that may be null: null is nil, another type than the column's is an error that names the column.
extension Row {
    package func boolOrNull(_ column: Column) throws(PostgresError) -> Bool? {
        try unsafe decode(column, [.bool]) { (bytes) throws(FieldFault) in try unsafe bytes.bool() }
    }

    package func int16OrNull(_ column: Column) throws(PostgresError) -> Int16? {
        try unsafe decode(column, [.int16]) { (bytes) throws(FieldFault) in try unsafe bytes.integer(Int16.self) }
    }

    package func int32OrNull(_ column: Column) throws(PostgresError) -> Int32? {
        try unsafe decode(column, [.int32]) { (bytes) throws(FieldFault) in try unsafe bytes.integer(Int32.self) }
    }

    package func int64OrNull(_ column: Column) throws(PostgresError) -> Int64? {
        try unsafe decode(column, [.int64]) { (bytes) throws(FieldFault) in try unsafe bytes.integer(Int64.self) }
    }

    /// A whole number of 16, 32 or 64 bits.
    package func integerOrNull(_ column: Column) throws(PostgresError) -> Int64? {
        let type = try columnType(column)
        if type == .int16 { return try int16OrNull(column).map(Int64.init) }
        if type == .int32 { return try int32OrNull(column).map(Int64.init) }
        return try int64OrNull(column)
    }

    package func doubleOrNull(_ column: Column) throws(PostgresError) -> Double? {
        try unsafe decode(column, [.double]) { (bytes) throws(FieldFault) in try unsafe bytes.double() }
    }

    /// Text, character varying, character or name.
    package func textOrNull(_ column: Column) throws(PostgresError) -> String? {
        try unsafe decode(column, [.text, .varyingText, .paddedText, .name]) { (bytes) throws(FieldFault) in
            try unsafe bytes.text()
        }
    }

    package func bytesOrNull(_ column: Column) throws(PostgresError) -> [UInt8]? {
        try unsafe decode(column, [.bytea]) { (bytes) throws(FieldFault) in unsafe bytes.bytes() }
    }

    /// Days since 2000-01-01; infinite dates are an error.
    package func dateOrNull(_ column: Column) throws(PostgresError) -> Int32? {
        try unsafe decode(column, [.date]) { (bytes) throws(FieldFault) in try unsafe bytes.date() }
    }

    /// Microseconds since 2000-01-01 00:00 UTC; infinite times are an error.
    package func timestampOrNull(_ column: Column) throws(PostgresError) -> Int64? {
        try unsafe decode(column, [.timestampWithTimeZone]) { (bytes) throws(FieldFault) in try unsafe bytes.timestamp()
        }
    }

    /// `unscaled` · 10^-`scale`, exact; NaN, infinities and what exceeds 128 bits are errors.
    package func numericOrNull(_ column: Column) throws(PostgresError) -> (unscaled: Int128, scale: Int)? {
        try unsafe decode(column, [.numeric]) { (bytes) throws(FieldFault) in try unsafe bytes.numeric() }
    }

    package func int64ArrayOrNull(_ column: Column) throws(PostgresError) -> [Int64]? {
        try unsafe decode(column, [.int64Array]) { (bytes) throws(FieldFault) in
            var values: [Int64] = []
            try unsafe bytes.appendInt64Array(to: &values)
            return values
        }
    }

    package func textArrayOrNull(_ column: Column) throws(PostgresError) -> [String]? {
        try unsafe decode(column, [.textArray]) { (bytes) throws(FieldFault) in try unsafe bytes.textArray() }
    }

    /// The value times 10^`scale`; an error if that is not a whole number of 64 bits.
    package func numericScaledOrNull(_ column: Column, scale: Int) throws(PostgresError) -> Int64? {
        try unsafe decode(column, [.numeric]) { (bytes) throws(FieldFault) in
            try unsafe bytes.numericInt64(scale: scale)
        }
    }

    // MARK: Implementation

    func require<T>(_ value: T?, _ column: Column) throws(PostgresError) -> T {
        guard let value else { throw error(.null, try column.index(in: result)) }
        return value
    }

    private func decode<T>(
        _ column: Column, _ types: [DataType], _ decoder: (FieldBytes) throws(FieldFault) -> T
    ) throws(PostgresError) -> T? {
        let field = try column.index(in: result)
        let found = result.dataType(column: field)
        guard types.contains(found) else {
            throw PostgresError(
                sqlState: .datatypeMismatch,
                message: "column \(result.name(column: field)) is \(found) where \(types[0]) was asked for",
                statement: result.statement)
        }
        guard let bytes = unsafe result.bytes(row: index, column: field) else { return nil }
        do { return unsafe try decoder(bytes) } catch { throw self.error(error, field) }
    }

    private func error(_ fault: FieldFault, _ field: Int) -> PostgresError {
        fault.error(
            field: "column \(result.name(column: field))", type: "\(result.dataType(column: field))",
            statement: result.statement)
    }
}
