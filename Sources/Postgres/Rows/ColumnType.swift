/// The type a caller expects of a single column, and how it is read: `value(sql, as: .int64)`.
package struct ColumnType<T> {
    let read: (Row) throws(PostgresError) -> T

    init(_ read: @escaping (Row) throws(PostgresError) -> T) {
        self.read = read
    }
}

extension ColumnType<Bool> {
    package static var bool: Self { Self { (row) throws(PostgresError) in try row.bool(.at(0)) } }
}

extension ColumnType<Int16> {
    package static var int16: Self { Self { (row) throws(PostgresError) in try row.int16(.at(0)) } }
}

extension ColumnType<Int32> {
    package static var int32: Self { Self { (row) throws(PostgresError) in try row.int32(.at(0)) } }
    /// Days since 2000-01-01.
    package static var date: Self { Self { (row) throws(PostgresError) in try row.date(.at(0)) } }
}

extension ColumnType<Int64> {
    package static var int64: Self { Self { (row) throws(PostgresError) in try row.int64(.at(0)) } }
    /// Microseconds since 2000-01-01 00:00 UTC.
    package static var timestamp: Self { Self { (row) throws(PostgresError) in try row.timestamp(.at(0)) } }
    /// A numeric times 10^`scale`, exact.
    package static func numeric(scale: Int) -> Self {
        Self { (row) throws(PostgresError) in try row.numericScaled(.at(0), scale: scale) }
    }
}

extension ColumnType<Int64?> {
    package static var int64OrNull: Self { Self { (row) throws(PostgresError) in try row.int64OrNull(.at(0)) } }
    /// Microseconds since 2000-01-01 00:00 UTC.
    package static var timestampOrNull: Self { Self { (row) throws(PostgresError) in try row.timestampOrNull(.at(0)) } }
    /// A numeric times 10^`scale`, exact.
    package static func numericOrNull(scale: Int) -> Self {
        Self { (row) throws(PostgresError) in try row.numericScaledOrNull(.at(0), scale: scale) }
    }
}

extension ColumnType<Int32?> {
    /// Days since 2000-01-01.
    package static var dateOrNull: Self { Self { (row) throws(PostgresError) in try row.dateOrNull(.at(0)) } }
}

extension ColumnType<Double> {
    package static var double: Self { Self { (row) throws(PostgresError) in try row.double(.at(0)) } }
}

extension ColumnType<String> {
    package static var text: Self { Self { (row) throws(PostgresError) in try row.text(.at(0)) } }
}

extension ColumnType<String?> {
    package static var textOrNull: Self { Self { (row) throws(PostgresError) in try row.textOrNull(.at(0)) } }
}

extension ColumnType<[UInt8]> {
    package static var bytea: Self { Self { (row) throws(PostgresError) in try row.bytes(.at(0)) } }
}

extension ColumnType<[Int64]> {
    package static var int64Array: Self { Self { (row) throws(PostgresError) in try row.int64Array(.at(0)) } }
}
