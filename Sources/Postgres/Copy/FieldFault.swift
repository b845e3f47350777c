/// Why a field's bytes are not the value the caller asked for.
@usableFromInline
enum FieldFault: Error {
    case null
    case length(expected: Int, found: Int)
    case notBoolean
    case notUTF8
    case notFinite
    case inexact
    case outOfRange
    case malformed
    case nullElement
    case dimensions
    case elementType(found: UInt32)
}

extension FieldFault {
    func error(field: String, type: String, statement: String) -> PostgresError {
        let (state, reason): (SQLState, String) =
            switch self {
            case .null: (.nullValueNotAllowed, "is null")
            case .length(let expected, let found):
                (.invalidBinaryRepresentation, "has \(found) bytes where \(type) has \(expected)")
            case .notBoolean: (.invalidBinaryRepresentation, "is neither true nor false")
            case .notUTF8: (.characterNotInRepertoire, "is not UTF-8")
            case .notFinite: (.numericValueOutOfRange, "is not a number or infinite")
            case .inexact: (.numericValueOutOfRange, "has more decimals than asked for")
            case .outOfRange: (.numericValueOutOfRange, "is out of range")
            case .malformed: (.invalidBinaryRepresentation, "is not a well-formed \(type)")
            case .nullElement: (.nullValueNotAllowed, "has a null element")
            case .dimensions: (.datatypeMismatch, "has more than one dimension")
            case .elementType(let found):
                (
                    .datatypeMismatch,
                    "has elements of \(DataType(objectIdentifier: found)) where \(type) was asked for"
                )
            }
        return PostgresError(sqlState: state, message: "\(field) \(reason)", statement: statement)
    }
}
