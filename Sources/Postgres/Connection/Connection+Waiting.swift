import CLibPQ
import Glibc

/// Waiting for the server, no longer than the silence limit lets it be silent.
extension Connection {
    /// The next result of the statement that was sent, or nil when there is none left.
    @unsafe
    func nextResult(of sql: String, on handle: OpaquePointer) throws(PostgresError) -> OpaquePointer? {
        while unsafe PQisBusy(handle) == 1 { unsafe try waitForBytes(of: sql, on: handle) }
        return unsafe PQgetResult(handle)
    }

    /// Waits until the server has sent something, or is gone, and takes it in.
    @unsafe
    func waitForBytes(of sql: String, on handle: OpaquePointer) throws(PostgresError) {
        // Where the wait fails the connection is broken, and taking in says so.
        guard unsafe wait(for: POLLIN, on: handle) else { throw giveUp(on: sql) }
        // What fails here stands in the next result.
        _ = unsafe PQconsumeInput(handle)
    }

    /// Sends what libpq has buffered of a copy; takes in what the server says meanwhile, so that neither blocks.
    @unsafe
    func flush(_ sql: String, on handle: OpaquePointer) throws(PostgresError) {
        while true {
            // 0: all is sent; below 0: the connection is broken, and the copy's end says why.
            guard unsafe PQflush(handle) == 1 else { return }
            guard unsafe wait(for: POLLIN | POLLOUT, on: handle) else { throw giveUp(on: sql) }
            _ = unsafe PQconsumeInput(handle)
        }
    }

    /// Whether libpq waits when the socket takes no more, as it does except in a copy to the server.
    func setBlocking(_ blocks: Bool) {
        guard isOpen, let handle = try? unsafe copying("") else { return }
        _ = unsafe PQsetnonblocking(handle, blocks ? 0 : 1)
    }

    /// Whether the connection is lost, whatever libpq's status says: it keeps calling a connection good whose peer has
    /// hung up until it reads from it.
    var isServerGone: Bool {
        guard isOpen, let handle = try? unsafe copying("") else { return true }
        let socket = unsafe PQsocket(handle)
        guard socket >= 0 else { return true }
        var byte: UInt8 = 0
        let count = unsafe recv(socket, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
        return count == 0 || count < 0 && errno != EAGAIN && errno != EINTR
    }

    /// Waits for one of the events. Returns false when the silence limit has passed.
    @unsafe
    private func wait(for events: Int32, on handle: OpaquePointer) -> Bool {
        let socket = unsafe PQsocket(handle)
        guard socket >= 0 else { return true }
        var asked = pollfd(fd: socket, events: Int16(events), revents: 0)
        let end = silenceLimit.map { ContinuousClock.now + $0 }
        while true {
            var rest: Int32 = -1
            if let end {
                let left = (end - ContinuousClock.now).components
                rest = Int32(clamping: left.seconds * 1_000 + left.attoseconds / 1_000_000_000_000_000)
                if rest < 0 { rest = 0 }
            }
            let ready = unsafe poll(&asked, 1, rest)
            // A signal interrupts the wait; its handler has done what it does.
            if ready < 0, errno == EINTR { continue }
            return ready != 0
        }
    }
}
