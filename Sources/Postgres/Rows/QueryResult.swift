import CLibPQ

/// What libpq returned for one statement: owns the PGresult and clears it.
@safe
final class QueryResult {
    let statement: String
    private let handle: OpaquePointer
    /// Where the column of a name is; of a name that two columns have, the place is nil. Made when first asked for.
    private(set) lazy var indices: [String: Int?] = Dictionary(
        (0..<columnCount).map { (name(column: $0), $0) }, uniquingKeysWith: { _, _ in nil })

    init(_ handle: OpaquePointer, statement: String) {
        unsafe self.handle = unsafe handle
        self.statement = statement
    }

    deinit {
        unsafe PQclear(handle)
    }

    var status: ExecStatusType { unsafe PQresultStatus(handle) }
    var rowCount: Int { Int(unsafe PQntuples(handle)) }
    var columnCount: Int { Int(unsafe PQnfields(handle)) }
    var isBinaryCopy: Bool { unsafe PQbinaryTuples(handle) == 1 }

    var isError: Bool { status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE }

    /// Whether the statement has begun a copy, so that no other result comes yet.
    var isCopy: Bool { status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH }

    /// The command tag, such as "INSERT 0 3".
    var commandTag: String { unsafe PQcmdStatus(handle).map { unsafe String(cString: $0) } ?? "" }

    /// Rows inserted, updated, deleted, copied or merged; 0 for other statements.
    var affectedRows: Int { unsafe PQcmdTuples(handle).flatMap { unsafe Int(String(cString: $0)) } ?? 0 }

    func dataType(column: Int) -> DataType {
        DataType(objectIdentifier: unsafe PQftype(handle, Int32(column)))
    }

    func name(column: Int) -> String {
        unsafe PQfname(handle, Int32(column)).map { unsafe String(cString: $0) } ?? "?"
    }

    /// The bytes of a field, or nil for null. They live as long as this result.
    @unsafe
    func bytes(row: Int, column: Int) -> FieldBytes? {
        let (row, column) = (Int32(row), Int32(column))
        guard unsafe PQgetisnull(handle, row, column) == 0, let start = unsafe PQgetvalue(handle, row, column) else {
            return nil
        }
        return unsafe FieldBytes(start: UnsafeRawPointer(start), count: Int(PQgetlength(handle, row, column)))
    }

    func diagnostic(_ field: DiagnosticField) -> String? {
        unsafe PQresultErrorField(handle, field.rawValue).map { unsafe String(cString: $0) }
    }

    /// The error this result stands for.
    /// - Parameter connectionMessage: libpq's own words, for an error that did not come from the server.
    func error(isServerGone: Bool, connectionMessage: String) -> PostgresError {
        guard let code = diagnostic(.sqlState) else {
            return PostgresError(
                sqlState: isServerGone ? .connectionFailure : .protocolViolation,
                message: connectionMessage,
                statement: statement)
        }
        var details = PostgresError.Details()
        details.detail = diagnostic(.detail)
        details.hint = diagnostic(.hint)
        details.context = diagnostic(.context)
        details.schema = diagnostic(.schema)
        details.table = diagnostic(.table)
        details.column = diagnostic(.column)
        details.dataType = diagnostic(.dataType)
        details.constraint = diagnostic(.constraint)
        return PostgresError(
            sqlState: SQLState(code), message: diagnostic(.message) ?? connectionMessage, details: details,
            statement: statement)
    }
}

/// The fields of an error message, by the letters of the protocol (PG_DIAG_… are character macros Swift cannot see).
enum DiagnosticField {
    case sqlState, message, detail, hint, context, schema, table, column, dataType, constraint

    var rawValue: Int32 {
        let letter: Unicode.Scalar =
            switch self {
            case .sqlState: "C"
            case .message: "M"
            case .detail: "D"
            case .hint: "H"
            case .context: "W"
            case .schema: "s"
            case .table: "t"
            case .column: "c"
            case .dataType: "d"
            case .constraint: "n"
            }
        return Int32(letter.value)
    }
}
