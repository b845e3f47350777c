/// The five-character code with which PostgreSQL classes an error; the first two characters are its class.
///
/// Source: PostgreSQL documentation, appendix A. Errors found on this side of the wire use the standard code that
/// fits.
package struct SQLState: Hashable, Sendable {
    package let code: String

    package init(_ code: String) {
        self.code = code
    }

    /// The first two characters, such as "23" for integrity constraint violations.
    package var errorClass: Substring { code.prefix(2) }
}

extension SQLState: CustomStringConvertible {
    package var description: String { code }
}

extension SQLState {
    package static let cannotConnect = SQLState("08001")
    package static let connectionDoesNotExist = SQLState("08003")
    package static let connectionFailure = SQLState("08006")
    package static let protocolViolation = SQLState("08P01")

    package static let cardinalityViolation = SQLState("21000")

    package static let numericValueOutOfRange = SQLState("22003")
    package static let nullValueNotAllowed = SQLState("22004")
    package static let characterNotInRepertoire = SQLState("22021")
    package static let invalidBinaryRepresentation = SQLState("22P03")
    package static let invalidTextRepresentation = SQLState("22P02")
    package static let badCopyFileFormat = SQLState("22P04")

    package static let notNullViolation = SQLState("23502")
    package static let foreignKeyViolation = SQLState("23503")
    package static let uniqueViolation = SQLState("23505")
    package static let checkViolation = SQLState("23514")
    package static let exclusionViolation = SQLState("23P01")

    package static let activeTransaction = SQLState("25001")
    package static let readOnlyTransaction = SQLState("25006")
    package static let inFailedTransaction = SQLState("25P02")
    package static let idleInTransactionTimeout = SQLState("25P03")

    package static let invalidAuthorization = SQLState("28000")
    package static let invalidPassword = SQLState("28P01")
    package static let invalidCatalogName = SQLState("3D000")

    package static let serializationFailure = SQLState("40001")
    package static let statementCompletionUnknown = SQLState("40003")
    package static let deadlock = SQLState("40P01")

    package static let insufficientPrivilege = SQLState("42501")
    package static let syntaxError = SQLState("42601")
    package static let ambiguousColumn = SQLState("42702")
    package static let undefinedColumn = SQLState("42703")
    package static let datatypeMismatch = SQLState("42804")
    package static let undefinedTable = SQLState("42P01")

    package static let diskFull = SQLState("53100")
    package static let outOfMemory = SQLState("53200")
    package static let tooManyConnections = SQLState("53300")

    package static let objectNotInPrerequisiteState = SQLState("55000")
    package static let lockNotAvailable = SQLState("55P03")
    package static let queryCanceled = SQLState("57014")
    package static let adminShutdown = SQLState("57P01")
    package static let crashShutdown = SQLState("57P02")
    package static let cannotConnectNow = SQLState("57P03")
    package static let idleSessionTimeout = SQLState("57P05")
    package static let raisedException = SQLState("P0001")
}
