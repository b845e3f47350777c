import Foundation
import Quantities

/// A JSON value; numbers in text form so that nothing is lost.
package enum JSONValue: Decodable, Hashable {
    case null
    case bool(Bool)
    case text(String)
    case array([JSONValue])
    case object([String: JSONValue])

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode(Int.self) {
            self = .text(String(value))
        } else if let value = try? container.decode(Double.self) {
            self = .text(String(value))
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// The document in a file.
    package static func file(_ path: String) throws -> JSONValue {
        try parse(Data(contentsOf: URL(filePath: path)))
    }

    /// The document in bytes.
    package static func parse(_ bytes: Data) throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: bytes)
    }

    /// The document in a text.
    package static func parse(_ text: String) throws -> JSONValue { try parse(Data(text.utf8)) }

    package subscript(key: String) -> JSONValue? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    /// The members of an array; none for anything else.
    package var list: [JSONValue] { if case .array(let values) = self { values } else { [] } }
    /// The members of an object; none for anything else.
    package var members: [String: JSONValue] { if case .object(let members) = self { members } else { [:] } }
    /// The keys of an object, sorted.
    package var keys: [String] { members.keys.sorted() }
    /// The element of an array with this `id`.
    package func element(_ id: String) -> JSONValue? { list.first { $0["id"]?.text == id } }
    package var text: String? { if case .text(let text) = self { text } else { nil } }
    package var flag: Bool { self == .bool(true) }
    package var decimal: ExactDecimal? { text.flatMap { ExactDecimal($0) } }

    /// The text of a member; throws where there is none.
    package func text(_ key: String) throws -> String {
        guard let text = self[key]?.text else { throw CaseError(what: "no text \(key)") }
        return text
    }

    /// The number of a member; throws where there is none.
    package func decimal(_ key: String) throws -> ExactDecimal {
        guard let value = self[key]?.decimal else { throw CaseError(what: "no decimal \(key)") }
        return value
    }

    /// Differences from `actual`, numbers by value; a key on one side only is a difference.
    package func differences(from actual: JSONValue, at path: String = "") -> [String] {
        switch (self, actual) {
        case (.object(let expected), .object(let actual)):
            return Set(expected.keys).union(actual.keys).sorted().flatMap { key -> [String] in
                guard let wanted = expected[key] else { return ["\(path)/\(key): not expected"] }
                guard let got = actual[key] else { return ["\(path)/\(key): missing"] }
                return wanted.differences(from: got, at: "\(path)/\(key)")
            }
        case (.array(let expected), .array(let actual)):
            guard expected.count == actual.count else {
                return ["\(path): \(expected.count) expected, \(actual.count) found"]
            }
            return zip(expected, actual).enumerated().flatMap { $1.0.differences(from: $1.1, at: "\(path)[\($0)]") }
        case (.text(let expected), .text(let actual)):
            if let left = ExactDecimal(expected), let right = ExactDecimal(actual), left == right { return [] }
            return expected == actual ? [] : ["\(path): \(expected) expected, \(actual) found"]
        default:
            return self == actual ? [] : ["\(path): \(self) expected, \(actual) found"]
        }
    }
}

/// A case that is not as a test expects it.
package struct CaseError: Error {
    package let what: String

    package init(what: String) { self.what = what }
}
