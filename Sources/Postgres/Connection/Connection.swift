import CLibPQ

/// A connection to one PostgreSQL database: libpq, synchronous, everything in binary.
///
/// Not Sendable: one task, the main one, talks to the database; a `CancelHandle` is what other threads may hold.
/// It does not pool, reconnect, retry, prepare statements or parse SQL. After an error of category `connectionLost`
/// it is of no more use: open another.
@safe
package final class Connection {
    private var handle: OpaquePointer?
    private let notices: NoticeBox
    /// What it was opened with, for `reopen`.
    private let settings: [(String, String)]
    /// How long the server may say nothing while an answer is awaited; nil waits for ever.
    ///
    /// What the operating system cannot see (a stopped server process, a network that swallows everything) is found
    /// only so. A silence beyond it ends the connection with 08006; it must be longer than the longest statement.
    package var silenceLimit: Duration? = nil
    /// Whether a COPY is under way, so that no other statement may start.
    private var isCopying = false
    /// What was sent ahead and is not waited for yet, so that no other statement may start.
    var sentAhead: String? = nil

    private init(_ handle: OpaquePointer, settings: [(String, String)]) {
        unsafe self.handle = unsafe handle
        self.settings = settings
        notices = NoticeBox()
        announcedProcess = unsafe PQbackendPID(handle)
        backendProcess = announcedProcess
        unsafe collectNotices(handle)
    }

    @unsafe
    private func collectNotices(_ handle: OpaquePointer) {
        // libpq would print notices to standard error. The connection owns the box, so the pointer outlives its use.
        _ = unsafe PQsetNoticeProcessor(
            handle,
            { box, text in
                guard let box = unsafe box, let text = unsafe text else { return }
                unsafe Unmanaged<NoticeBox>.fromOpaque(box).takeUnretainedValue().add(String(cString: text))
            }, Unmanaged.passUnretained(notices).toOpaque())
    }

    deinit {
        close()
    }

    /// Connects by libpq's own rules: connection string, PG* environment, service file, password file.
    ///
    /// The session is then made independent of the server's, the role's and PGOPTIONS' ideas of dates, zones,
    /// encodings and string syntax. `search_path`, time-outs and the role are left to the caller.
    /// - Parameters:
    ///   - conninfo: a libpq connection string or URI; empty for the environment alone.
    ///   - applicationName: shown by pg_stat_activity unless the connection string or PGAPPNAME names another.
    ///   - parameters: libpq keywords ("host", "dbname", …) that override the connection string.
    ///   - silenceLimit: `silenceLimit` from the first statement on.
    /// - Throws: 08001 if no server answers, or what the server says (28P01, 3D000, 53300, 57P03, …). A connection
    ///   string that cannot be parsed is not quoted, for it may hold a password.
    package static func open(
        conninfo: String = "", applicationName: String, parameters: [String: String] = [:],
        silenceLimit: Duration? = nil
    ) throws(PostgresError) -> Connection {
        try checkSyntax(of: conninfo)
        var settings: [(String, String)] = conninfo.isEmpty ? [] : [("dbname", conninfo)]
        settings.append(("fallback_application_name", applicationName))
        settings += parameters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        settings.append(("client_encoding", "UTF8"))
        let connection = unsafe Connection(try connect(settings), settings: settings)
        connection.silenceLimit = silenceLimit
        try connection.begin()
        return connection
    }

    /// Another session in the same place, as it is when it is opened. Throws what `open` does.
    package func another() throws(PostgresError) -> Connection {
        let connection = unsafe Connection(try Self.connect(settings), settings: settings)
        connection.silenceLimit = silenceLimit
        try connection.begin()
        return connection
    }

    /// Replaces a connection that was lost by a new one to the same place: a new session, without the locks, settings
    /// and transaction of the old.
    package func reopen() throws(PostgresError) {
        close()
        let fresh = unsafe try Self.connect(settings)
        unsafe handle = unsafe fresh
        isCopying = false
        sentAhead = nil
        announcedProcess = unsafe PQbackendPID(fresh)
        backendProcess = announcedProcess
        unsafe collectNotices(fresh)
        try begin()
    }

    /// Asks which process serves the session, and makes the session independent of its server's settings.
    private func begin() throws(PostgresError) {
        backendProcess = try servingProcess()
        try script(sessionSettings)
    }

    /// The process of the server that serves a statement sent now. Without a pooler it is always the same.
    package func servingProcess() throws(PostgresError) -> Int32 {
        try value("select pg_backend_pid()", as: .int32)
    }

    /// Closes the connection; what is in progress is rolled back by the server. Closing twice is harmless.
    package func close() {
        guard let open = unsafe handle else { return }
        unsafe PQfinish(open)
        unsafe handle = nil
    }

    package var isOpen: Bool { unsafe handle.map { unsafe PQstatus($0) == CONNECTION_OK } ?? false }

    /// The server's version, such as 150018 for 15.18; 0 if the connection is lost.
    package var serverVersion: Int { unsafe handle.map { unsafe Int(PQserverVersion($0)) } ?? 0 }

    /// The process of the server that served this connection's first statement, as pg_stat_activity and pg_locks name
    /// it. Known also after the connection was lost.
    package private(set) var backendProcess: Int32

    /// The process that was named when the connection was made, for requests to cancel.
    private var announcedProcess: Int32

    /// Whether something that keeps server connections of its own stands between: PgBouncer and its like name a made-up
    /// process when a connection is made.
    package var isPooled: Bool { announcedProcess != backendProcess }

    /// Notices and warnings of the server since the last call, oldest first, at most 100. They may quote row values.
    package func takeNotices() -> [String] { notices.take() }

    // MARK: For the rest of the module

    /// Whether a transaction block is open, failed ones included.
    package var isInTransaction: Bool {
        guard let handle = unsafe handle else { return false }
        let status = unsafe PQtransactionStatus(handle)
        return status == PQTRANS_INTRANS || status == PQTRANS_INERROR
    }

    /// The open handle, for a statement that starts now.
    @unsafe
    func ready(for statement: String) throws(PostgresError) -> OpaquePointer {
        guard let handle = unsafe handle else {
            throw PostgresError(
                sqlState: .connectionDoesNotExist, message: "the connection is closed", statement: statement)
        }
        guard sentAhead == nil else {
            throw PostgresError(
                sqlState: .objectNotInPrerequisiteState, message: "what was sent ahead has not been waited for",
                statement: statement)
        }
        guard !isCopying else {
            throw PostgresError(
                sqlState: .objectNotInPrerequisiteState, message: "a copy is under way on this connection",
                statement: statement)
        }
        return unsafe handle
    }

    /// The open handle, for the copy that is under way.
    @unsafe
    func copying(_ statement: String) throws(PostgresError) -> OpaquePointer {
        guard let handle = unsafe handle else {
            throw PostgresError(
                sqlState: .connectionDoesNotExist, message: "the connection was closed during a copy",
                statement: statement)
        }
        return unsafe handle
    }

    func setCopying(_ value: Bool) { isCopying = value }

    /// Ends the connection because the server has been silent for too long.
    func giveUp(on statement: String) -> PostgresError {
        let limit = silenceLimit.map { "\($0.components.seconds) s" } ?? "too long"
        close()
        return PostgresError(
            sqlState: .connectionFailure, message: "the server has said nothing for \(limit)", statement: statement)
    }

    /// What libpq says went wrong last, as an error of the connection or of the protocol.
    func lastError(_ statement: String) -> PostgresError {
        PostgresError(
            sqlState: isServerGone ? .connectionFailure : .protocolViolation,
            message: lastMessage, statement: statement)
    }

    /// libpq's words for what went wrong last, without the line end.
    var lastMessage: String {
        guard let handle = unsafe handle, let text = unsafe PQerrorMessage(handle) else { return "connection closed" }
        return unsafe trimmed(String(cString: text))
    }
}

/// Notices since they were last taken. A class of its own because libpq needs a stable pointer.
private final class NoticeBox {
    private var texts: [String] = []

    func add(_ text: String) {
        if texts.count < 100 { texts.append(trimmed(text)) }
    }

    func take() -> [String] {
        defer { texts = [] }
        return texts
    }
}

/// What must not depend on the server's configuration, the role or PGOPTIONS.
private let sessionSettings = """
    set standard_conforming_strings to on;
    set datestyle to 'ISO, YMD';
    set intervalstyle to 'iso_8601';
    set timezone to 'UTC';
    set extra_float_digits to 1;
    set bytea_output to 'hex';
    set transform_null_equals to off;
    set lc_monetary to 'C';
    set lc_numeric to 'C';
    set lc_time to 'C';
    """
