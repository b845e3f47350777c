/// An error of the server, of the connection to it, or of a caller who stated the wrong shape.
///
/// `description` is one line that is safe for a log: it holds no parameter, no row value and no password.
/// `completeDescription` adds what the server says in detail, hint and context, which may quote row values.
package struct PostgresError: Error, Sendable {
    /// What a caller can do about the error.
    package enum Category: Sendable, CaseIterable {
        /// The connection was lost, or could not be made: nothing is known of a statement that was on its way.
        case connectionLost
        /// The whole transaction may be repeated (40001, 40P01).
        case serialization
        /// Somebody else holds the lock (55P03).
        case lockBusy
        case constraint
        case data
        case permission
        case diskFull
        /// A cancel request or a time-out ended the statement (57014).
        case cancelled
        case other
    }

    // One pointer wide, so that functions that throw it on a hot path stay cheap.
    private final class Fields: Sendable {
        let sqlState: SQLState
        let message: String
        let details: Details
        let statement: String
        let isCommitOutcomeUnknown: Bool

        init(sqlState: SQLState, message: String, details: Details, statement: String, isCommitOutcomeUnknown: Bool) {
            self.sqlState = sqlState
            self.message = message
            self.details = details
            self.statement = statement
            self.isCommitOutcomeUnknown = isCommitOutcomeUnknown
        }
    }

    /// What the server adds to an error, where it adds it. Detail, hint and context may quote row values.
    package struct Details: Sendable {
        package var detail: String?
        package var hint: String?
        package var context: String?
        package var schema: String?
        package var table: String?
        package var column: String?
        package var dataType: String?
        package var constraint: String?

        package init() {}
    }

    private let fields: Fields

    /// - Parameter statement: the SQL text that failed; only its first line that is not a comment is kept.
    package init(
        sqlState: SQLState, message: String, details: Details = Details(), statement: String = "",
        isCommitOutcomeUnknown: Bool = false
    ) {
        fields = Fields(
            sqlState: sqlState, message: message, details: details, statement: firstLine(of: statement),
            isCommitOutcomeUnknown: isCommitOutcomeUnknown)
    }

    package var sqlState: SQLState { fields.sqlState }
    /// The server's primary message, verbatim; for class 22 it may quote a value.
    package var message: String { fields.message }
    package var detail: String? { fields.details.detail }
    package var hint: String? { fields.details.hint }
    package var context: String? { fields.details.context }
    package var schema: String? { fields.details.schema }
    package var table: String? { fields.details.table }
    package var column: String? { fields.details.column }
    package var dataType: String? { fields.details.dataType }
    package var constraint: String? { fields.details.constraint }
    /// The first line of the statement that is not a comment, at most 120 characters.
    package var statement: String { fields.statement }
    /// The connection was lost after COMMIT was sent and before its reply: the transaction may have committed.
    package var isCommitOutcomeUnknown: Bool { fields.isCommitOutcomeUnknown }

    package var category: Category { Category(sqlState) }

    /// The same error of a COMMIT whose reply never came.
    func withCommitOutcomeUnknown() -> PostgresError {
        PostgresError(
            sqlState: sqlState, message: message, details: fields.details, statement: statement,
            isCommitOutcomeUnknown: true)
    }
}

extension PostgresError.Category {
    package init(_ state: SQLState) {
        switch state {
        case .adminShutdown, .crashShutdown, .cannotConnectNow, .idleSessionTimeout, .idleInTransactionTimeout,
            .tooManyConnections, .statementCompletionUnknown, SQLState("57P04"):
            self = .connectionLost
        case .serializationFailure, .deadlock: self = .serialization
        case .lockNotAvailable: self = .lockBusy
        case .insufficientPrivilege: self = .permission
        case .diskFull: self = .diskFull
        case .queryCanceled: self = .cancelled
        case .protocolViolation: self = .other
        default:
            switch state.errorClass {
            case "08": self = .connectionLost
            case "22": self = .data
            case "23": self = .constraint
            case "28": self = .permission
            default: self = .other
            }
        }
    }
}

/// The first line of a statement that is neither empty nor a comment, cut to 120 characters.
private func firstLine(of statement: String) -> String {
    for line in statement.split(whereSeparator: \.isNewline) {
        let text = line.drop(while: \.isWhitespace)
        if text.isEmpty || text.hasPrefix("--") { continue }
        return text.count > 120 ? text.prefix(119) + "…" : String(text)
    }
    return ""
}
