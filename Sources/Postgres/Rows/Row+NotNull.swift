/// The same getters for columns that are never null: null is an error that names the column.
extension Row {
    package func bool(_ column: Column) throws(PostgresError) -> Bool {
        try require(boolOrNull(column), column)
    }

    package func int16(_ column: Column) throws(PostgresError) -> Int16 {
        try require(int16OrNull(column), column)
    }

    package func int32(_ column: Column) throws(PostgresError) -> Int32 {
        try require(int32OrNull(column), column)
    }

    package func int64(_ column: Column) throws(PostgresError) -> Int64 {
        try require(int64OrNull(column), column)
    }

    package func double(_ column: Column) throws(PostgresError) -> Double {
        try require(doubleOrNull(column), column)
    }

    package func text(_ column: Column) throws(PostgresError) -> String {
        try require(textOrNull(column), column)
    }

    package func bytes(_ column: Column) throws(PostgresError) -> [UInt8] {
        try require(bytesOrNull(column), column)
    }

    package func date(_ column: Column) throws(PostgresError) -> Int32 {
        try require(dateOrNull(column), column)
    }

    package func timestamp(_ column: Column) throws(PostgresError) -> Int64 {
        try require(timestampOrNull(column), column)
    }

    package func numeric(_ column: Column) throws(PostgresError) -> (unscaled: Int128, scale: Int) {
        try require(numericOrNull(column), column)
    }

    package func numericScaled(_ column: Column, scale: Int) throws(PostgresError) -> Int64 {
        try require(numericScaledOrNull(column, scale: scale), column)
    }

    package func int64Array(_ column: Column) throws(PostgresError) -> [Int64] {
        try require(int64ArrayOrNull(column), column)
    }

    package func textArray(_ column: Column) throws(PostgresError) -> [String] {
        try require(textArrayOrNull(column), column)
    }
}
