/// The same getters for columns that are never null: null is an error that names the column.
extension Row {
    package func bool(_ column: Int) throws(PostgresError) -> Bool {
        try require(boolOrNull(column), column)
    }

    package func int16(_ column: Int) throws(PostgresError) -> Int16 {
        try require(int16OrNull(column), column)
    }

    package func int32(_ column: Int) throws(PostgresError) -> Int32 {
        try require(int32OrNull(column), column)
    }

    package func int64(_ column: Int) throws(PostgresError) -> Int64 {
        try require(int64OrNull(column), column)
    }

    package func double(_ column: Int) throws(PostgresError) -> Double {
        try require(doubleOrNull(column), column)
    }

    package func text(_ column: Int) throws(PostgresError) -> String {
        try require(textOrNull(column), column)
    }

    package func bytes(_ column: Int) throws(PostgresError) -> [UInt8] {
        try require(bytesOrNull(column), column)
    }

    package func date(_ column: Int) throws(PostgresError) -> Int32 {
        try require(dateOrNull(column), column)
    }

    package func timestamp(_ column: Int) throws(PostgresError) -> Int64 {
        try require(timestampOrNull(column), column)
    }

    package func numeric(_ column: Int) throws(PostgresError) -> (unscaled: Int128, scale: Int) {
        try require(numericOrNull(column), column)
    }

    package func numericScaled(_ column: Int, scale: Int) throws(PostgresError) -> Int64 {
        try require(numericScaledOrNull(column, scale: scale), column)
    }

    package func int64Array(_ column: Int) throws(PostgresError) -> [Int64] {
        try require(int64ArrayOrNull(column), column)
    }

    package func textArray(_ column: Int) throws(PostgresError) -> [String] {
        try require(textArrayOrNull(column), column)
    }
}
