import CLibPQ

/// COPY in and out. While one is under way the connection takes no other statement.
extension Connection {
    /// Sends rows in binary: `copy t (a, b) from stdin (format binary)`.
    ///
    /// If `body` throws, the statement fails on the server, nothing of it stays, and the error is thrown on.
    /// - Returns: the number of rows the server took.
    @discardableResult
    package func copyIn(_ sql: String, _ body: (inout BinaryCopyWriter) throws -> Void) throws -> Int {
        let start = try startCopy(sql, status: PGRES_COPY_IN, isBinary: true)
        setCopying(true)
        setBlocking(false)
        defer {
            setBlocking(true)
            setCopying(false)
        }
        do {
            var writer = BinaryCopyWriter(self, columnCount: start.columnCount, statement: sql)
            try body(&writer)
            try writer.finish()
        } catch {
            throw abandonCopyIn(sql, because: error)
        }
        return try finishCopyIn(sql)
    }

    /// Sends bytes as they are: `copy t (a, b) from stdin (format csv, header match)`.
    ///
    /// If `body` throws, the statement fails on the server, nothing of it stays, and the error is thrown on.
    /// - Returns: the number of rows the server took.
    @discardableResult
    package func copyInText(_ sql: String, _ body: (inout TextCopyWriter) throws -> Void) throws -> Int {
        _ = try startCopy(sql, status: PGRES_COPY_IN, isBinary: false)
        setCopying(true)
        setBlocking(false)
        defer {
            setBlocking(true)
            setCopying(false)
        }
        do {
            var writer = TextCopyWriter(self, statement: sql)
            try body(&writer)
        } catch {
            throw abandonCopyIn(sql, because: error)
        }
        return try finishCopyIn(sql)
    }

    /// Receives rows in binary: `copy (select …) to stdout (format binary)`; `body` is called once a row.
    ///
    /// COPY cannot take bound parameters and does not tell the columns' types: the getters check lengths only.
    /// If `body` throws, the statement is cancelled and the error thrown on; an open transaction has then failed.
    /// - Returns: the number of rows.
    @discardableResult
    package func copyOut(_ sql: String, _ body: (inout BinaryCopyRow) throws -> Void) throws -> Int {
        let start = try startCopy(sql, status: PGRES_COPY_OUT, isBinary: true)
        setCopying(true)
        defer { setCopying(false) }
        var reader = BinaryCopyReader(columnCount: start.columnCount, statement: sql)
        do {
            while try receive(into: &reader, sql, body) {}
        } catch {
            if !isServerGone, let handle = try? unsafe copying(sql) {
                if !reader.isOver { _ = try? cancelHandle().cancel() }
                unsafe drain(handle)
            }
            throw error
        }
        guard reader.isComplete else {
            throw PostgresError(
                sqlState: .protocolViolation, message: "the copy ended without its trailer", statement: sql)
        }
        return reader.rowCount
    }

    /// Receives bytes as they are: `copy (select …) to stdout (format csv, header)`; a call need not end with a line.
    ///
    /// If `body` throws, the statement is cancelled and the error thrown on; an open transaction has then failed.
    /// - Returns: the number of rows.
    @discardableResult
    package func copyOutText(_ sql: String, _ body: ([UInt8]) throws -> Void) throws -> Int {
        _ = try startCopy(sql, status: PGRES_COPY_OUT, isBinary: false)
        setCopying(true)
        defer { setCopying(false) }
        do {
            while let bytes = try receiveMessage(sql) { try body(bytes) }
        } catch {
            if !isServerGone, let handle = try? unsafe copying(sql) {
                _ = try? cancelHandle().cancel()
                unsafe drain(handle)
            }
            throw error
        }
        return unsafe try checkEnd(try copying(sql), sql)
    }

    // MARK: Implementation

    /// One message of a copy out; nil when there are no more.
    private func receiveMessage(_ sql: String) throws(PostgresError) -> [UInt8]? {
        let handle = unsafe try copying(sql)
        var message: UnsafeMutablePointer<CChar>? = nil
        var count = unsafe Int(PQgetCopyData(handle, &message, 1))
        while count == 0 {
            unsafe try waitForBytes(of: sql, on: handle)
            // Of a lost connection the blocking call says so, the other one "nothing yet" for ever.
            count = unsafe Int(PQgetCopyData(handle, &message, isOpen ? 1 : 0))
        }
        defer { unsafe PQfreemem(message) }
        if count > 0, let message = unsafe message {
            return unsafe [UInt8](UnsafeRawBufferPointer(start: message, count: count))
        }
        guard count == -1 else { throw lastError(sql) }
        return nil
    }

