import CLibPQ

/// Asks the server to end the statement a connection is running. It then fails with 57014.
///
/// May be used from any thread and, as libpq documents for PQcancel, from a signal handler; it stays usable, though
/// without effect, after the connection is closed.
@safe
package final class CancelHandle: Sendable {
    // PQcancel only reads what this points to, and nothing else uses it before deinit.
    private nonisolated(unsafe) let handle: OpaquePointer?

    init(_ handle: OpaquePointer?) {
        unsafe self.handle = unsafe handle
    }

    deinit {
        unsafe PQfreeCancel(handle)
    }

    /// Sends the request and returns when the server has taken it, which says nothing about its effect.
    /// - Returns: whether the request was sent.
    @discardableResult
    package func cancel() -> Bool {
        // A fixed buffer on the stack: no allocation, so that a signal handler may call this.
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { message in
            guard let handle = unsafe handle else { return false }
            return unsafe PQcancel(handle, message.baseAddress, 256) == 1
        }
    }
}

extension Connection {
    /// A handle with which another thread or a signal handler can cancel what this connection is running.
    package func cancelHandle() throws(PostgresError) -> CancelHandle {
        unsafe CancelHandle(PQgetCancel(try copying("")))
    }
}
