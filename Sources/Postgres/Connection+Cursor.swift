extension Connection {
    /// Calls `body` for every row of a query with bound parameters, holding only `batch` rows in memory.
    ///
    /// For a query that `copyOut` cannot run because COPY takes no parameters; about half as fast. It needs an open
    /// transaction, and `body` may run other statements in it, but not another `forEachRow`.
    /// - Returns: the number of rows.
    @discardableResult
    package func forEachRow(
        _ sql: String, _ parameters: [Value] = [], batch: Int = 1_000, _ body: (Row) throws -> Void
    ) throws -> Int {
        guard isInTransaction else {
            throw PostgresError(
                sqlState: .objectNotInPrerequisiteState, message: "rows are read in batches in a transaction only",
                statement: sql)
        }
        precondition(batch > 0, "a batch has at least one row")
        try execute("declare each_row no scroll cursor without hold for\n\(sql)", parameters)
        var count = 0
        do {
            while true {
                let rows = try rows("fetch forward \(batch) from each_row")
                for row in rows { try body(row) }
                count += rows.count
                if rows.count < batch { break }
            }
        } catch {
            // In a failed transaction this fails too, and the cursor goes with the transaction.
            try? script("close each_row")
            throw error
        }
        try script("close each_row")
        return count
    }
}
