import CLibPQ

/// Statements with bound parameters. The method states the shape the caller expects; another shape is an error.
extension Connection {
    /// Runs a statement that returns no columns (a single void column passes).
    /// - Returns: the rows it inserted, updated, deleted or merged; 0 for other statements.
    @discardableResult
    package func execute(_ sql: String, _ parameters: [Value] = []) throws(PostgresError) -> Int {
        let result = try run(sql, parameters)
        let isVoid = result.columnCount == 1 && result.dataType(column: 0) == .void
        guard result.columnCount == 0 || isVoid else {
            throw shapeError("no columns were expected, \(result.columnCount) came back", sql)
        }
        return result.columnCount == 0 ? result.affectedRows : 0
    }

    /// Exactly one row; none or several are an error (21000).
    package func one(_ sql: String, _ parameters: [Value] = []) throws(PostgresError) -> Row {
        guard let row = try optional(sql, parameters) else {
            throw shapeError("one row was expected, none came", sql)
        }
        return row
    }

    /// Exactly one row, decoded; what `decode` throws is passed on.
    package func one<T>(_ sql: String, _ parameters: [Value] = [], as decode: (Row) throws -> T) throws -> T {
        try decode(one(sql, parameters))
    }

    /// One row or none; several are an error (21000).
    package func optional(_ sql: String, _ parameters: [Value] = []) throws(PostgresError) -> Row? {
        let rows = try rows(sql, parameters)
        guard rows.count <= 1 else {
            throw shapeError("at most one row was expected, \(rows.count) came", sql)
        }
        return rows.first
    }

    /// One row or none, decoded; what `decode` throws is passed on.
    package func optional<T>(
        _ sql: String, _ parameters: [Value] = [], as decode: (Row) throws -> T
    ) throws -> T? {
        guard let row = try optional(sql, parameters) else { return nil }
        return try decode(row)
    }

    /// Any number of rows, all held in memory: for many rows use `copyOut`.
    package func rows(_ sql: String, _ parameters: [Value] = []) throws(PostgresError) -> Rows {
        let result = try run(sql, parameters)
        guard result.columnCount > 0 else { throw shapeError("rows were expected, the statement returns none", sql) }
        return Rows(result)
    }

    /// Any number of rows, decoded; what `decode` throws is passed on.
    package func rows<T>(_ sql: String, _ parameters: [Value] = [], as decode: (Row) throws -> T) throws -> [T] {
        let rows = try rows(sql, parameters)
        var values: [T] = []
        values.reserveCapacity(rows.count)
        for row in rows { values.append(try decode(row)) }
        return values
    }

    /// One row of one column, such as `value("select count(*) from t", as: .int64)`.
    package func value<T>(
        _ sql: String, _ parameters: [Value] = [], as type: ColumnType<T>
    ) throws(PostgresError) -> T {
        try type.read(singleColumn(one(sql, parameters), sql))
    }

    /// Any number of rows of one column.
    package func values<T>(
        _ sql: String, _ parameters: [Value] = [], as type: ColumnType<T>
    ) throws(PostgresError) -> [T] {
        var values: [T] = []
        for row in try rows(sql, parameters) { values.append(try type.read(singleColumn(row, sql))) }
        return values
    }

    /// Runs any number of statements without parameters, as for migrations; results are dropped.
    ///
    /// Without a `begin` of its own the whole text is one transaction.
    package func script(_ sql: String) throws(PostgresError) {
        let handle = unsafe try ready(for: sql)
        _ = unsafe try result(of: sql, on: handle, isSent: PQsendQuery(handle, sql) == 1)
    }

    // MARK: Implementation

    private func singleColumn(_ row: Row, _ sql: String) throws(PostgresError) -> Row {
        guard row.columnCount == 1 else {
            throw shapeError("one column was expected, \(row.columnCount) came back", sql)
        }
        return row
    }

    private func run(_ sql: String, _ parameters: [Value]) throws(PostgresError) -> QueryResult {
        let handle = unsafe try ready(for: sql)
        let encoded = EncodedParameters(parameters)
        return unsafe try result(of: sql, on: handle, isSent: encoded.send(sql, on: handle))
    }

    /// Waits for the statement that was sent and returns its last result, or throws its first error.
    func result(of sql: String, on handle: OpaquePointer, isSent: Bool) throws(PostgresError) -> QueryResult {
        try unsafe check(lastResult(of: sql, on: handle, isSent: isSent))
    }

    /// As PQexec does, but of several errors the first: a server that shuts down says why before the connection ends.
    @unsafe
    func lastResult(of sql: String, on handle: OpaquePointer, isSent: Bool) throws(PostgresError) -> QueryResult {
        guard isSent else { throw lastError(sql) }
        var last: QueryResult? = nil
        while let raw = unsafe try nextResult(of: sql, on: handle) {
            let result = unsafe QueryResult(raw, statement: sql)
            if last?.isError != true { last = result }
            if result.isCopy { break }
        }
        guard let last else { throw lastError(sql) }
        return last
    }

    /// The result, if it is a success. A copy that it started is broken off and an error.
    @discardableResult
    func check(_ result: QueryResult) throws(PostgresError) -> QueryResult {
        switch result.status {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return result
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
            breakOffCopy(result.status)
            throw shapeError("a copy was started: use copyIn or copyOut", result.statement)
        default: throw result.error(isServerGone: isServerGone, connectionMessage: lastMessage)
        }
    }

    func shapeError(_ message: String, _ sql: String) -> PostgresError {
        PostgresError(sqlState: .cardinalityViolation, message: message, statement: sql)
    }
}

/// The rows of a result, decoded when they are asked for. The result lives as long as any of its rows.
package struct Rows: RandomAccessCollection {
    private let result: QueryResult
    package let count: Int

    init(_ result: QueryResult) {
        self.result = result
        count = result.rowCount
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { count }

    package subscript(position: Int) -> Row {
        precondition(position >= 0 && position < count, "a row outside the result")
        return Row(result, index: position)
    }
}
