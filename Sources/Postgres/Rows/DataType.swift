/// The PostgreSQL types this module speaks, by object identifier. Any other type is an error: cast it in the SQL.
///
/// A domain is reported by the server as its base type.
package struct DataType: Hashable, Sendable {
    package let objectIdentifier: UInt32

    package init(objectIdentifier: UInt32) {
        self.objectIdentifier = objectIdentifier
    }

    package static let bool = DataType(objectIdentifier: 16)
    package static let bytea = DataType(objectIdentifier: 17)
    package static let name = DataType(objectIdentifier: 19)
    package static let int64 = DataType(objectIdentifier: 20)
    package static let int16 = DataType(objectIdentifier: 21)
    package static let int32 = DataType(objectIdentifier: 23)
    package static let text = DataType(objectIdentifier: 25)
    package static let double = DataType(objectIdentifier: 701)
    package static let textArray = DataType(objectIdentifier: 1009)
    package static let int64Array = DataType(objectIdentifier: 1016)
    package static let paddedText = DataType(objectIdentifier: 1042)
    package static let varyingText = DataType(objectIdentifier: 1043)
    package static let date = DataType(objectIdentifier: 1082)
    package static let timestampWithTimeZone = DataType(objectIdentifier: 1184)
    package static let numeric = DataType(objectIdentifier: 1700)
    package static let void = DataType(objectIdentifier: 2278)
    /// "Let the server infer it", for a parameter that is null.
    static let inferred = DataType(objectIdentifier: 0)
}

extension DataType: CustomStringConvertible {
    package var description: String {
        switch self {
        case .bool: "boolean"
        case .bytea: "bytea"
        case .name: "name"
        case .int64: "bigint"
        case .int16: "smallint"
        case .int32: "integer"
        case .text: "text"
        case .double: "double precision"
        case .textArray: "text[]"
        case .int64Array: "bigint[]"
        case .paddedText: "character"
        case .varyingText: "character varying"
        case .date: "date"
        case .timestampWithTimeZone: "timestamp with time zone"
        case .numeric: "numeric"
        case .void: "void"
        default: "unknown type \(objectIdentifier)"
        }
    }
}
