import CLibPQ

/// Statements that are sent before anybody waits for them: the server works on one while the program does other things.
///
/// The server stops by itself where its answer fills the socket, so what is sent ahead takes no memory here. Until it
/// is waited for, no other statement may start on the connection (55000).
extension Connection {
    /// Sends a script, which `finishAhead` waits for, or one copy to stdout, which `copyOut` of the same text receives.
    package func sendAhead(_ sql: String) throws(PostgresError) {
        let handle = unsafe try ready(for: sql)
        guard unsafe PQsendQuery(handle, sql) == 1 else { throw lastError(sql) }
        sentAhead = sql
    }

    /// Waits for the script that was sent ahead, and throws its first error; does nothing where none was.
    package func finishAhead() throws(PostgresError) {
        guard let sql = sentAhead else { return }
        sentAhead = nil
        _ = unsafe try result(of: sql, on: ready(for: sql), isSent: true)
    }

    /// Whether this statement was sent ahead; then it is about to be waited for.
    func takeAhead(_ sql: String) -> Bool {
        guard sentAhead == sql else { return false }
        sentAhead = nil
        return true
    }

    /// Ends the session, whatever it is doing: what was sent ahead is cancelled.
    package func abandon() {
        if sentAhead != nil { _ = try? cancelHandle().cancel() }
        close()
    }
}