    private func startCopy(
        _ sql: String, status: ExecStatusType, isBinary: Bool
    ) throws(PostgresError) -> QueryResult {
        let isSent = takeAhead(sql)
        let handle = unsafe try ready(for: sql)
        let result = unsafe try lastResult(
            of: sql, on: handle, isSent: isSent ? true : PQsendQuery(handle, sql) == 1)
        guard result.status == status, result.isBinaryCopy == isBinary else {
            if result.isError { try check(result) }
            breakOffCopy(result.status)
            let direction = status == PGRES_COPY_IN ? "from stdin" : "to stdout"
            let format = isBinary ? "in binary" : "in text or csv"
            throw shapeError("a copy \(direction) \(format) was expected", sql)
        }
        return result
    }

    /// Hands one message of the server to the reader. Returns whether there may be more.
    private func receive(
        into reader: inout BinaryCopyReader, _ sql: String, _ body: (inout BinaryCopyRow) throws -> Void
    ) throws -> Bool {
        let handle = unsafe try copying(sql)
        var message: UnsafeMutablePointer<CChar>? = nil
        var count = unsafe Int(PQgetCopyData(handle, &message, 1))
        while count == 0 {
            unsafe try waitForBytes(of: sql, on: handle)
            // Of a lost connection the blocking call says so, the other one "nothing yet" for ever.
            count = unsafe Int(PQgetCopyData(handle, &message, isOpen ? 1 : 0))
        }
        defer { unsafe PQfreemem(message) }
        if count > 0, let message = unsafe message {
            try unsafe reader.read(UnsafeRawPointer(message), count: count, body)
            return true
        }
        reader.isOver = true
        try unsafe checkEnd(handle, sql)
        guard count == -1 else { throw lastError(sql) }
        return false
    }

    private func finishCopyIn(_ sql: String) throws(PostgresError) -> Int {
        let handle = unsafe try copying(sql)
        // If it cannot be sent, the results below say why, in the server's words if it had any.
        _ = unsafe PQputCopyEnd(handle, nil)
        unsafe try flush(sql, on: handle)
        return unsafe try checkEnd(handle, sql)
    }

    /// The rows of a copy that is over, or the first error the server reports for it.
    @unsafe @discardableResult
    private func checkEnd(_ handle: OpaquePointer, _ sql: String) throws(PostgresError) -> Int {
        var rows = 0
        var failure: PostgresError? = nil
        while let raw = unsafe try nextResult(of: sql, on: handle) {
            let result = unsafe QueryResult(raw, statement: sql)
            guard !result.isCopy else { throw lastError(sql) }
            do {
                rows = try check(result).affectedRows
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return rows
    }

    /// Fails a COPY IN on the server and returns what to throw: the server's own error if it had one before.
    private func abandonCopyIn(_ sql: String, because cause: any Error) -> any Error {
        guard let handle = try? unsafe copying(sql) else { return cause }
        // Even if this cannot be sent any more, the server may have said before why it went away.
        _ = unsafe PQputCopyEnd(handle, "the sender gave up")
        do {
            unsafe try flush(sql, on: handle)
            _ = unsafe try checkEnd(handle, sql)
            return cause
        } catch {
            let isOwn = error.sqlState == .queryCanceled
            return cause is PostgresError && !isOwn ? error : cause
        }
    }

    /// Ends a copy that was started where none was expected.
    func breakOffCopy(_ status: ExecStatusType) {
        guard let handle = try? unsafe copying("") else { return }
        switch status {
        case PGRES_COPY_IN: _ = unsafe PQputCopyEnd(handle, "not expected")
        case PGRES_COPY_OUT: _ = try? cancelHandle().cancel()
        default: break
        }
        unsafe drain(handle)
    }

    /// Reads and drops what the server still sends for a statement, so that the next can start.
    @unsafe
    private func drain(_ handle: OpaquePointer) {
        while true {
            var message: UnsafeMutablePointer<CChar>? = nil
            let count = unsafe PQgetCopyData(handle, &message, 0)
            unsafe PQfreemem(message)
            if count <= 0 { break }
        }
        while let result = unsafe PQgetResult(handle) {
            let status = unsafe PQresultStatus(result)
            unsafe PQclear(result)
            // A connection that is gone repeats the same result for ever.
            if !isOpen || status == PGRES_COPY_IN || status == PGRES_COPY_OUT { break }
        }
    }

    /// Hands a writer's bytes to libpq.
    func putCopyData(_ bytes: UnsafeRawPointer, count: Int, _ sql: String) throws(PostgresError) {
        let handle = unsafe try copying(sql)
        var rest = count
        var start = unsafe bytes
        while rest > 0 {
            let part = min(rest, 1 << 30)
            let sent = unsafe PQputCopyData(handle, start.assumingMemoryBound(to: CChar.self), Int32(part))
            guard sent == 1 else { throw lastError(sql) }
            unsafe try flush(sql, on: handle)
            rest -= part
            unsafe start += part
        }
    }
}
